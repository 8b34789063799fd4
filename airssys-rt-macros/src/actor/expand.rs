//! The expansion of `#[actor]`, and of the attributes that only `#[actor]` reads.

use proc_macro2::{Span, TokenStream};

use super::args::ActorArgs;
use super::item::ActorItem;
use super::model::ActorModel;
use super::recovery::without_roles;
use super::role::MethodRole;
use super::{codegen, open};
use crate::crate_path::CratePath;
use crate::editor;
use crate::errors::Errors;
use crate::tokens::quote;

pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let args = ActorArgs::read(args, &mut errors);
    let Some(mut actor_item) = ActorItem::read(&item, &mut errors) else {
        let (item, named) = (without_roles(item), editor::named(None, &args.crate_path.private()));
        return quote!(#item #named #errors);
    };
    match ActorModel::read(&args, &mut actor_item, &mut errors) {
        Some(actor) => emit(&actor_item, &actor, &args, &errors),
        None => {
            let item = without_roles(quote!(#actor_item));
            let named = editor::named(None, &args.crate_path.private());
            quote!(#item #named #errors)
        }
    }
}

/// The expansion of a block with handlers that has another attribute than `#[actor]`, with the error about that. Its lists are not
/// known, so it may do everything.
pub(crate) fn expand_unlisted(crate_path: &CratePath, item: TokenStream, error: &Errors) -> TokenStream {
    let mut errors = Errors::default();
    let args = ActorArgs::none(crate_path.clone());
    let block = ActorItem::read(&item, &mut errors).filter(|_| errors.is_empty());
    let actor = block.and_then(|mut block| {
        let actor = ActorModel::read(&args, &mut block, &mut errors)?;
        Some((block, actor))
    });
    match actor {
        Some((block, mut actor)) if !actor.inputs.is_empty() && errors.is_empty() => {
            actor.open.get_or_insert_default().is_unlisted = true;
            emit(&block, &actor, &args, error)
        }
        _ => {
            let item = without_roles(item);
            quote!(#item #error)
        }
    }
}

fn emit(item: &ActorItem, actor: &ActorModel, args: &ActorArgs, errors: &Errors) -> TokenStream {
    // A constant has no parameters.
    let inside = actor.open.is_some() && actor.generics.params.is_empty();
    let named = codegen::for_editor(actor, &args.crate_path.private());
    let (errors, outside) = if inside { (Some(errors), None) } else { (None, Some(errors)) };
    let (generated, permitted) = (codegen::expand(actor, args, errors), open::permit(actor, args));
    let generated = editor::unplaced(quote!(#generated #permitted), &actor.ident);
    // The user's item comes first: an editor resolves a token by its first occurrence.
    quote!(#item #named #outside #generated)
}

/// The error for an attribute of a method that is used outside of an `#[actor]` block.
pub(crate) fn misplaced(role: MethodRole, item: &TokenStream) -> TokenStream {
    let name = role.attribute();
    let text = format!(
        "`#[{name}]` marks a method of an actor and is read by `#[actor]`\n\
         put `#[actor]` on the inherent impl block that holds the method; if it is there, write `#[{name}]` at the method itself: \
         not in `cfg_attr`, not under another name, not in a macro that the block calls"
    );
    let error = syn::Error::new(Span::call_site(), text).to_compile_error();
    quote!(#item #error)
}

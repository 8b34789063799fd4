//! The expansion of `#[actor]`, and of the attributes that only `#[actor]` reads.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::args::ActorArgs;
use super::codegen;
use super::item::{ActorItem, without_roles};
use super::model::ActorModel;
use super::role::MethodRole;
use crate::errors::Errors;

pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let args = ActorArgs::read(args, &mut errors);
    let Some(mut actor_item) = ActorItem::read(&item, &mut errors) else {
        let item = without_roles(item);
        return quote!(#item #errors);
    };
    let Some(actor) = ActorModel::read(&args, &mut actor_item, &mut errors) else {
        let item = without_roles(quote!(#actor_item));
        return quote!(#item #errors);
    };
    let generated = codegen::expand(&actor, &args);
    // The user's item comes first: an editor resolves a token by its first occurrence.
    quote!(#actor_item #errors #generated)
}

/// The error for an attribute of a method that is used outside of an `#[actor]` block.
pub(crate) fn misplaced(role: MethodRole, item: &TokenStream) -> TokenStream {
    let name = role.attribute();
    let text = format!(
        "`#[{name}]` marks a method of an actor and is read by `#[actor]`\n\
         put `#[actor]` on the impl block that holds the method"
    );
    let error = syn::Error::new(Span::call_site(), text).to_compile_error();
    quote!(#item #error)
}

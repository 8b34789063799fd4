//! The expansion of `#[actor_system]`.

use proc_macro2::TokenStream;
use syn::{Attribute, Fields, ItemStruct};

use super::args::SystemArgs;
use super::codegen;
use super::model::SystemModel;
use crate::editor;
use crate::errors::Errors;
use crate::list::{self, IncludedList};
use crate::spans;
use crate::tokens::quote;

pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    // Errors are reported with all entries, or here if there is nothing to include.
    let mut errors = Errors::default();
    let read = SystemArgs::read(args.clone(), &mut errors);
    let Some(cfgs) = (!read.includes.is_empty()).then(|| cfgs_of_system(&item)).flatten() else {
        return generate(read, &item, errors, false);
    };
    let private = read.crate_path.private();
    let calls = list::begin(&read.includes, &private, args, item.clone());
    // The item stands here, so that a list that is not found is the only error.
    quote!(#item #(#cfgs)* #calls)
}

/// Continues the expansion with the lists that the system includes. The item is there already.
pub(crate) fn expand_with(args: TokenStream, item: TokenStream, lists: Vec<IncludedList>) -> TokenStream {
    let mut errors = Errors::default();
    let mut args = SystemArgs::read(args, &mut errors);
    args.add(&lists);
    generate(args, &item, errors, true)
}

/// The `#[cfg(..)]` attributes of a unit struct without parameters; `None` if the attribute is on another item.
fn cfgs_of_system(item: &TokenStream) -> Option<Vec<Attribute>> {
    let item: ItemStruct = syn::parse2(item.clone()).ok()?;
    let is_system = matches!(item.fields, Fields::Unit) && item.generics.params.is_empty();
    is_system.then(|| spans::cfgs(&item.attrs))
}

fn generate(args: SystemArgs, item: &TokenStream, mut errors: Errors, has_item: bool) -> TokenStream {
    let private = args.crate_path.private();
    let system = SystemModel::read(args, item, &mut errors);
    if let Some(name) = system.as_ref().and_then(|system| system.without_actors(&private, &mut errors)) {
        // The first actor is completed before there is one.
        return match editor::is_on() {
            true => {
                let named = editor::named(None, &private);
                quote!(#item #named #errors)
            }
            false => name,
        };
    }
    let item = match (&system, has_item) {
        (_, true) => TokenStream::new(),
        (Some(system), false) => system.item(item),
        (None, false) => item.clone(),
    };
    let generated = system
        .map(|system| editor::unplaced(codegen::expand(&system, &private, errors.is_empty()), &system.ident));
    let named = editor::named(None, &private);
    // The user's item comes first: an editor resolves a token by its first occurrence.
    quote!(#item #named #errors #generated)
}

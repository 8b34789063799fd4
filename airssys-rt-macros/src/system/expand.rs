//! The expansion of `#[actor_system]`.

use proc_macro2::TokenStream;

use super::args::SystemArgs;
use super::codegen;
use super::model::SystemModel;
use crate::editor;
use crate::errors::Errors;
use crate::tokens::quote;

pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let args = SystemArgs::read(args, &mut errors);
    let private = args.crate_path.private();
    let system = SystemModel::read(args, &item, &mut errors);
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
    let item = system.as_ref().map_or_else(|| item.clone(), |system| system.item(&item));
    let generated = system
        .map(|system| editor::unplaced(codegen::expand(&system, &private, errors.is_empty()), &system.ident));
    let named = editor::named(None, &private);
    // The user's item comes first: an editor resolves a token by its first occurrence.
    quote!(#item #named #errors #generated)
}

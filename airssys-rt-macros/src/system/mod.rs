//! `#[actor_system]`: one enum of all messages, one of all events, and the way from both to the actors.

mod args;
mod codegen;
mod model;

use proc_macro2::TokenStream;
use quote::quote;

use crate::errors::Errors;

pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let args = args::Args::read(args, &mut errors);
    let private = args.runtime.private();
    let system = model::System::read(args, &item, &mut errors);
    let generated = system.map(|system| codegen::expand(&system, &private, errors.is_empty()));
    // The user's item comes first: an editor looks for the first occurrence of a token.
    quote!(#item #errors #generated)
}

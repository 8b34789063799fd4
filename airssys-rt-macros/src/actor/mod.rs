//! `#[actor]`: reads the struct or the impl block, checks it, and writes what the runtime needs beside it.

mod args;
mod codegen;
mod method;
mod model;
mod names;
mod role;
mod syntax;

use proc_macro2::{Span, TokenStream};
use quote::quote;

pub(crate) use self::role::Role;
use crate::errors::Errors;

pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let args = args::Args::read(args, &mut errors);
    let Some(mut subject) = syntax::Subject::read(&item, &mut errors) else {
        let item = syntax::without_roles(item);
        return quote!(#item #errors);
    };
    let Some(actor) = model::Actor::read(&args, &mut subject, &mut errors) else {
        let item = syntax::without_roles(quote!(#subject));
        return quote!(#item #errors);
    };
    let generated = codegen::expand(&actor, &args);
    // The user's item comes first: an editor looks for the first occurrence of a token.
    quote!(#subject #errors #generated)
}

/// An attribute that only `#[actor]` reads, used where it does not.
pub(crate) fn misplaced(role: Role, item: &TokenStream) -> TokenStream {
    let name = role.attribute();
    let text = format!(
        "`#[{name}]` marks a method of an actor and is read by `#[actor]`\n\
         put `#[actor]` on the impl block that holds the method"
    );
    let error = syn::Error::new(Span::call_site(), text).to_compile_error();
    quote!(#item #error)
}

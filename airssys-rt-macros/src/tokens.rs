//! The tokens of generated code: all have the place of the attribute, and belong to the program and not to an expansion.
//!
//! rustc makes the spans of an expansion depend on all text before the attribute. With such spans it would check all generated code of
//! a file again after each edit above it. A span that is resolved at a token of the user's item depends on that item only.

use std::cell::Cell;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;

use crate::{editor, spans};

thread_local! {
    static GENERATED: Cell<Option<Span>> = const { Cell::new(None) };
    /// The place of the attribute, if the expansion is that of a macro which continues it.
    static CONTINUED: Cell<Option<Span>> = const { Cell::new(None) };
}

/// Begins the expansion of an item: generated tokens belong to the same code as its keyword.
pub(crate) fn begin(item: &TokenStream) {
    CONTINUED.set(None);
    begin_here(item);
}

/// Continues the expansion of an item, whose attribute is at `place`.
pub(crate) fn begin_at(item: &TokenStream, place: Span) {
    CONTINUED.set(Some(place));
    begin_here(item);
}

fn begin_here(item: &TokenStream) {
    editor::begin(item);
    GENERATED.set(spans::keyword(item).map(|keyword| call_site().resolved_at(keyword.span())));
}

/// The place of the attribute.
pub(crate) fn call_site() -> Span {
    CONTINUED.get().unwrap_or_else(Span::call_site)
}

/// The span of a generated token.
pub(crate) fn generated() -> Span {
    GENERATED.get().unwrap_or_else(call_site)
}

/// Generated tokens: `quote::quote!` with the span of [`generated`].
macro_rules! quote {
    ($($tokens:tt)*) => {
        ::quote::quote_spanned!($crate::tokens::generated()=> $($tokens)*)
    };
}

/// A parsed part of generated code: `syn::parse_quote!` with the span of [`generated`].
macro_rules! parse_quote {
    ($($tokens:tt)*) => {
        ::syn::parse_quote_spanned!($crate::tokens::generated()=> $($tokens)*)
    };
}

pub(crate) use {parse_quote, quote};

/// The name of a generated item in its declaration, as part of the expansion: rustc suggests to add parameters to an item that belongs
/// to the program, if a type in it is unknown.
pub(crate) fn declared(name: &Ident) -> Ident {
    Ident::new(&name.to_string(), call_site())
}

/// A generated literal: a text, a number, `true` or `false`.
pub(crate) struct Literal<T>(pub(crate) T);

impl<T: ToTokens> ToTokens for Literal<T> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.to_token_stream().into_iter().map(|mut token: TokenTree| {
            token.set_span(generated());
            token
        }));
    }
}

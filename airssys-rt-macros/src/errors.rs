//! The collected compile errors of one attribute: one run of the compiler shows all of them, not only the first.

use std::fmt::Display;

use crate::tokens::quote;
use proc_macro2::TokenStream;
use quote::ToTokens;

/// All errors of one use of an attribute. Expansion continues with the valid part.
#[derive(Default)]
pub(crate) struct Errors {
    all: Option<syn::Error>,
    /// Whether an error is reported in the place of a type.
    in_types: bool,
}

impl Errors {
    /// Adds an error at `tokens`.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, text: impl Display) {
        self.push(syn::Error::new_spanned(tokens, text));
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        match &mut self.all {
            Some(all) => all.combine(error),
            none => *none = Some(error),
        }
    }

    /// Returns the value of a result, or adds its error.
    pub(crate) fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Adds an error, and returns the tokens of a type that rustc takes for an error type: it reports no use of such a type.
    /// The tokens report the error, so they stand in one place of the generated code.
    pub(crate) fn in_type(
        &mut self,
        tokens: impl ToTokens,
        text: impl Display,
        private: &TokenStream,
    ) -> TokenStream {
        self.as_error_type(&syn::Error::new_spanned(tokens, text), private)
    }

    /// As [`in_type`](Self::in_type), for an error that exists.
    pub(crate) fn as_error_type(&mut self, error: &syn::Error, private: &TokenStream) -> TokenStream {
        self.in_types = true;
        error_type(&error.to_compile_error(), private)
    }

    /// The tokens of an error type that holds all errors.
    pub(crate) fn as_type(&self, private: &TokenStream) -> TokenStream {
        error_type(&self.to_token_stream(), private)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_none() && !self.in_types
    }
}

impl ToTokens for Errors {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if let Some(error) = &self.all {
            tokens.extend(error.to_compile_error());
        }
    }
}

/// A constant with an error is the argument of a trait, so its associated type is an error type.
fn error_type(error: &TokenStream, private: &TokenStream) -> TokenStream {
    quote!(<() as #private::assertions::If<{ #error true }>>::Type)
}

//! What the attributes generate for an editor.
//!
//! rust-analyzer runs the attributes in a process of its own. Only there
//!
//! - a key, a word and the name of a helper attribute lead to their documentation, and are completed;
//! - the types of a list stand outside of the generated block, so that its names are not among their completions;
//! - "go to implementation" of a message leads to its handlers;
//! - all other generated tokens have the place of the attribute, so that a token of the user leads to one definition.
//!
//! The compiler gets none of this: its errors need the places of the user's tokens, and the items would take time.

use std::cell::{Cell, RefCell};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote as quote_user};
use syn::{Generics, Type};

use crate::spans;
use crate::tokens::{generated, quote};

/// The variable that rust-analyzer sets for the process.
const VARIABLE: &str = "RUST_ANALYZER_INTERNALS_DO_NOT_USE";

thread_local! {
    static IS_ON: Cell<bool> = const { Cell::new(false) };
    static TYPES: RefCell<TokenStream> = RefCell::default();
    static IMPORTS: RefCell<TokenStream> = RefCell::default();
}

/// Begins the expansion of an attribute.
pub(crate) fn begin() {
    start(std::env::var_os(VARIABLE).is_some());
}

fn start(is_on: bool) {
    IS_ON.set(is_on);
    TYPES.take();
    IMPORTS.take();
}

/// Whether the expansion is for an editor.
pub(crate) fn is_on() -> bool {
    IS_ON.get()
}

/// Records a key or a word of an attribute; `folder` is the module of `airssys_rt::keys` that documents it. An unknown word is
/// recorded as well: its completions are the names in the module.
pub(crate) fn word(folder: &str, word: &Ident) {
    if is_on() {
        let folder = Ident::new(folder.trim_matches(['#', '[', ']']), generated());
        // `crate` is not the name of an item.
        let word = if word == "crate" { Ident::new("krate", word.span()) } else { word.clone() };
        TYPES.with_borrow_mut(|types| types.extend(quote!(__keys::#folder::#word,)));
    }
}

/// Records a name of the crate that is not a type: a helper attribute, or a variant.
pub(crate) fn import(folder: &str, name: &Ident) {
    if is_on() {
        let folder = Ident::new(folder, generated());
        IMPORTS.with_borrow_mut(|imports| imports.extend(quote!(#folder::#name as _,)));
    }
}

/// Records a type that an argument names.
pub(crate) fn named_type(ty: &Type) {
    if is_on() {
        TYPES.with_borrow_mut(|types| types.extend(quote_user!(#ty,)));
    }
}

/// The items that name all that has been recorded. `item`: the parameters and the type that has the attribute, if it is known.
/// They stand directly after the user's item: rust-analyzer compares the expansions before and after it inserts a word.
pub(crate) fn named(item: Option<(&Generics, &TokenStream)>, private: &TokenStream) -> TokenStream {
    if !is_on() {
        return TokenStream::new();
    }
    let (types, imports) = (with_path(TYPES.take(), private), IMPORTS.take());
    let imports = (!imports.is_empty()).then(|| quote!(use #private::keys::{#imports};));
    let types = match item {
        Some((generics, self_ty)) if !generics.params.is_empty() => {
            let (parameters, _, bounds) = generics.split_for_impl();
            let (parameters, self_ty) = (spans::at_call_site(&parameters), spans::at_call_site(&self_ty));
            let bounds = spans::at_call_site(&bounds);
            quote!(impl #parameters #private::keys::Names<(#types)> for #self_ty #bounds {})
        }
        _ => {
            let unnamed = Ident::new("_", generated());
            let marker = quote!(::core::marker::PhantomData);
            quote!(const #unnamed: #marker<(#types)> = #marker;)
        }
    };
    quote!(#imports #types)
}

/// Replaces the placeholder by the path of the keys, which is not known before all keys are read.
fn with_path(types: TokenStream, private: &TokenStream) -> TokenStream {
    let replace = |token| match token {
        TokenTree::Ident(ident) if ident == "__keys" => quote!(#private::keys),
        token => token.into(),
    };
    types.into_iter().flat_map(replace).collect()
}

/// An impl for a message or an event: "go to implementation" leads to `ty`, the parameter of the handler or the entry of the list.
pub(crate) fn handled(
    generics: &Generics,
    self_ty: &TokenStream,
    ty: &TokenStream,
    private: &TokenStream,
) -> Option<TokenStream> {
    let (parameters, _, bounds) = generics.split_for_impl();
    let (parameters, bounds) = (spans::at_call_site(&parameters), spans::at_call_site(&bounds));
    is_on().then(|| quote!(impl #parameters #private::keys::HandledIn<#self_ty> for #ty #bounds {}))
}

/// Gives all tokens the place of the attribute, except an error, which is reported where it is. Names are resolved as before.
pub(crate) fn unplaced(tokens: TokenStream) -> TokenStream {
    if !is_on() {
        return tokens;
    }
    let mut is_error = false;
    let unplace = |token: TokenTree| match token {
        TokenTree::Ident(ident) if ident == "compile_error" => {
            is_error = true;
            ident.to_token_stream()
        }
        // Its text.
        TokenTree::Group(group) if is_error => {
            is_error = false;
            group.to_token_stream()
        }
        TokenTree::Group(group) => {
            let span = Span::call_site().resolved_at(group.span());
            let mut moved = proc_macro2::Group::new(group.delimiter(), unplaced(group.stream()));
            moved.set_span(span);
            moved.to_token_stream()
        }
        token => spans::at_call_site(&token),
    };
    tokens.into_iter().flat_map(unplace).collect()
}

#[cfg(test)]
pub(crate) mod test_switch {
    /// Runs a test with the expansions for an editor.
    pub(crate) fn on(test: impl FnOnce()) {
        super::start(true);
        test();
        super::start(false);
    }
}

//! The entries of a list as tokens: how a list passes them on, and how a system reads them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token, Type};

use crate::spans;

/// The entries of one list.
#[derive(Clone)]
pub(crate) struct ListData {
    /// No other list of the program has the same.
    pub(super) id: LitStr,
    /// The lists that it includes: a name in the module of the list, and the path as it is written.
    pub(super) includes: Vec<ListedName>,
    pub(super) actors: Vec<ListedName>,
    pub(super) events: Vec<ListedName>,
}

/// An entry of a list: a name in the module of the list.
#[derive(Clone)]
pub(crate) struct ListedName {
    /// Whether it is marked as an entry of the system.
    pub(crate) is_entry: bool,
    pub(crate) name: Ident,
    /// The type, or the path of a list, as it is written in the list.
    pub(crate) written: LitStr,
}

/// A list that a system includes.
pub(crate) struct IncludedList {
    /// The path that leads to the list, at the place of the entry in `include(..)`.
    pub(super) path: TokenStream,
    /// How the list is called where it is included.
    pub(super) written: LitStr,
    pub(super) data: ListData,
}

impl ListData {
    pub(super) fn tokens(&self) -> TokenStream {
        let Self { id, includes, actors, events } = self;
        let names = |names: &[ListedName]| -> TokenStream { names.iter().map(ListedName::tokens).collect() };
        let (includes, actors, events) = (names(includes), names(actors), names(events));
        quote!([#id (#includes) (#actors) (#events)])
    }
}

impl ListedName {
    fn tokens(&self) -> TokenStream {
        let Self { is_entry, name, written } = self;
        let entry = is_entry.then(|| quote!(*));
        quote!(#entry #name #written,)
    }
}

impl Parse for ListData {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let content;
        syn::bracketed!(content in input);
        let id = content.parse()?;
        let names = || {
            let names;
            syn::parenthesized!(names in content);
            Ok(names.parse_terminated(ListedName::parse, Token![,])?.into_iter().collect())
        };
        Ok(Self { id, includes: names()?, actors: names()?, events: names()? })
    }
}

impl Parse for ListedName {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let is_entry = input.parse::<Option<Token![*]>>()?.is_some();
        Ok(Self { is_entry, name: input.parse()?, written: input.parse()? })
    }
}

impl IncludedList {
    /// The name of the list, where it is included.
    pub(crate) fn name(&self) -> String {
        self.written.value()
    }

    pub(crate) fn actors(&self) -> &[ListedName] {
        &self.data.actors
    }

    pub(crate) fn events(&self) -> &[ListedName] {
        &self.data.events
    }

    /// The constant that checks the entries.
    pub(crate) fn checked(&self) -> TokenStream {
        let path = spans::located(self.path.clone(), self.place());
        quote!(#path::__CHECKED)
    }

    /// The constant with the path of the list.
    pub(crate) fn full_path(&self) -> TokenStream {
        let path = spans::located(self.path.clone(), self.place());
        quote!(#path::__PATH)
    }

    /// The place of the entry in `include(..)`.
    pub(crate) fn place(&self) -> Span {
        spans::first(&self.path)
    }

    /// The type of an entry of the list, at that place.
    pub(crate) fn ty(&self, entry: &ListedName) -> Type {
        let path = spans::located(self.path.clone(), self.place());
        let name = Ident::new(&entry.name.to_string(), self.place());
        syn::parse_quote_spanned!(self.place()=> #path::#name)
    }
}

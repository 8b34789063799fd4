//! Collects the lists that a system includes: a call of the macro of each list, which adds the entries of that list.
//!
//! The last call has all lists, and the attribute of the system continues with them.

use std::collections::VecDeque;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream, Parser};
use syn::{LitStr, Path, Token};

use super::data::{IncludedList, ListData};
use crate::spans::{self, quoted};
use crate::tokens;

/// An entry of `include(..)`.
pub(crate) struct IncludePath(pub(crate) Path);

impl IncludePath {
    pub(crate) fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(syn::Lit) {
            let written: syn::Lit = input.parse()?;
            return Err(syn::Error::new(
                written.span(),
                "expected the path of a list: `include(billing::Actors)`",
            ));
        }
        input.call(Path::parse_mod_style).map(Self)
    }

    pub(crate) fn text(&self) -> String {
        quoted(&self.0)
    }

    /// The name under which a system imports the list: a wrong path is one error, that of the import, and rustc reports no use of the
    /// name. If something else is imported, its name is in the error.
    pub(crate) fn imported(&self, number: usize, system: &Ident) -> Ident {
        let list = self.0.segments.last().map(|segment| spans::plain(&segment.ident)).unwrap_or_default();
        let name = format!("__{list}_must_be_an_actor_list_{}_{number}", spans::plain(system));
        Ident::new(&name, tokens::generated().located_at(spans::first(&self.0)))
    }
}

/// A list that is not collected yet.
struct Pending {
    path: TokenStream,
    written: LitStr,
}

/// What is passed from one call to the next.
struct State {
    /// A token at the place of the attribute.
    place: Ident,
    /// The path of the library's hidden module.
    library: TokenStream,
    pending: VecDeque<Pending>,
    lists: Vec<IncludedList>,
    arguments: TokenStream,
    item: TokenStream,
}

/// The call of the first list. `arguments` and `item` are those of the attribute. `imported`: the names under which the lists are imported;
/// without them they are called by their paths.
pub(crate) fn begin(
    includes: &[IncludePath],
    imported: &[Ident],
    library: &TokenStream,
    arguments: TokenStream,
    item: TokenStream,
) -> TokenStream {
    let path = |number: usize, include: &IncludePath| match imported.get(number) {
        Some(name) => name.to_token_stream(),
        None => include.0.to_token_stream(),
    };
    let pending = includes.iter().enumerate().map(|(number, include)| Pending {
        path: path(number, include),
        written: LitStr::new(&include.text(), spans::first(&include.0)),
    });
    let place = Ident::new("__place", tokens::call_site());
    let state = State {
        place,
        library: library.clone(),
        pending: pending.collect(),
        lists: Vec::new(),
        arguments,
        item,
    };
    state.call_next()
}

/// Continues with the entries of one more list: with the call of the next list, or with the system, which `expand` generates from its
/// arguments, its item and all lists.
pub(crate) fn next(
    input: TokenStream,
    expand: impl FnOnce(TokenStream, TokenStream, Vec<IncludedList>) -> TokenStream,
) -> TokenStream {
    let parser = |input: ParseStream<'_>| Ok((input.parse::<ListData>()?, input.parse::<State>()?));
    let (data, mut state) = match parser.parse2(input) {
        Ok(parsed) => parsed,
        Err(error) => return error.to_compile_error(),
    };
    tokens::begin_at(&state.item, state.place.span());
    let Some(Pending { path, written }) = state.pending.pop_front() else { return TokenStream::new() };
    // Two lists may include the same third one.
    let is_known = state.lists.iter().any(|list| list.data.id.value() == data.id.value());
    if !is_known {
        for nested in data.includes.iter().rev() {
            let name = Ident::new(&nested.name.to_string(), spans::first(&path));
            state.pending.push_front(Pending {
                path: quote!(#path::#name),
                written: LitStr::new(
                    &format!("{} > {}", written.value(), nested.written.value()),
                    spans::first(&path),
                ),
            });
        }
        state.lists.push(IncludedList { path, written, data });
    }
    if state.pending.is_empty() {
        return expand(state.arguments, state.item, state.lists);
    }
    state.call_next()
}

impl State {
    fn call_next(&self) -> TokenStream {
        let Self { place, library, pending, lists, arguments, item } = self;
        let Some(next) = pending.front().map(|pending| &pending.path) else { return TokenStream::new() };
        let pending = pending.iter().map(|Pending { path, written }| quote!((#path) #written,));
        let lists = lists.iter().map(|IncludedList { path, written, data }| {
            let data = data.tokens();
            quote!((#path) #written #data,)
        });
        quote! {
            #next! {
                { #library::include_actors }
                #place (#library) (#(#pending)*) (#(#lists)*) (#arguments) (#item)
            }
        }
    }
}

impl Parse for State {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let place = input.parse()?;
        let library = tokens_in_parentheses(input)?;
        let pending;
        syn::parenthesized!(pending in input);
        let pending = pending.parse_terminated(Pending::parse, Token![,])?.into_iter().collect();
        let lists;
        syn::parenthesized!(lists in input);
        let list = |input: ParseStream<'_>| {
            let Pending { path, written } = input.parse()?;
            Ok(IncludedList { path, written, data: input.parse()? })
        };
        let lists = lists.parse_terminated(list, Token![,])?.into_iter().collect();
        let (arguments, item) = (tokens_in_parentheses(input)?, tokens_in_parentheses(input)?);
        Ok(Self { place, library, pending, lists, arguments, item })
    }
}

impl Parse for Pending {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self { path: tokens_in_parentheses(input)?, written: input.parse()? })
    }
}

fn tokens_in_parentheses(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let content;
    syn::parenthesized!(content in input);
    content.parse()
}

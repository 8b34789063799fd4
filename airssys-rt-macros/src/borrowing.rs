//! The recovery from an item that borrows: the item without its lifetimes.
//!
//! After the error about the lifetime, the attribute emits the item with `'static` in place of each lifetime parameter. So its uses,
//! which name no lifetime, are not errors as well.

use proc_macro2::{Group, Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Generics, Item};

/// The item without its lifetime parameters.
pub(crate) fn without_lifetimes(item: &Item) -> TokenStream {
    let mut item = item.clone();
    let names = match &mut item {
        Item::Struct(item) => remove(&mut item.generics),
        Item::Enum(item) => remove(&mut item.generics),
        Item::Impl(item) => remove(&mut item.generics),
        _ => Vec::new(),
    };
    replace(item.to_token_stream(), &names)
}

/// Removes the lifetime parameters, and returns their names.
pub(crate) fn remove(generics: &mut Generics) -> Vec<Ident> {
    let names = generics.lifetimes().map(|parameter| parameter.lifetime.ident.clone()).collect();
    let rest = std::mem::take(&mut generics.params).into_iter();
    generics.params = rest.filter(|parameter| !matches!(parameter, syn::GenericParam::Lifetime(_))).collect();
    if generics.params.is_empty() {
        (generics.lt_token, generics.gt_token) = (None, None);
    }
    names
}

/// Writes `'static` for each of these lifetimes.
pub(crate) fn replace(tokens: TokenStream, names: &[Ident]) -> TokenStream {
    let mut after_quote = false;
    let tokens = tokens.into_iter().map(|token| {
        let is_name = std::mem::replace(&mut after_quote, is_quote(&token));
        match token {
            TokenTree::Ident(ident) if is_name && names.contains(&ident) => {
                Ident::new("static", ident.span()).into()
            }
            TokenTree::Group(group) => {
                let mut replaced = Group::new(group.delimiter(), replace(group.stream(), names));
                replaced.set_span(group.span());
                replaced.into()
            }
            token => token,
        }
    });
    tokens.collect()
}

fn is_quote(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '\'' && punct.spacing() == Spacing::Joint)
}

//! Entries that may be one type under two names, as in `actors(Ledger, crate::Ledger as Other)`: only rustc knows whether they are.
//!
//! If they are, their `HostedBy` impls conflict, which is the error. Their `Listed` impls would conflict as well, so the second one is then
//! for a type of its own. This compares types with the same last segment: paths with different ends are one type only by an alias.

use proc_macro2::TokenStream;

use super::args::SystemEntry;
use crate::tokens::{Literal, quote};

/// The items that [`listed`] uses, if it does.
pub(super) fn local(entries: &[SystemEntry], private: &TokenStream) -> Option<TokenStream> {
    let is_used = (0..entries.len()).any(|index| !earlier(index, entries).is_empty());
    is_used.then(|| {
        quote! {
            use #private::assertions::DifferentTypes as _;
            pub trait __Once<__T, __S, const NUMBER: ::core::primitive::usize, const IS_EARLIER: ::core::primitive::bool> {
                type Type;
                type Spawn;
            }
            impl<__T, __S, const NUMBER: ::core::primitive::usize> __Once<__T, __S, NUMBER, false> for () {
                type Type = __T;
                type Spawn = __S;
            }
            impl<__T, __S, const NUMBER: ::core::primitive::usize> __Once<__T, __S, NUMBER, true> for () {
                type Type = #private::Duplicate<NUMBER>;
                type Spawn = #private::Duplicate<NUMBER>;
            }
        }
    })
}

/// For an entry that may be the type of an earlier one: the type of its `Listed` impl, and what spawns it. `plain`: both, if it is not.
pub(super) fn listed(
    entry: &SystemEntry,
    entries: &[SystemEntry],
    plain: (TokenStream, TokenStream),
    private: &TokenStream,
) -> (TokenStream, TokenStream) {
    let index = entries.iter().position(|other| std::ptr::eq(other, entry)).unwrap_or_default();
    let others = earlier(index, entries);
    if others.is_empty() {
        return plain;
    }
    let (ty, spawn) = plain;
    let tests = others.iter().map(|other| {
        let other = &other.ty;
        quote!(#private::assertions::Pair::<#other, #ty>::IS_ONE_TYPE)
    });
    let number = Literal(index);
    let once = quote!(<() as __Once<#ty, #spawn, #number, { #(#tests)|* }>>);
    (quote!(#once::Type), quote!(#once::Spawn))
}

/// The earlier entries whose types have the same last segment.
fn earlier(index: usize, entries: &[SystemEntry]) -> Vec<&SystemEntry> {
    let last = last_segment(&entries[index]);
    entries.iter().take(index).filter(|other| last_segment(other) == last).collect()
}

/// The last name in the path of the type, without its parameters.
fn last_segment(entry: &SystemEntry) -> String {
    let text = entry.text();
    let path = text.split('<').next().unwrap_or_default();
    path.rsplit("::").next().unwrap_or_default().trim().to_owned()
}

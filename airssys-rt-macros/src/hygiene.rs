//! The `const _` block around generated items, which hides their names and keeps lints of the user out.

use crate::tokens::quote;
use proc_macro2::TokenStream;
use syn::Attribute;

/// Wraps generated items in `const _: () = { .. }`. Their names are not visible outside, their impls are; lints that a user has
/// turned on do not apply inside.
pub(crate) fn const_block(cfgs: &[Attribute], content: &TokenStream) -> TokenStream {
    quote! {
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(
            clippy::all,
            clippy::cargo,
            clippy::nursery,
            clippy::pedantic,
            clippy::restriction,
            warnings,
            deprecated,
            missing_debug_implementations,
            non_camel_case_types,
            private_interfaces,
            single_use_lifetimes,
            unnameable_types,
            unreachable_patterns,
            unreachable_pub,
            unused_lifetimes,
            unused_qualifications,
            unused_variables,
        )]
        const _: () = { #content };
    }
}

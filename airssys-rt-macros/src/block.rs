//! The block that holds what nobody should name.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Attribute;

/// Wraps generated items. Names in it are not seen outside, impls are; lints that a user has turned on blame
/// nobody for it.
pub(crate) fn hidden(cfgs: &[Attribute], content: &TokenStream) -> TokenStream {
    quote! {
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(
            clippy::all,
            clippy::pedantic,
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

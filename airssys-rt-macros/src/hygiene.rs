//! The `const _` block around generated items, which hides their names and keeps lints of the user out.

use crate::tokens::quote;
use proc_macro2::TokenStream;
use syn::Attribute;

/// Wraps generated items in `const _: () = { .. }`. Their names are not visible outside, their impls are; lints that a user has
/// turned on do not apply inside. rustc takes the items for a part of the program (see [`tokens`](crate::tokens)), so the lints are
/// listed: not the whole group `clippy::restriction`, because a user may forbid one of its lints, which is an error with an `allow`.
pub(crate) fn const_block(cfgs: &[Attribute], content: &TokenStream) -> TokenStream {
    quote! {
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(
            clippy::all,
            clippy::cargo,
            clippy::exhaustive_enums,
            clippy::exhaustive_structs,
            clippy::min_ident_chars,
            clippy::missing_docs_in_private_items,
            clippy::missing_inline_in_public_items,
            clippy::missing_trait_methods,
            clippy::nursery,
            clippy::pattern_type_mismatch,
            clippy::pedantic,
            clippy::shadow_reuse,
            clippy::shadow_unrelated,
            dead_code,
            deprecated,
            missing_debug_implementations,
            non_camel_case_types,
            private_interfaces,
            single_use_lifetimes,
            trivial_bounds,
            unit_bindings,
            unnameable_types,
            unreachable_code,
            unreachable_patterns,
            unreachable_pub,
            unused_braces,
            unused_imports,
            unused_lifetimes,
            unused_parens,
            unused_qualifications,
            unused_variables,
            warnings,
        )]
        const _: () = { #content };
    }
}

//! The `const _` block around generated items, which hides their names and keeps lints of the user out; and lints of Clippy.

use std::cell::Cell;
use std::path::Path;

use crate::tokens::quote;
use proc_macro2::TokenStream;
use syn::Attribute;

thread_local! {
    static IS_CLIPPY: Cell<Option<bool>> = const { Cell::new(None) };
}

/// Whether Clippy runs the attribute. rustc does not know the lints of Clippy, and each that is allowed would take it time: several
/// for each method of a program.
fn is_clippy() -> bool {
    IS_CLIPPY.get().unwrap_or_else(|| {
        let is_clippy = std::env::args_os().next().is_some_and(|program| {
            Path::new(&program).file_stem().is_some_and(|name| name == "clippy-driver")
        });
        IS_CLIPPY.set(Some(is_clippy));
        is_clippy
    })
}

/// What `allow` makes, if Clippy runs the attribute.
pub(crate) fn for_clippy<T>(allow: impl FnOnce() -> T) -> Option<T> {
    is_clippy().then(allow)
}

/// Wraps generated items in `const _: () = { .. }`. Their names are not visible outside, their impls are; lints that a user has
/// turned on do not apply inside. rustc takes the items for a part of the program (see [`tokens`](crate::tokens)), so the lints are
/// listed: not the whole group `clippy::restriction`, because a user may forbid one of its lints, which is an error with an `allow`.
pub(crate) fn const_block(cfgs: &[Attribute], content: &TokenStream) -> TokenStream {
    let clippy = for_clippy(|| {
        quote! {
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
            )]
        }
    });
    quote! {
        #(#cfgs)*
        #[doc(hidden)]
        #clippy
        #[allow(
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

#[cfg(test)]
mod tests {
    use super::{IS_CLIPPY, const_block};
    use crate::tokens::quote;

    #[test]
    fn only_clippy_gets_the_lints_of_clippy() {
        let text = || const_block(&[], &quote!()).to_string();
        assert!(!text().contains("clippy"));
        IS_CLIPPY.set(Some(true));
        assert!(text().contains("clippy :: pedantic"));
        IS_CLIPPY.set(None);
    }
}

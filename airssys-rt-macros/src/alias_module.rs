//! A module of type aliases, which is imported with `*`: the types are those of the scope around it.
//!
//! A module in the body of a function has no path to what is beside it. So the module holds a key for each alias, and beside the module
//! an impl for the key says what it stands for.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident};
use syn::{Attribute, Visibility};

use crate::spans;
use crate::tokens::{generated, quote};

/// A module of aliases.
pub(crate) struct AliasModule<'a> {
    pub(crate) vis: &'a Visibility,
    pub(crate) cfgs: &'a [&'a Attribute],
    /// The path of the library's hidden module.
    pub(crate) private: &'a TokenStream,
}

/// One alias of a module.
pub(crate) struct Alias {
    pub(crate) name: Ident,
    pub(crate) attributes: TokenStream,
    pub(crate) ty: TokenStream,
}

impl AliasModule<'_> {
    /// What stands in the module, and what stands beside it and the import.
    pub(crate) fn declare(&self, aliases: &[Alias]) -> (TokenStream, TokenStream) {
        let Self { vis, cfgs, private } = self;
        let inside = inside(vis);
        let (keys, impls): (Vec<_>, Vec<_>) = aliases
            .iter()
            .map(|Alias { name, attributes, ty }| {
                // It is imported with the alias, so its name has that of the alias in it.
                let key = format_ident!("__{}Key", spans::plain(name), span = generated());
                let declared = quote! {
                    #[doc(hidden)] #[allow(missing_debug_implementations)] #inside struct #key;
                    #attributes #inside type #name = <#key as #private::Alias>::Type;
                };
                let implemented = quote! {
                    #(#cfgs)* #[doc(hidden)] #[automatically_derived]
                    impl #private::Alias for #key { type Type = #ty; }
                };
                (declared, implemented)
            })
            .unzip();
        (quote!(#(#keys)*), quote!(#(#impls)*))
    }
}

/// The same visibility, one module further inside.
pub(crate) fn inside(vis: &Visibility) -> TokenStream {
    match vis {
        Visibility::Public(_) => quote!(pub),
        Visibility::Inherited => quote!(pub(super)),
        Visibility::Restricted(restricted) if restricted.path.is_ident("crate") => quote!(pub(crate)),
        Visibility::Restricted(restricted) if restricted.path.is_ident("self") => quote!(pub(super)),
        Visibility::Restricted(restricted) => {
            let path = restricted.path.to_token_stream();
            match restricted.path.segments.first().is_some_and(|first| first.ident == "crate") {
                true => quote!(pub(in #path)),
                false => quote!(pub(in super::#path)),
            }
        }
    }
}

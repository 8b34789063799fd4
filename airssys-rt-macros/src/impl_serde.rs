//! Generates the serde impls of a generated enum, under the feature `wire`.
//!
//! Each impl holds if the types in the enum have the trait.
//!
//! They are written out and not derived: a derived impl would require of the enum what only its types can satisfy, and
//! `#[serde(crate = "..")]` does not take `$crate`.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Generics};

use crate::spans;
use crate::tokens::{parse_quote, quote};

/// A generated enum, as the serde impls need it.
pub(crate) struct SerdeEnum<'a> {
    pub(crate) private: &'a TokenStream,
    pub(crate) ident: &'a Ident,
    /// The enum with its arguments.
    pub(crate) ty: &'a TokenStream,
    pub(crate) generics: Generics,
    pub(crate) variants: Vec<SerdeVariant<'a>>,
    /// The match arm for a variant that no value has.
    pub(crate) never: Option<TokenStream>,
}

/// A variant of the enum.
pub(crate) struct SerdeVariant<'a> {
    pub(crate) cfgs: &'a [Attribute],
    pub(crate) ident: &'a TokenStream,
    pub(crate) ty: TokenStream,
    pub(crate) payload: Payload,
}

/// What a variant holds, and what of it is serialized.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payload {
    /// The data.
    Data,
    /// The data and the slot for the reply, which is not serialized.
    DataAndSlot,
    /// Data that has no meaning in another process: the variant is not serialized.
    NotSent,
}

/// Both impls, or no tokens without the feature.
pub(crate) fn implement(of: &SerdeEnum<'_>) -> TokenStream {
    if !is_on() {
        return TokenStream::new();
    }
    let (names, serialize, deserialize) = (of.names(), of.serialize(), of.deserialize());
    quote!(const _: () = { #names #serialize #deserialize };)
}

#[cfg(test)]
pub(crate) fn is_on() -> bool {
    test_switch::ON.get()
}

#[cfg(not(test))]
pub(crate) const fn is_on() -> bool {
    cfg!(feature = "wire")
}

impl SerdeEnum<'_> {
    /// The variants that are serialized.
    fn sent(&self) -> impl Iterator<Item = &SerdeVariant<'_>> {
        self.variants.iter().filter(|variant| variant.payload != Payload::NotSent)
    }

    /// The serialized names of the enum and of its variants. They are outside of the impls: rustc 1.95 crashes at a text in an
    /// impl whose bound names a type that does not exist.
    fn names(&self) -> TokenStream {
        let wire = self.wire();
        // The name that the program uses: that of the enum itself has a prefix.
        let name = spans::plain(self.ident);
        let name = name.strip_prefix("__").unwrap_or(&name);
        let numbers = self.sent().map(|SerdeVariant { cfgs, ident, .. }| quote!(#(#cfgs)* #ident,));
        let labels = self.sent().map(|SerdeVariant { cfgs, ident, .. }| {
            let label = label(ident);
            quote!(#(#cfgs)* #label,)
        });
        quote! {
            static __NAMES: #wire::EnumNames = #wire::EnumNames { name: #name, variants: &[#(#labels)*] };
            // A separate enum counts the variants, because a variant may be configured out.
            enum __Number { #(#numbers)* }
        }
    }

    fn wire(&self) -> TokenStream {
        let private = self.private;
        quote!(#private::wire)
    }

    /// The bounds of an impl. The higher-ranked lifetime keeps rustc from refusing a bound that is false.
    fn bounds(&self, interface: &TokenStream) -> TokenStream {
        let given = self.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
        let types = self.sent().map(|variant| &variant.ty);
        quote!(where #(#given,)* #(for<'__a> #types: #interface,)*)
    }

    fn serialize(&self) -> TokenStream {
        let Self { private, ident, ty, never, .. } = self;
        let (serde, wire) = (quote!(#private::serde), self.wire());
        let (parameters, ..) = self.generics.split_for_impl();
        let bounds = self.bounds(&quote!(#serde::Serialize));
        let arms =
            self.variants.iter().map(|SerdeVariant { cfgs, ident: variant, payload, .. }| match payload {
                Payload::NotSent => quote! {
                    #(#cfgs)* #ident::#variant(..) => ::core::result::Result::Err(#wire::not_serializable(&__NAMES)),
                },
                _ => quote! {
                    #(#cfgs)*
                    #ident::#variant(ref __data, ..) => {
                        #wire::serialize_variant(__to, &__NAMES, __Number::#variant as ::core::primitive::u32, __data)
                    }
                },
            });
        quote! {
            #[automatically_derived]
            impl #parameters #serde::Serialize for #ty #bounds {
                fn serialize<__Z: #serde::Serializer>(
                    &self,
                    __to: __Z,
                ) -> ::core::result::Result<__Z::Ok, __Z::Error> {
                    match *self { #(#arms)* #never }
                }
            }
        }
    }

    fn deserialize(&self) -> TokenStream {
        let Self { private, ident, ty, .. } = self;
        let (serde, wire) = (quote!(#private::serde), self.wire());
        let mut generics = self.generics.clone();
        generics.params.insert(0, parse_quote!('__de));
        let (parameters, ..) = generics.split_for_impl();
        let bounds = self.bounds(&quote!(#serde::Deserialize<'__de>));
        let arms = self.sent().map(|SerdeVariant { cfgs, ident: variant, ty, payload }| {
            let slot = (*payload == Payload::DataAndSlot).then(|| quote!(, #private::ReplySlot::EMPTY));
            quote! {
                #(#cfgs)*
                __number if __number == __Number::#variant as ::core::primitive::u32 => {
                    let __data = #serde::de::VariantAccess::newtype_variant::<#ty>(__from)?;
                    ::core::result::Result::Ok(#ident::#variant(__data #slot))
                }
            }
        });
        quote! {
            #[automatically_derived]
            impl #parameters #wire::ReadVariant<'__de> for #ty #bounds {
                fn read<__V: #serde::de::VariantAccess<'__de>>(
                    __number: ::core::primitive::u32,
                    __from: __V,
                ) -> ::core::result::Result<Self, __V::Error> {
                    match __number {
                        #(#arms)*
                        _ => ::core::result::Result::Err(#wire::unknown_variant(&__NAMES, __number)),
                    }
                }
            }
            #[automatically_derived]
            impl #parameters #serde::Deserialize<'__de> for #ty #bounds {
                fn deserialize<__Z: #serde::Deserializer<'__de>>(
                    __from: __Z,
                ) -> ::core::result::Result<Self, __Z::Error> {
                    #wire::deserialize_enum(__from, &__NAMES)
                }
            }
        }
    }
}

/// The serialized name of a variant.
fn label(variant: &TokenStream) -> String {
    let name = variant.to_token_stream().to_string();
    name.strip_prefix("r#").map_or(name.clone(), ToOwned::to_owned)
}

/// Turns the impls on in a test. The feature cannot: a build of the whole workspace has it on for every test.
#[cfg(test)]
pub(crate) mod test_switch {
    thread_local!(pub(super) static ON: std::cell::Cell<bool> = const { std::cell::Cell::new(false) });

    pub(crate) fn on(run: impl FnOnce()) {
        ON.set(true);
        run();
        ON.set(false);
    }
}

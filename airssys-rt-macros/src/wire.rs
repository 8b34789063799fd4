//! What makes the generated enums serde's, under the feature `wire`: each is if the types in it are.
//!
//! Written out, and not derived: a derived impl would demand of the enum what only its types can promise, and
//! `#[serde(crate = "..")]` knows no `$crate`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Generics};

use crate::spans;

/// One generated enum.
pub(crate) struct Form<'a> {
    pub(crate) private: &'a TokenStream,
    pub(crate) ident: &'a Ident,
    /// The enum with its arguments.
    pub(crate) ty: &'a TokenStream,
    pub(crate) generics: Generics,
    pub(crate) variants: Vec<Variant<'a>>,
    /// The arm for a variant that no value has.
    pub(crate) never: Option<TokenStream>,
}

pub(crate) struct Variant<'a> {
    pub(crate) cfgs: &'a [Attribute],
    pub(crate) ident: &'a TokenStream,
    pub(crate) ty: TokenStream,
    pub(crate) rest: Rest,
}

/// What a variant has besides its data.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    Nothing,
    /// The slot for the reply; it stays where it is.
    Slot,
    /// Its data is of no use elsewhere.
    Everything,
}

/// Both impls, or nothing without the feature.
pub(crate) fn implement(form: &Form<'_>) -> TokenStream {
    if !is_on() {
        return TokenStream::new();
    }
    let (names, serialize, deserialize) = (form.names(), form.serialize(), form.deserialize());
    quote!(const _: () = { #names #serialize #deserialize };)
}

#[cfg(test)]
fn is_on() -> bool {
    switch::ON.get()
}

#[cfg(not(test))]
const fn is_on() -> bool {
    cfg!(feature = "wire")
}

impl Form<'_> {
    fn sent(&self) -> impl Iterator<Item = &Variant<'_>> {
        self.variants.iter().filter(|variant| variant.rest != Rest::Everything)
    }

    /// What the enum and its variants are called in the data. Beside the impls: where a bound of an impl names a
    /// type that does not exist, rustc 1.95 crashes over a text in it.
    fn names(&self) -> TokenStream {
        let wire = self.wire();
        let name = spans::plain(self.ident);
        let numbers = self.sent().map(|Variant { cfgs, ident, .. }| quote!(#(#cfgs)* #ident,));
        let labels = self.sent().map(|Variant { cfgs, ident, .. }| {
            let label = label(ident);
            quote!(#(#cfgs)* #label,)
        });
        quote! {
            static __NAMES: #wire::Names = #wire::Names { name: #name, variants: &[#(#labels)*] };
            // Numbers of their own, because a variant may be configured out.
            enum __Number { #(#numbers)* }
        }
    }

    fn wire(&self) -> TokenStream {
        let private = self.private;
        quote!(#private::wire)
    }

    /// The higher-ranked bound keeps rustc from refusing one that is false.
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
        let arms = self.variants.iter().map(|Variant { cfgs, ident: variant, rest, .. }| match rest {
            Rest::Everything => quote! {
                #(#cfgs)* #ident::#variant(..) => ::core::result::Result::Err(#wire::stays(&__NAMES)),
            },
            _ => quote! {
                #(#cfgs)*
                #ident::#variant(ref data, ..) => {
                    #wire::serialize(to, &__NAMES, __Number::#variant as ::core::primitive::u32, data)
                }
            },
        });
        quote! {
            #[automatically_derived]
            impl #parameters #serde::Serialize for #ty #bounds {
                fn serialize<__Z: #serde::Serializer>(
                    &self,
                    to: __Z,
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
        generics.params.insert(0, syn::parse_quote!('__de));
        let (parameters, ..) = generics.split_for_impl();
        let bounds = self.bounds(&quote!(#serde::Deserialize<'__de>));
        let arms = self.sent().map(|Variant { cfgs, ident: variant, ty, rest }| {
            let slot = (*rest == Rest::Slot).then(|| quote!(, #private::ReplySlot::EMPTY));
            quote! {
                #(#cfgs)*
                number if number == __Number::#variant as ::core::primitive::u32 => {
                    let data = #serde::de::VariantAccess::newtype_variant::<#ty>(from)?;
                    ::core::result::Result::Ok(#ident::#variant(data #slot))
                }
            }
        });
        quote! {
            #[automatically_derived]
            impl #parameters #wire::Variants<'__de> for #ty #bounds {
                fn read<__V: #serde::de::VariantAccess<'__de>>(
                    number: ::core::primitive::u32,
                    from: __V,
                ) -> ::core::result::Result<Self, __V::Error> {
                    match number {
                        #(#arms)*
                        _ => ::core::result::Result::Err(#wire::unknown(&__NAMES, number)),
                    }
                }
            }
            #[automatically_derived]
            impl #parameters #serde::Deserialize<'__de> for #ty #bounds {
                fn deserialize<__Z: #serde::Deserializer<'__de>>(
                    from: __Z,
                ) -> ::core::result::Result<Self, __Z::Error> {
                    #wire::deserialize(from, &__NAMES)
                }
            }
        }
    }
}

/// What a variant is called in the data.
fn label(variant: &TokenStream) -> String {
    let name = variant.to_token_stream().to_string();
    name.strip_prefix("r#").map_or(name.clone(), ToOwned::to_owned)
}

/// The impls of a type without values, which stands for one that is configured out.
pub(crate) fn of_nothing(ident: &Ident, private: &TokenStream) -> TokenStream {
    let ty = &ident.to_token_stream();
    let (generics, variants) = (Generics::default(), Vec::new());
    implement(&Form { private, ident, ty, generics, variants, never: None })
}

/// A test says by itself whether it wants them: whoever builds the whole workspace has the feature on.
#[cfg(test)]
pub(crate) mod switch {
    thread_local!(pub(super) static ON: std::cell::Cell<bool> = const { std::cell::Cell::new(false) });

    pub(crate) fn on(run: impl FnOnce()) {
        ON.set(true);
        run();
        ON.set(false);
    }
}

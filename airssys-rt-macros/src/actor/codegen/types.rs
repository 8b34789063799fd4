//! Generates the types of the messages and of the events of an actor: structs around the enums of the library.

use proc_macro2::{Ident, TokenStream};

use super::imports;
use super::plan::ActorPlan;
use crate::impl_serde;
use crate::tokens::{parse_quote, quote};

/// Both structs, with their impls.
pub(super) fn declare(plan: &ActorPlan<'_>) -> TokenStream {
    let private = &plan.private;
    let (parameters, _, bounds) = plan.actor.generics.split_for_impl();
    let (ident, ty, inside) = (plan.ident("Message"), plan.message_type(), plan.messages_inside());
    let messages = one(plan, &ident, &ty, &inside);
    let events =
        plan.has_events().then(|| one(plan, &plan.ident("Event"), &plan.event_type(), &plan.events_inside()));
    let imports = imports::used(plan);
    quote! {
        #messages
        #[automatically_derived]
        impl #parameters #private::Variants for #ty #bounds {
            #[inline]
            fn number(&self) -> ::core::primitive::u16 { let Self(__inside) = self; #private::Variants::number(__inside) }
            fn refuse(&mut self, __why: #private::Cause) {
                #imports
                let Self(__inside) = self;
                #private::Variants::refuse(__inside, __why)
            }
            fn content(&self) -> ::core::option::Option<&dyn #private::LetterContent> {
                let Self(__inside) = self;
                #private::Variants::content(__inside)
            }
        }
        #events
    }
}

/// One struct. Its field is read by patterns: the access to a field depends on the expansion that the struct comes from, so rustc would
/// check it again after each edit above. Each of the impls holds if the enum has the trait; the higher-ranked bound keeps rustc from refusing a bound that is
/// false.
fn one(plan: &ActorPlan<'_>, ident: &Ident, ty: &TokenStream, inside: &TokenStream) -> TokenStream {
    let private = &plan.private;
    let (parameters, _, bounds) = plan.actor.generics.split_for_impl();
    let given: Vec<_> =
        plan.actor.generics.where_clause.iter().flat_map(|clause| &clause.predicates).collect();
    let serde = impl_serde::is_on().then(|| {
        let serde = quote!(#private::serde);
        let mut generics = plan.actor.generics.clone();
        generics.params.insert(0, parse_quote!('__de));
        let (reading, ..) = generics.split_for_impl();
        quote! {
            #[automatically_derived]
            impl #parameters #serde::Serialize for #ty
            where #(#given,)* for<'__a> #inside: #serde::Serialize,
            {
                fn serialize<__Z: #serde::Serializer>(&self, __to: __Z) -> ::core::result::Result<__Z::Ok, __Z::Error> {
                    let Self(__inside) = self;
                    #serde::Serialize::serialize(__inside, __to)
                }
            }
            #[automatically_derived]
            impl #reading #serde::Deserialize<'__de> for #ty
            where #(#given,)* for<'__a> #inside: #serde::Deserialize<'__de>,
            {
                fn deserialize<__Z: #serde::Deserializer<'__de>>(__from: __Z) -> ::core::result::Result<Self, __Z::Error> {
                    #serde::Deserialize::deserialize(__from).map(#ident)
                }
            }
        }
    });
    quote! {
        pub struct #ident #parameters (#inside) #bounds;
        #[automatically_derived]
        impl #parameters #private::one_of::Around<#inside> for #ty #bounds {
            #[inline]
            fn put_in(__inside: #inside) -> Self { #ident(__inside) }
            #[inline]
            fn take_out(self) -> #inside { let Self(__inside) = self; __inside }
            #[inline]
            fn inside(&self) -> &#inside { let Self(__inside) = self; __inside }
        }
        #[automatically_derived]
        impl #parameters ::core::clone::Clone for #ty
        where #(#given,)* for<'__a> #inside: ::core::clone::Clone,
        {
            fn clone(&self) -> Self { let Self(__inside) = self; #ident(::core::clone::Clone::clone(__inside)) }
        }
        #serde
    }
}

//! The enum of the messages and the enum of the events.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericParam, Generics};

use super::{Enum, Kind, Plan, Variant};
use crate::wire::{self, Form, Rest};

/// One variant for each message, with the slot for its reply, and one for each event the actor subscribes to.
pub(super) fn messages(plan: &Plan<'_>) -> TokenStream {
    let Plan { private, messages, inputs, .. } = plan;
    let ident = &messages.ident;
    let variants = inputs.iter().map(|input| {
        let Variant { cfgs, variant, held, reply, .. } = input;
        let slot = reply.as_ref().map(|reply| quote!(, #private::ReplySlot<#reply>));
        quote!(#(#cfgs)* #variant(#held #slot),)
    });
    let arms = inputs.iter().map(|input| {
        let Variant { cfgs, variant, reply, .. } = input;
        let slot = reply.as_ref().map(|_| quote!(, ref slot));
        let empty = reply.as_ref().map(|_| quote!(, ::core::clone::Clone::clone(slot)));
        quote! {
            #(#cfgs)*
            #ident::#variant(ref message #slot) => #ident::#variant(::core::clone::Clone::clone(message) #empty),
        }
    });
    let data = inputs.iter().map(|input| wire::Variant {
        cfgs: input.cfgs,
        ident: &input.variant,
        ty: input.held.clone(),
        rest: match input.kind {
            Kind::Message => Rest::Slot,
            Kind::Event => Rest::Nothing,
            Kind::Terminated => Rest::Everything,
        },
    });
    declare(plan, messages, &variants.collect(), &arms.collect(), data.collect())
}

/// One variant for each event the actor publishes.
pub(super) fn events(plan: &Plan<'_>) -> TokenStream {
    let Plan { events, published, .. } = plan;
    if published.is_empty() {
        return TokenStream::new();
    }
    let ident = &events.ident;
    let variants = published.iter().map(|event| {
        let (variant, ty) = (&event.variant, &event.ty);
        quote!(#variant(#ty),)
    });
    let arms = published.iter().map(|event| {
        let variant = &event.variant;
        quote!(#ident::#variant(ref event) => #ident::#variant(::core::clone::Clone::clone(event)),)
    });
    let data = published.iter().map(|event| wire::Variant {
        cfgs: &[],
        ident: &event.variant,
        ty: event.ty.clone(),
        rest: Rest::Nothing,
    });
    declare(plan, events, &variants.collect(), &arms.collect(), data.collect())
}

/// The enum, and what it can do if the types in it can. The higher-ranked bound keeps rustc from refusing one that is false: then the
/// enum is not `Clone`, and that is all.
fn declare(
    plan: &Plan<'_>,
    of: &Enum,
    variants: &TokenStream,
    arms: &TokenStream,
    data: Vec<wire::Variant<'_>>,
) -> TokenStream {
    let Enum { ident, ty, is_generic } = of;
    let generics = if *is_generic { plan.actor.generics.clone() } else { Generics::default() };
    let (parameters, _, bounds) = generics.split_for_impl();
    let given = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let types = data.iter().map(|variant| &variant.ty);
    let (phantom, never) = (phantom(plan, of), never(of, &quote!(*never)));
    let declared = quote! {
        pub enum #ident #parameters #bounds { #variants #phantom }
        #[automatically_derived]
        impl #parameters ::core::clone::Clone for #ty
        where #(#given,)* #(for<'__a> #types: ::core::clone::Clone,)*
        {
            fn clone(&self) -> Self { match *self { #arms #never } }
        }
    };
    let form = Form { private: &plan.private, ident, ty, generics: generics.clone(), variants: data, never };
    let wire = wire::implement(&form);
    quote!(#declared #wire)
}

/// The variant that uses the parameters which nothing else in the enum mentions.
fn phantom(plan: &Plan<'_>, of: &Enum) -> Option<TokenStream> {
    let types = plan.actor.generics.params.iter().filter_map(|parameter| match parameter {
        GenericParam::Type(parameter) => Some(&parameter.ident),
        _ => None,
    });
    let types = quote!(fn() -> (#(::core::marker::PhantomData<#types>,)*));
    of.is_generic.then(|| quote!(__Phantom(::core::marker::PhantomData<#types>, ::core::convert::Infallible)))
}

/// The arm for the variant that no value has.
pub(super) fn never(of: &Enum, value: &TokenStream) -> Option<TokenStream> {
    let ident = &of.ident;
    of.is_generic.then(|| quote!(#ident::__Phantom(_, ref never) => match #value {},))
}

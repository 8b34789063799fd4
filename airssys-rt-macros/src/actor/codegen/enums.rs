//! Generates the message enum and the event enum of one actor.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericParam, Generics};

use super::plan::{ActorPlan, GeneratedEnum, InputKind, InputVariant};
use crate::impl_serde::{self, Payload, SerdeEnum, SerdeVariant};

/// The message enum: one variant for each message, with the slot for its reply, and one for each event that the actor
/// subscribes to.
pub(super) fn messages(plan: &ActorPlan<'_>) -> TokenStream {
    let ActorPlan { private, messages, inputs, .. } = plan;
    let ident = &messages.ident;
    let variants = inputs.iter().map(|input| {
        let InputVariant { cfgs, variant, held, reply, .. } = input;
        let slot = reply.as_ref().map(|reply| quote!(, #private::ReplySlot<#reply>));
        quote!(#(#cfgs)* #variant(#held #slot),)
    });
    let arms = inputs.iter().map(|input| {
        let InputVariant { cfgs, variant, reply, .. } = input;
        let slot = reply.as_ref().map(|_| quote!(, ref slot));
        let empty = reply.as_ref().map(|_| quote!(, ::core::clone::Clone::clone(slot)));
        quote! {
            #(#cfgs)*
            #ident::#variant(ref message #slot) => #ident::#variant(::core::clone::Clone::clone(message) #empty),
        }
    });
    let data = inputs.iter().map(|input| SerdeVariant {
        cfgs: input.cfgs,
        ident: &input.variant,
        ty: input.held.clone(),
        payload: match input.kind {
            InputKind::Message => Payload::DataAndSlot,
            InputKind::Event => Payload::Data,
            InputKind::Terminated => Payload::NotSent,
        },
    });
    declare(plan, messages, &variants.collect(), &arms.collect(), data.collect())
}

/// The event enum: one variant for each event that the actor publishes.
pub(super) fn events(plan: &ActorPlan<'_>) -> TokenStream {
    let ActorPlan { events, published, .. } = plan;
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
    let data = published.iter().map(|event| SerdeVariant {
        cfgs: &[],
        ident: &event.variant,
        ty: event.ty.clone(),
        payload: Payload::Data,
    });
    declare(plan, events, &variants.collect(), &arms.collect(), data.collect())
}

/// The enum and its impls, each of which holds if the types in it have the trait. The higher-ranked bound keeps rustc from
/// refusing a bound that is false: the enum is not `Clone` then, without an error.
fn declare(
    plan: &ActorPlan<'_>,
    of: &GeneratedEnum,
    variants: &TokenStream,
    arms: &TokenStream,
    data: Vec<SerdeVariant<'_>>,
) -> TokenStream {
    let GeneratedEnum { ident, ty, is_generic } = of;
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
    let form =
        SerdeEnum { private: &plan.private, ident, ty, generics: generics.clone(), variants: data, never };
    let serde = impl_serde::implement(&form);
    quote!(#declared #serde)
}

/// The variant that mentions all type parameters, for those that no other variant mentions.
fn phantom(plan: &ActorPlan<'_>, of: &GeneratedEnum) -> Option<TokenStream> {
    let types = plan.actor.generics.params.iter().filter_map(|parameter| match parameter {
        GenericParam::Type(parameter) => Some(&parameter.ident),
        _ => None,
    });
    let types = quote!(fn() -> (#(::core::marker::PhantomData<#types>,)*));
    of.is_generic.then(|| quote!(__Phantom(::core::marker::PhantomData<#types>, ::core::convert::Infallible)))
}

/// The match arm for the variant that no value has.
pub(super) fn never(of: &GeneratedEnum, value: &TokenStream) -> Option<TokenStream> {
    let ident = &of.ident;
    of.is_generic.then(|| quote!(#ident::__Phantom(_, ref never) => match #value {},))
}

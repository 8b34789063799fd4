//! The enum of the messages and the enum of the events.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::GenericParam;

use super::{Enum, Plan, Variant};

/// One variant for each message, with the slot for its reply, and one for each event the actor subscribes to.
pub(super) fn messages(plan: &Plan<'_>) -> TokenStream {
    let Plan { private, messages, inputs, .. } = plan;
    let ident = &messages.ident;
    let variants = inputs.iter().map(|input| {
        let Variant { cfgs, variant, ty, reply, .. } = input;
        let slot = reply.as_ref().map(|reply| quote!(, #private::ReplySlot<#reply>));
        quote!(#(#cfgs)* #variant(#ty #slot),)
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
    declare(plan, messages, &variants.collect(), &arms.collect(), inputs.iter().map(|input| &input.ty))
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
    declare(plan, events, &variants.collect(), &arms.collect(), published.iter().map(|event| &event.ty))
}

/// The enum, and its `Clone`. The higher-ranked bound keeps rustc from refusing one that is false: then the
/// enum is not `Clone`, and that is all.
fn declare<'a>(
    plan: &Plan<'_>,
    of: &Enum,
    variants: &TokenStream,
    arms: &TokenStream,
    types: impl Iterator<Item = &'a TokenStream>,
) -> TokenStream {
    let Enum { ident, ty, is_generic } = of;
    let generics = plan.actor.generics.clone();
    let (parameters, _, bounds) = generics.split_for_impl();
    let (parameters, bounds) = match is_generic {
        true => (parameters.to_token_stream(), bounds.to_token_stream()),
        false => (TokenStream::new(), TokenStream::new()),
    };
    let given = generics.where_clause.iter().filter(|_| *is_generic).flat_map(|clause| &clause.predicates);
    let (phantom, never) = (phantom(plan, of), never(of, &quote!(*never)));
    quote! {
        pub enum #ident #parameters #bounds { #variants #phantom }
        #[automatically_derived]
        impl #parameters ::core::clone::Clone for #ty
        where #(#given,)* #(for<'__a> #types: ::core::clone::Clone,)*
        {
            fn clone(&self) -> Self { match *self { #arms #never } }
        }
    }
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

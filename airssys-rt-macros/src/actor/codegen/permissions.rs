//! Generates the impls that permit an actor to handle, publish, ask, tell, spawn and watch.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{ActorPlan, InputKind, InputVariant, MessageToAny, TargetActor};
use crate::spans;

pub(super) fn implement(plan: &ActorPlan<'_>) -> TokenStream {
    let ActorPlan { private, published, asks, tells, tells_any, spawns, .. } = plan;
    let events = &plan.events;
    // An open actor handles every message.
    let handled = plan.handled().filter(|_| plan.actor.open.is_none());
    let handles = handled.map(|(input, reply)| handles(plan, input, reply));
    let publishes = published.iter().map(|event| {
        let (ident, ty, variant) = (&events.ty, &event.ty, &event.variant);
        let path = &events.ident;
        let content = quote! {
            #[inline]
            fn wrap(event: #ty) -> #ident { #path::#variant(event) }
            fn unwrap(event: #ident) -> ::core::result::Result<#ty, #ident> {
                match event {
                    #path::#variant(event) => ::core::result::Result::Ok(event),
                    other => ::core::result::Result::Err(other),
                }
            }
        };
        permission(plan, event.user_ty, &quote!(#private::Publishes<#ty>), content)
    });
    let target = |TargetActor { user_ty, ty, .. }: &TargetActor, interface: TokenStream| {
        permission(plan, user_ty, &quote!(#private::#interface<#ty>), TokenStream::new())
    };
    let asks = asks.iter().map(|asked| target(asked, quote!(Asks)));
    let tells = tells.iter().map(|told| target(told, quote!(Tells)));
    let spawns = spawns.iter().map(|spawned| target(spawned, quote!(Spawns)));
    let tells_any = tells_any.iter().map(|MessageToAny { user_ty, ty, .. }| {
        permission(plan, user_ty, &quote!(#private::TellsAny<#ty>), TokenStream::new())
    });
    let terminated = plan.inputs.iter().filter(|input| input.kind == InputKind::Terminated);
    let watches = terminated.map(|input| watches(plan, input));
    quote!(#(#handles)* #(#publishes)* #(#asks)* #(#tells)* #(#spawns)* #(#tells_any)* #(#watches)*)
}

/// One impl whose errors rustc reports at the user's tokens.
fn permission(
    plan: &ActorPlan<'_>,
    at: &impl quote::ToTokens,
    interface: &TokenStream,
    content: TokenStream,
) -> TokenStream {
    let (parameters, _, bounds) = plan.actor.generics.split_for_impl();
    let self_ty = &plan.self_ty;
    let (impl_token, content) = (spans::impl_token(at), spans::braces(at, content));
    quote!(#[automatically_derived] #impl_token #parameters #interface for #self_ty #bounds #content)
}

fn handles(plan: &ActorPlan<'_>, input: &InputVariant<'_>, reply: &TokenStream) -> TokenStream {
    let InputVariant { cfgs, user_ty, ty, held, variant, .. } = input;
    let private = &plan.private;
    let (ident, messages) = (&plan.messages.ident, &plan.messages.ty);
    let carrier = quote!(<#held as #private::Carrier<#ty>>);
    let content = quote! {
        type Reply = #reply;
        #[inline]
        fn wrap(message: #ty, slot: #private::ReplySlot<#reply>) -> #messages {
            #ident::#variant(#carrier::load(message), slot)
        }
        fn unwrap(message: #messages) -> ::core::option::Option<(#ty, #private::ReplySlot<#reply>)> {
            match message {
                #ident::#variant(message, slot) => ::core::option::Option::Some((#carrier::unload(message), slot)),
                _ => ::core::option::Option::None,
            }
        }
        fn peek(message: &#messages) -> ::core::option::Option<&#ty> {
            match message {
                #ident::#variant(message, _) => ::core::option::Option::Some(#carrier::look(message)),
                _ => ::core::option::Option::None,
            }
        }
    };
    let permission = permission(plan, user_ty, &quote!(#private::Handles<#ty>), content);
    quote!(#(#cfgs)* #permission)
}

fn watches(plan: &ActorPlan<'_>, input: &InputVariant<'_>) -> TokenStream {
    let InputVariant { cfgs, user_ty, ty, variant, .. } = input;
    let private = &plan.private;
    let (ident, messages) = (&plan.messages.ident, &plan.messages.ty);
    let content = quote!(fn wrap_terminated(terminated: #ty) -> #messages { #ident::#variant(terminated) });
    let permission = permission(plan, user_ty, &quote!(#private::HandlesTerminated), content);
    quote!(#(#cfgs)* #permission)
}

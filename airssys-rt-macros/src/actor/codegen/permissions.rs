//! Generates the impls that permit an actor to handle, publish, ask, tell, spawn and watch.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{ActorPlan, InputKind, InputVariant, MessageToAny, TargetActor};
use crate::spans;

pub(super) fn implement(plan: &ActorPlan<'_>) -> TokenStream {
    let ActorPlan { private, published, asks, tells, tells_any, spawns, .. } = plan;
    let place = |place: &syn::Index| quote!(type Place = #private::one_of::Place<#place>;);
    // An open actor handles every message.
    let handled = plan.handled().filter(|_| plan.actor.open.is_none());
    let handles = handled.map(|input| {
        let InputVariant { cfgs, user_ty, ty, .. } = input;
        let (at, messages) = (&input.place, plan.message_enum());
        let (place, reply) = (place(at), quote!(type Reply = #private::one_of::ReplyAt<#messages, #at>;));
        let permission = permission(plan, user_ty, &quote!(#private::HandlesAt<#ty>), quote!(#place #reply));
        quote!(#(#cfgs)* #permission)
    });
    let publishes = published.iter().map(|event| {
        let ty = &event.ty;
        permission(plan, event.user_ty, &quote!(#private::PublishesAt<#ty>), place(&event.place))
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

fn watches(plan: &ActorPlan<'_>, input: &InputVariant<'_>) -> TokenStream {
    let InputVariant { cfgs, user_ty, ty, place, .. } = input;
    let (private, variant) = (&plan.private, plan.messages.variant(place));
    let messages = plan.message_enum();
    let content = quote! {
        fn wrap_terminated(terminated: #ty) -> #messages { #variant(terminated, #private::one_of::NoSlot) }
    };
    let permission = permission(plan, user_ty, &quote!(#private::HandlesTerminated), content);
    quote!(#(#cfgs)* #permission)
}

//! Generates the impls that permit an actor to handle, publish, ask, tell, spawn and watch.

use proc_macro2::{Ident, TokenStream};
use quote::format_ident;
use syn::Index;

use super::plan::{ActorPlan, InputKind, InputVariant, MessageToAny, TargetActor};
use crate::actor::edges::EdgeKind;
use crate::spans;
use crate::tokens::{generated, quote};

pub(super) fn implement(plan: &ActorPlan<'_>) -> TokenStream {
    let ActorPlan { private, published, asks, tells, tells_any, spawns, .. } = plan;
    // An open actor handles every message.
    let handled = plan.handled().filter(|_| plan.actor.open.is_none());
    let handles = handled.map(|input| handles(plan, input));
    let events = plan.event_type();
    let publishes = published.iter().map(|event| {
        let (ty, place) = (&event.ty, place(&event.place));
        let content = quote! {
            const VARIANT: #private::EventVariant<#events, #ty> =
                #private::one_of::event::<_, _, #private::one_of::#place>();
        };
        permission(plan, event.user_ty, &quote!(#private::Publishes<#ty>), content)
    });
    let target = |TargetActor { user_ty, ty, .. }: &TargetActor, interface: TokenStream| {
        permission(plan, user_ty, &quote!(#private::#interface<#ty>), TokenStream::new())
    };
    let asks = asks.iter().map(|asked| target(asked, quote!(Asks)));
    let tells = tells.iter().map(|told| {
        let (ty, kind) = (&told.ty, tell_kind(told.kind));
        let content = quote!(type Kind = #private::#kind;);
        permission(plan, &told.user_ty, &quote!(#private::Tells<#ty>), content)
    });
    let spawns = spawns.iter().map(|spawned| target(spawned, quote!(Spawns)));
    let tells_any = tells_any.iter().map(|MessageToAny { user_ty, ty, .. }| {
        permission(plan, user_ty, &quote!(#private::TellsAny<#ty>), TokenStream::new())
    });
    let terminated = plan.inputs.iter().filter(|input| input.kind == InputKind::Terminated);
    let watches = terminated.map(|input| watches(plan, input));
    quote!(#(#handles)* #(#publishes)* #(#asks)* #(#tells)* #(#spawns)* #(#tells_any)* #(#watches)*)
}

/// The type that says what an actor may do along an edge of `tells(..)` or `try_tells(..)`.
fn tell_kind(kind: EdgeKind) -> TokenStream {
    match kind {
        EdgeKind::Waits => quote!(Waits),
        EdgeKind::ToItself => quote!(ToItself),
        EdgeKind::Tries => quote!(Tries),
    }
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

fn handles(plan: &ActorPlan<'_>, input: &InputVariant<'_>) -> TokenStream {
    let InputVariant { cfgs, user_ty, ty, place, .. } = input;
    let private = &plan.private;
    let messages = plan.message_type();
    let place = self::place(place);
    let checked = plan.aliases.checked(ty);
    let content = quote! {
        type Reply = <#checked as #private::Carried>::Answer;
        const VARIANT: #private::MessageVariant<#messages, #ty, Self::Reply> =
            #private::one_of::message::<_, _, #private::one_of::#place>();
    };
    let permission = permission(plan, user_ty, &quote!(#private::Handles<#ty>), content);
    quote!(#(#cfgs)* #permission)
}

/// The alias of a position in the enums of the library.
fn place(place: &Index) -> Ident {
    format_ident!("P{}", place.index, span = generated())
}

fn watches(plan: &ActorPlan<'_>, input: &InputVariant<'_>) -> TokenStream {
    let InputVariant { cfgs, user_ty, ty, place, .. } = input;
    let (private, variant) = (&plan.private, plan.messages.variant(place));
    let (ident, messages) = (plan.ident("Message"), plan.message_type());
    let content = quote! {
        fn wrap_terminated(__terminated: #ty) -> #messages { #ident(#variant(__terminated, #private::one_of::NoSlot)) }
    };
    let permission = permission(plan, user_ty, &quote!(#private::HandlesTerminated), content);
    quote!(#(#cfgs)* #permission)
}

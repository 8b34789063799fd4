//! Generates `__checks`, a function that asserts each rule of `#[actor]` once, at the token of the user.
//!
//! For an explicit generic argument rustc points at the argument, which is the user's own token.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{ActorPlan, InputKind, InputVariant};
use crate::{assertions, spans};

pub(super) fn assert(plan: &ActorPlan<'_>) -> TokenStream {
    let (parameters, _, bounds) = plan.actor.generics.split_for_impl();
    // The alias of another message is checked where it is declared.
    let handled = plan.inputs.iter().filter(|input| input.kind == InputKind::Message);
    let handled = handled.filter(|input| plan.aliases.is_generic(&input.user_ty)).map(|input| {
        let (cfgs, message) = (input.cfgs, message(plan, &input.user_ty));
        quote!(#(#cfgs)* #message;)
    });
    // Every other message has an alias that is checked where it is declared.
    let told = plan.tells_any.iter().filter(|any| plan.aliases.is_generic(&any.user_ty)).map(|any| {
        let message = message(plan, &any.user_ty);
        quote!(#message;)
    });
    let kinds = kinds(plan);
    quote! {
        #[allow(dead_code)]
        fn __checks #parameters () #bounds { #(#handled)* #(#told)* #(#kinds)* }
    }
}

/// Asserts that the type is a message. The type of the call is a projection, which rustc reports at the call: with the span
/// of the type, both are one error.
fn message(plan: &ActorPlan<'_>, user_ty: &TokenStream) -> TokenStream {
    let (private, place) = (&plan.private, spans::first(user_ty));
    let message = spans::located(quote!(#private::assertions::message::), place);
    let called = spans::parens(place, TokenStream::new());
    quote!(#message <#user_ty> #called)
}

/// Asserts that listed events are events, and listed actors are actors.
fn kinds<'a>(plan: &'a ActorPlan<'_>) -> impl Iterator<Item = TokenStream> + 'a {
    let private = &plan.private;
    // The alias of an event that a trait handles is checked where it is declared.
    let subscribed = plan
        .subscribed()
        .filter(|event| {
            let user_ty = &event.user_ty;
            event.call.is_some() || assertions::has_arguments(user_ty) || plan.aliases.is_generic(user_ty)
        })
        .map(
            move |InputVariant { cfgs, user_ty, .. }| quote!(#(#cfgs)* #private::assertions::event::<#user_ty>();),
        );
    let published = plan.published.iter().map(move |event| {
        let user_ty = event.user_ty;
        quote!(#private::assertions::event::<#user_ty>();)
    });
    // Every other actor has an alias that is checked where it is declared.
    let reached = plan
        .asks
        .iter()
        .chain(&plan.tells)
        .chain(&plan.spawns)
        .map(|target| &target.user_ty)
        .filter(|user_ty| assertions::has_arguments(user_ty) || plan.aliases.is_generic(user_ty));
    let reached = reached.map(move |user_ty| quote!(#private::assertions::actor::<#user_ty>();));
    subscribed.chain(published).chain(reached)
}

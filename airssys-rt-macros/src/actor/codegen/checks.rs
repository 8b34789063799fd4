//! Each rule, asserted once. For explicit generic arguments rustc points at the argument, which is the user's own token.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Plan, Variant};
use crate::spans;

pub(super) fn assert(plan: &Plan<'_>) -> TokenStream {
    let Plan { actor, private, published, asks, tells, .. } = plan;
    let (parameters, _, bounds) = actor.generics.split_for_impl();
    // If it is no message, the type of the first call is unknown and the second is not checked.
    let messages = plan.handled().filter(|(input, _)| !input.call.broken).map(|(input, _)| {
        let Variant { cfgs, user_ty, call, .. } = input;
        let reply = call.output.reply();
        // The type of the first call is a projection, which is reported at the call: at the same place, it is one error.
        let place = spans::first(user_ty);
        let (message, called) = (
            spans::located(quote!(#private::check::message::), place),
            spans::parens(place, TokenStream::new()),
        );
        quote!(#(#cfgs)* #message <#user_ty> #called .reply::<#reply>();)
    });
    let subscribed = plan
        .subscribed()
        .map(|Variant { cfgs, user_ty, .. }| quote!(#(#cfgs)* #private::check::event::<#user_ty>();));
    let published = published.iter().map(|event| {
        let user_ty = event.user_ty;
        quote!(#private::check::event::<#user_ty>();)
    });
    let reached = asks.iter().chain(tells).map(|(user_ty, _)| quote!(#private::check::actor::<#user_ty>();));
    quote! {
        #[allow(dead_code)]
        fn __checks #parameters () #bounds { #(#messages)* #(#subscribed)* #(#published)* #(#reached)* }
    }
}

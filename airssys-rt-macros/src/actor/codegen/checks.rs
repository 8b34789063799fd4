//! Each rule, asserted once. For explicit generic arguments rustc points at the argument, which is the user's
//! own token.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Plan, Variant};
use crate::actor::method::Call;
use crate::{checked, spans};

pub(super) fn assert(plan: &Plan<'_>) -> TokenStream {
    let (parameters, _, bounds) = plan.actor.generics.split_for_impl();
    let replies = plan.handled().filter_map(|(input, _)| reply(plan, input, input.call?));
    // The alias of any other message is checked by itself.
    let told = plan.tells_any.iter().filter(|any| plan.names.is_generic(&any.user_ty)).map(|any| {
        let message = message(plan, &any.user_ty);
        quote!(#message;)
    });
    let kinds = kinds(plan);
    quote! {
        #[allow(dead_code)]
        fn __checks #parameters () #bounds { #(#replies)* #(#told)* #(#kinds)* }
    }
}

/// The method returns what its message is answered with.
fn reply(plan: &Plan<'_>, input: &Variant<'_>, call: &Call) -> Option<TokenStream> {
    if call.broken {
        return None;
    }
    let Variant { cfgs, user_ty, checked, .. } = input;
    let reply = call.output.reply();
    // If it is no message, the type of the first call is unknown and the second is not checked.
    let message = match plan.names.is_generic(user_ty) {
        true => message(plan, user_ty),
        // The alias is checked by itself.
        false => message(plan, checked),
    };
    let answered = spans::located(quote!(.reply), spans::first(reply));
    Some(quote!(#(#cfgs)* #message #answered::<#reply>();))
}

/// It is a message. The type of the call is a projection, which is reported at the call: at the place of the
/// type, it is one error.
fn message(plan: &Plan<'_>, user_ty: &TokenStream) -> TokenStream {
    let (private, place) = (&plan.private, spans::first(user_ty));
    let message = spans::located(quote!(#private::check::message::), place);
    let called = spans::parens(place, TokenStream::new());
    quote!(#message <#user_ty> #called)
}

/// Events are events, and actors actors.
fn kinds<'a>(plan: &'a Plan<'_>) -> impl Iterator<Item = TokenStream> + 'a {
    let private = &plan.private;
    // The alias of one that a trait handles is checked by itself.
    let subscribed = plan
        .subscribed()
        .filter(|event| {
            let user_ty = &event.user_ty;
            event.call.is_some() || checked::has_arguments(user_ty) || plan.names.is_generic(user_ty)
        })
        .map(move |Variant { cfgs, user_ty, .. }| quote!(#(#cfgs)* #private::check::event::<#user_ty>();));
    let published = plan.published.iter().map(move |event| {
        let user_ty = event.user_ty;
        quote!(#private::check::event::<#user_ty>();)
    });
    // The alias of any other actor is checked by itself.
    let reached = plan
        .asks
        .iter()
        .chain(&plan.tells)
        .chain(&plan.spawns)
        .map(|target| &target.user_ty)
        .filter(|user_ty| checked::has_arguments(user_ty) || plan.names.is_generic(user_ty));
    let reached = reached.map(move |user_ty| quote!(#private::check::actor::<#user_ty>();));
    subscribed.chain(published).chain(reached)
}

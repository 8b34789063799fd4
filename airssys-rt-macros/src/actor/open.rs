//! The recovery from an error that hides what an actor may do: the actor may do everything, so that no use of it is one more error.
//!
//! The error itself stands in the constant of the actor's checks, so the enums of its messages and events are error types, which
//! have a place for everything.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::args::ActorArgs;
use super::model::ActorModel;
use crate::tokens::{parse_quote, quote};
use crate::{hygiene, spans};

/// What is permitted after an error: the actor handles every message.
#[derive(Default)]
pub(super) struct Open {
    /// Whether the actor also publishes every event, and asks, tells and spawns every actor.
    pub(super) is_unlisted: bool,
    /// Whether the error is that of rustc, so that the checks of the actor have none.
    pub(super) is_unfinished: bool,
}

/// The impls beyond those of the declaration. They take the place of its `Handles` impls.
pub(super) fn permit(actor: &ActorModel, args: &ActorArgs) -> Option<TokenStream> {
    let open = actor.open.as_ref()?;
    let private = args.crate_path.private();
    let (message, event) = (quote!(#private::Message), quote!(#private::Event));
    // The error type of the actor's checks, where there is a constant: no use of an answer is an error either.
    let self_ty = spans::at_call_site(&actor.self_ty);
    let reply = match actor.generics.params.is_empty() && !open.is_unfinished {
        true => quote!(<() as #private::assertions::If<{ <#self_ty as #private::Actor>::CHECKED }>>::Type),
        false => quote!(<__T as #private::Message>::Reply),
    };
    let handles = quote! {
        type Reply = #reply;
        const VARIANT: #private::MessageVariant<<Self as #private::Actor>::Message, __T, Self::Reply> =
            #private::MessageVariant::NEVER;
    };
    let mut impls = vec![permission(actor, &quote!(#private::Handles<__T>), &message, &handles)];
    if open.is_unlisted {
        let publishes = quote! {
            const VARIANT: #private::EventVariant<<Self as #private::Actor>::Event, __T> =
                #private::EventVariant::NEVER;
        };
        let none = TokenStream::new();
        let any = quote!(#private::Actor);
        impls.extend([
            permission(actor, &quote!(#private::Publishes<__T>), &event, &publishes),
            permission(actor, &quote!(#private::Asks<__T>), &any, &none),
            permission(actor, &quote!(#private::Tells<__T>), &any, &quote!(type Kind = #private::Waits;)),
            permission(actor, &quote!(#private::Spawns<__T>), &any, &none),
            permission(actor, &quote!(#private::TellsAny<__T>), &message, &none),
        ]);
    }
    Some(hygiene::const_block(&actor.cfgs, &quote!(#(#impls)*)))
}

/// One impl for every type with the bound.
fn permission(
    actor: &ActorModel,
    interface: &TokenStream,
    bound: &TokenStream,
    content: &TokenStream,
) -> TokenStream {
    let mut generics = actor.generics.clone();
    generics.params.push(parse_quote!(__T: #bound));
    let (parameters, _, bounds) = generics.split_for_impl();
    let self_ty = spans::at_call_site(&actor.self_ty).into_token_stream();
    quote!(#[automatically_derived] impl #parameters #interface for #self_ty #bounds { #content })
}

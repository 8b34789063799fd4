//! Generates the message enum and the event enum of a system, which hold those of all its actors.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident};
use syn::Generics;

use super::plan::{CheckedEntry, SystemPlan};
use crate::alias_module::{Alias, AliasModule};
use crate::impl_serde::{self, Payload, SerdeEnum, SerdeVariant};
use crate::tokens::{self, Literal, generated, quote};
use crate::{assertions, editor, spans};

/// Declares both enums, with documentation for each variant.
pub(super) fn declare(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, messages, event_enum, actors, events, .. } = plan;
    let (visibility, cfgs) = (&plan.system.visibility, &plan.system.cfgs);
    let name = &plan.system.ident;
    let message_doc = Literal(format!("Every message of every actor of `{name}`, and its events."));
    let event_doc = Literal(format!("Every event that `{name}` routes."));
    let message_variants = actors.iter().map(|CheckedEntry { entry, variant, .. }| {
        let user_ty = &entry.ty;
        let doc = Literal(format!("A message to `{}`{}.", entry.text(), entry.of_list()));
        let received = assertions::messages(user_ty, &plan.name, private);
        quote!(#[doc = #doc] #variant(#received),)
    });
    let event_variants = events.iter().map(|CheckedEntry { entry, variant, .. }| {
        let user_ty = &entry.ty;
        let doc = Literal(format!("The event `{}`{}.", entry.text(), entry.of_list()));
        quote!(#[doc = #doc] #variant(#user_ty),)
    });
    let allow = quote! {
        #[allow(
            clippy::large_enum_variant,
            dead_code,
            deprecated,
            missing_debug_implementations,
            non_camel_case_types,
            private_interfaces,
        )]
    };
    let (messages, events) = (tokens::declared(messages), tokens::declared(event_enum));
    let unlisted = editor::unlisted();
    let names = names(plan, &quote!(#[doc = #message_doc] #unlisted), &quote!(#[doc = #event_doc] #unlisted));
    quote! {
        #(#cfgs)* #[doc(hidden)] #unlisted #allow
        #visibility enum #messages {
            #(#message_variants)*
            #[doc = "An event that is sent to its subscribers."]
            Event(#event_enum),
        }
        #(#cfgs)* #[doc(hidden)] #unlisted #allow
        #visibility enum #events { #(#event_variants)* }
        #names
    }
}

/// The public names of both enums. They are imported with `*`, so a type of the program with the same name takes precedence.
fn names(plan: &SystemPlan<'_>, of_messages: &TokenStream, of_events: &TokenStream) -> TokenStream {
    let SystemPlan { private, messages, event_enum, public_messages, public_events, .. } = plan;
    let (vis, cfgs) = (&plan.system.visibility, plan.system.cfgs.iter().collect::<Vec<_>>());
    if editor::is_on() {
        return TokenStream::new();
    }
    let module = format_ident!("__{}_enums", spans::plain(&plan.system.ident), span = generated());
    let aliases = [
        Alias { name: public_messages.clone(), attributes: of_messages.clone(), ty: quote!(#messages) },
        Alias { name: public_events.clone(), attributes: of_events.clone(), ty: quote!(#event_enum) },
    ];
    let (inside, beside) = AliasModule { vis, cfgs: &cfgs, private }.declare(&aliases);
    quote! {
        #(#cfgs)* #[doc(hidden)] #[allow(dead_code, non_snake_case, private_interfaces, unreachable_pub, unnameable_types)]
        mod #module { #inside }
        #beside
        #(#cfgs)* #[doc(inline)] #[allow(unused_imports, unreachable_pub)]
        #vis use #module::*;
    }
}

/// The `Clone` impls, each of which holds if the types in the enum have the trait. The higher-ranked bound keeps rustc from
/// refusing a bound that is false.
pub(super) fn clone(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, messages, event_enum, actors, events, .. } = plan;
    let actor_types = actors.iter().map(|actor| &actor.checked);
    let event_types = events.iter().map(|event| &event.ty);
    let message_arms = actors.iter().map(|CheckedEntry { variant, .. }| {
        quote!(#messages::#variant(ref __message) => #messages::#variant(::core::clone::Clone::clone(__message)),)
    });
    let event_arms = events.iter().map(|CheckedEntry { variant, .. }| {
        quote!(#event_enum::#variant(ref __event) => #event_enum::#variant(::core::clone::Clone::clone(__event)),)
    });
    quote! {
        #[automatically_derived]
        impl ::core::clone::Clone for #event_enum where #(for<'__a> #event_types: ::core::clone::Clone,)* {
            fn clone(&self) -> Self { match *self { #(#event_arms)* } }
        }
        #[automatically_derived]
        impl ::core::clone::Clone for #messages
        where
            #(for<'__a> <#actor_types as #private::Actor>::Message: ::core::clone::Clone,)*
            for<'__a> #event_enum: ::core::clone::Clone,
        {
            fn clone(&self) -> Self {
                match *self {
                    #(#message_arms)*
                    #messages::Event(ref __event) => #messages::Event(::core::clone::Clone::clone(__event)),
                }
            }
        }
    }
}

/// The serde impls of both enums.
pub(super) fn serde(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, messages, event_enum, actors, events, .. } = plan;
    let variant = |ident, ty| SerdeVariant { cfgs: &[], ident, ty, payload: Payload::Data };
    let form = |ident, ty, variants| {
        impl_serde::implement(&SerdeEnum {
            private,
            ident,
            ty,
            generics: Generics::default(),
            variants,
            never: None,
        })
    };
    let (event_ty, event) = (quote!(#event_enum), quote!(Event));
    let of_actors = actors.iter().map(|CheckedEntry { variant: ident, checked, .. }| {
        variant(ident, quote!(<#checked as #private::Actor>::Message))
    });
    let received = of_actors.chain([variant(&event, event_ty.clone())]).collect();
    let routed = events.iter().map(|event| variant(&event.variant, event.ty.to_token_stream())).collect();
    let (messages, events) =
        (form(messages, &quote!(#messages), received), form(event_enum, &event_ty, routed));
    quote!(#messages #events)
}

//! Generates the `HostedBy` and `Listed` impls of each actor in the list of a system.

use proc_macro2::TokenStream;

use super::plan::{CheckedEntry, SystemPlan};
use crate::tokens::quote;

pub(super) fn implement(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, name, messages, event_enum, .. } = plan;
    let hosted = plan.actors.iter().map(|actor| {
        let CheckedEntry { checked, member, variant, index, field, .. } = actor;
        let content = quote! {
            const INDEX: ::core::primitive::usize = #index;
            #[inline]
            fn kind(registry: &__Registry) -> &#private::Arc<#private::TypeState<Self>> {
                let __Registry(kinds) = registry;
                &kinds.#field
            }
            #[inline]
            fn wrap(message: <Self as #private::Actor>::Message) -> #messages { #messages::#variant(message) }
            fn unwrap(message: #messages) -> ::core::option::Option<<Self as #private::Actor>::Message> {
                match message {
                    #messages::#variant(message) => ::core::option::Option::Some(message),
                    _ => ::core::option::Option::None,
                }
            }
            fn peek(message: &#messages) -> ::core::option::Option<&<Self as #private::Actor>::Message> {
                match message {
                    #messages::#variant(message) => ::core::option::Option::Some(message),
                    _ => ::core::option::Option::None,
                }
            }
            #[inline]
            fn route(event: <Self as #private::Actor>::Event) -> #event_enum {
                <#member as #private::MemberOf<#name>>::route(event)
            }
        };
        let listed = listed(plan, actor);
        let hosted = actor.implement(&quote!(#private::HostedBy<#name> for #checked), content);
        quote!(#hosted #listed)
    });
    quote!(#(#hosted)*)
}

/// The `Listed` impl is for the type as it is written, whether it is an actor or not: its only mistake is reported in the list.
fn listed(plan: &SystemPlan<'_>, actor: &CheckedEntry<'_>) -> TokenStream {
    let SystemPlan { private, name, .. } = plan;
    let CheckedEntry { ty, checked, field, .. } = actor;
    let content = quote! {
        type Spawn = #private::Spawn<#checked>;
        #[inline]
        fn spawn(registry: &__Registry, source: #private::ActorSource<Self>) -> Self::Spawn {
            let __Registry(kinds) = registry;
            #private::spawn_listed(&kinds.#field, source)
        }
    };
    actor.implement(&quote!(#private::Listed<#name> for #ty), content)
}

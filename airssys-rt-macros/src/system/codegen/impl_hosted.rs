//! Generates the `HostedBy` impl of each actor in the list of a system.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{CheckedEntry, SystemPlan};

pub(super) fn implement(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, name, messages, event_enum, .. } = plan;
    let hosted = plan.actors.iter().map(|actor| {
        let CheckedEntry { checked, variant, index, field, .. } = actor;
        let content = quote! {
            const INDEX: ::core::primitive::usize = #index;
            #[inline]
            fn kind(registry: &__Registry) -> &#private::Arc<#private::TypeState<Self>> { &registry.#field }
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
                <#checked as #private::MemberOf<#name>>::route(event)
            }
        };
        actor.implement(&quote!(#private::HostedBy<#name> for #checked), content)
    });
    quote!(#(#hosted)*)
}

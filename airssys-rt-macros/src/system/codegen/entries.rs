//! What each listed actor and event is to the system.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Listed, Plan};
use crate::spans;
use crate::system::args::Entry;

pub(super) fn hosted(plan: &Plan<'_>) -> TokenStream {
    let Plan { private, name, messages, event_enum, .. } = plan;
    let hosted = plan.actors.iter().map(|Listed { entry, checked, variant, index, field, .. }| {
        let content = quote! {
            const INDEX: ::core::primitive::usize = #index;
            #[inline]
            fn kind(registry: &__Registry) -> &#private::Arc<#private::Kind<Self>> { &registry.#field }
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
        implement(entry, &quote!(#private::HostedBy<#name> for #checked), content)
    });
    quote!(#(#hosted)*)
}

pub(super) fn routed(plan: &Plan<'_>) -> TokenStream {
    let Plan { private, name, event_enum, .. } = plan;
    let routed = plan.events.iter().map(|Listed { entry, checked, variant, index, .. }| {
        let content = quote! {
            const INDEX: ::core::primitive::usize = #index;
            #[inline]
            fn wrap(self) -> #event_enum { #event_enum::#variant(self) }
            #[inline]
            fn get(event: &#event_enum) -> ::core::option::Option<Self> {
                match event {
                    #event_enum::#variant(event) => {
                        let event: &#checked = event;
                        ::core::option::Option::Some(__copy::<#checked>(event))
                    }
                    _ => ::core::option::Option::None,
                }
            }
            fn unwrap(event: #event_enum) -> ::core::option::Option<Self> {
                match event {
                    #event_enum::#variant(event) => ::core::option::Option::Some(event),
                    _ => ::core::option::Option::None,
                }
            }
        };
        implement(entry, &quote!(#private::RoutedBy<#name> for #checked), content)
    });
    quote! {
        // By the bound, an event that is not `Clone` is reported where it is declared, and not here.
        #[allow(dead_code)]
        fn __copy<__E: #private::Event>(event: &__E) -> __E { ::core::clone::Clone::clone(event) }
        #(#routed)*
    }
}

/// One impl whose errors belong at the entry. As an example for another type it would only confuse.
fn implement(entry: &Entry, header: &TokenStream, content: TokenStream) -> TokenStream {
    let (impl_token, content) = (spans::impl_token(&entry.ty), spans::braces(&entry.ty, content));
    quote!(#[automatically_derived] #[diagnostic::do_not_recommend] #impl_token #header #content)
}

//! Generates the `HostedBy` and `Listed` impls of each actor in the list of a system.

use proc_macro2::TokenStream;

use super::plan::{CheckedEntry, SystemPlan};
use crate::system::one_type;
use crate::tokens::quote;

pub(super) fn implement(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, name, messages, event_enum, .. } = plan;
    let hosted = plan.actors.iter().map(|actor| {
        let CheckedEntry { checked, member, variant, index, field, .. } = actor;
        let content = quote! {
            const INDEX: ::core::primitive::usize = #index;
            #[inline]
            fn kind(__registry: &__Registry) -> &#private::Arc<#private::TypeState<Self>> {
                let __Registry(__kinds) = __registry;
                &__kinds.#field
            }
            #[inline]
            fn wrap(__message: <Self as #private::Actor>::Message) -> #messages { #messages::#variant(__message) }
            #[inline]
            fn unwrap(
                __message: #messages,
            ) -> ::core::result::Result<<Self as #private::Actor>::Message, #messages> {
                match __message {
                    #messages::#variant(__message) => ::core::result::Result::Ok(__message),
                    __other => ::core::result::Result::Err(__other),
                }
            }
            #[inline]
            fn route(__event: <Self as #private::Actor>::Event) -> #event_enum {
                <#member as #private::MemberOf<#name>>::route(__event)
            }
        };
        let listed = listed(plan, actor);
        let hosted = actor.implement(plan.system, &quote!(#private::HostedBy<#name> for #checked), content);
        quote!(#hosted #listed)
    });
    quote!(#(#hosted)*)
}

/// The `Listed` impl is for the type as it is written, whether it is an actor or not: its only mistake is reported in the list.
fn listed(plan: &SystemPlan<'_>, actor: &CheckedEntry<'_>) -> TokenStream {
    let SystemPlan { private, name, .. } = plan;
    let CheckedEntry { ty, checked, entry, .. } = actor;
    let plain = (quote!(#ty), quote!(#private::Spawn<#checked>));
    let (ty, spawn) = one_type::listed(entry, &plan.system.actors, plain, private);
    let content = quote!(type Spawn = #spawn;);
    actor.implement(plan.system, &quote!(#private::Listed<#name> for #ty), content)
}

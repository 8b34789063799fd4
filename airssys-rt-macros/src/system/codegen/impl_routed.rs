//! Generates the `RoutedBy` impl of each event in the list of a system.

use proc_macro2::TokenStream;

use super::plan::{CheckedEntry, SystemPlan};
use crate::tokens::quote;

pub(super) fn implement(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, name, event_enum, .. } = plan;
    let routed = plan.events.iter().map(|event| {
        let CheckedEntry { checked, variant, index, .. } = event;
        let content = quote! {
            const INDEX: ::core::primitive::usize = #index;
            #[inline]
            fn wrap(self) -> #event_enum { #event_enum::#variant(self) }
            #[inline]
            fn get(__event: &#event_enum) -> ::core::option::Option<Self> {
                match __event {
                    #event_enum::#variant(__event) => {
                        let __event: &#checked = __event;
                        ::core::option::Option::Some(__copy::<#checked>(__event))
                    }
                    _ => ::core::option::Option::None,
                }
            }
            fn unwrap(__event: #event_enum) -> ::core::option::Option<Self> {
                match __event {
                    #event_enum::#variant(__event) => ::core::option::Option::Some(__event),
                    _ => ::core::option::Option::None,
                }
            }
        };
        event.implement(plan.system, &quote!(#private::RoutedBy<#name> for #checked), content)
    });
    quote! {
        // With this bound, an event that is not `Clone` is reported where it is declared, and not here.
        #[allow(dead_code)]
        fn __copy<__E: #private::Event>(__event: &__E) -> __E { ::core::clone::Clone::clone(__event) }
        #(#routed)*
    }
}

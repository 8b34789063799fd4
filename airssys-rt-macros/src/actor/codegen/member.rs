//! The actor in a system: which of its events are routed and which actors it reaches, by their index there.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Plan, Variant, enums};
use crate::spans;

pub(super) fn implement(plan: &Plan<'_>) -> TokenStream {
    let Plan { actor, private, self_ty, published, asks, tells, .. } = plan;
    let mut generics = actor.generics.clone();
    generics.params.push(syn::parse_quote!(__S: #private::System));
    let subscribed = plan.subscribed().map(|event| &event.ty);
    let routed: Vec<_> = unique(subscribed.chain(published.iter().map(|event| &event.ty)));
    let reached: Vec<_> = unique(asks.iter().chain(tells).map(|target| &target.checked));
    let clause = generics.make_where_clause();
    clause.predicates.extend(
        routed.iter().map(|ty| -> syn::WherePredicate { syn::parse_quote!(#ty: #private::RoutedBy<__S>) }),
    );
    clause.predicates.extend(
        reached.iter().map(|ty| -> syn::WherePredicate { syn::parse_quote!(#ty: #private::HostedBy<__S>) }),
    );
    let (parameters, _, bounds) = generics.split_for_impl();
    let (edges, route, accept) = (edges(plan), route(plan), accept(plan));
    let impl_token = spans::impl_token(&actor.ident);
    let content = spans::braces(&actor.ident, quote!(#edges #route #accept));
    quote!(#[automatically_derived] #impl_token #parameters #private::MemberOf<__S> for #self_ty #bounds #content)
}

fn unique<'a>(types: impl Iterator<Item = &'a TokenStream>) -> Vec<&'a TokenStream> {
    let mut seen = std::collections::HashSet::new();
    types.filter(|ty| seen.insert(ty.to_string())).collect()
}

fn edges(plan: &Plan<'_>) -> TokenStream {
    let Plan { private, published, asks, tells, .. } = plan;
    let hosted = |ty: &TokenStream| quote!(<#ty as #private::HostedBy<__S>>::INDEX,);
    let routed = |ty: &TokenStream| quote!(<#ty as #private::RoutedBy<__S>>::INDEX,);
    let asks = asks.iter().map(|target| hosted(&target.checked));
    let tells = tells.iter().map(|target| hosted(&target.checked));
    let publishes = published.iter().map(|event| routed(&event.ty));
    let subscribes = plan.subscribed().map(|Variant { cfgs, ty, .. }| {
        let index = routed(ty);
        quote!(#(#cfgs)* #index)
    });
    let indexes = quote!(&'static [::core::primitive::usize]);
    quote! {
        const ASKS: #indexes = &[#(#asks)*];
        const TELLS: #indexes = &[#(#tells)*];
        const PUBLISHES: #indexes = &[#(#publishes)*];
        const SUBSCRIBES: #indexes = &[#(#subscribes)*];
    }
}

fn route(plan: &Plan<'_>) -> TokenStream {
    let Plan { private, events, published, .. } = plan;
    let (ident, ty) = (&events.ident, &events.ty);
    let arms = published.iter().map(|event| {
        let (variant, ty) = (&event.variant, &event.ty);
        quote!(#ident::#variant(event) => <#ty as #private::RoutedBy<__S>>::wrap(event),)
    });
    let never = enums::never(events, &quote!(*never));
    quote!(#[inline] fn route(event: #ty) -> __S::Event { match event { #(#arms)* #never } })
}

fn accept(plan: &Plan<'_>) -> TokenStream {
    let Plan { private, messages, .. } = plan;
    let (ident, messages) = (&messages.ident, &messages.ty);
    let tries = plan.subscribed().map(|Variant { cfgs, ty, variant, .. }| {
        quote! {
            #(#cfgs)*
            if let ::core::option::Option::Some(event) = <#ty as #private::RoutedBy<__S>>::get(event) {
                return ::core::option::Option::Some(#ident::#variant(event));
            }
        }
    });
    quote! {
        #[inline]
        fn accept(event: &__S::Event) -> ::core::option::Option<#messages> {
            #(#tries)*
            ::core::option::Option::None
        }
    }
}

//! Generates the `MemberOf` impl: the edges of the actor in the graph of a system, and the conversion of its events.

use proc_macro2::TokenStream;
use syn::LitStr;

use super::plan::{ActorPlan, InputVariant, MessageToAny, TargetActor};
use crate::actor::edges::EdgeKind;
use crate::spans;
use crate::tokens::{parse_quote, quote};

pub(super) fn implement(plan: &ActorPlan<'_>) -> TokenStream {
    let ActorPlan { actor, private, self_ty, published, asks, tells, spawns, .. } = plan;
    let mut generics = actor.generics.clone();
    generics.params.push(parse_quote!(__S: #private::System));
    let subscribed = plan.subscribed().map(|event| &event.ty);
    let routed: Vec<_> = unique(subscribed.chain(published.iter().map(|event| &event.ty)));
    let reached: Vec<_> = unique(asks.iter().chain(tells).chain(spawns).map(|target| &target.checked));
    let clause = generics.make_where_clause();
    clause.predicates.extend(
        routed.iter().map(|ty| -> syn::WherePredicate { parse_quote!(#ty: #private::RoutedBy<__S>) }),
    );
    clause.predicates.extend(reached.iter().map(|ty| -> syn::WherePredicate {
        match plan.aliases.is_generic(ty) {
            // The type may be the actor itself.
            true => parse_quote!(__S: #private::Hosts<#ty>),
            false => parse_quote!(#ty: #private::HostedBy<__S>),
        }
    }));
    let (parameters, _, bounds) = generics.split_for_impl();
    let (edges, route, accept) = (edges(plan), route(plan), accept(plan));
    let (impl_token, messages) = (spans::impl_token(&actor.ident), plan.message_type());
    let content = spans::braces(&actor.ident, quote!(#edges #route #accept));
    quote!(#[automatically_derived] #impl_token #parameters #private::MemberOf<__S, #messages> for #self_ty #bounds #content)
}

fn unique<'a>(types: impl Iterator<Item = &'a TokenStream>) -> Vec<&'a TokenStream> {
    let mut seen = std::collections::HashSet::new();
    types.filter(|ty| seen.insert(ty.to_string())).collect()
}

/// The edges; `None` for those of the trait, which are none.
fn edges(plan: &ActorPlan<'_>) -> Option<TokenStream> {
    let ActorPlan { private, published, asks, tells, tells_any, spawns, .. } = plan;
    let hosted = |target: &TargetActor| {
        let ty = &target.checked;
        match plan.aliases.is_generic(ty) {
            true => quote!(<__S as #private::Hosts<#ty>>::INDEX),
            false => quote!(<#ty as #private::HostedBy<__S>>::INDEX),
        }
    };
    let routed = |ty: &TokenStream| quote!(<#ty as #private::RoutedBy<__S>>::INDEX);
    let edge = |to: TokenStream, cycle: Option<&LitStr>| match cycle {
        Some(why) => quote!(#private::graph::Edge::allowed(#to, #why)),
        None => quote!(#private::graph::Edge::to(#to)),
    };
    let asks = asks.iter().map(|target| edge(hosted(target), target.cycle.as_ref()));
    let tells = tells.iter().map(|target| match target.kind {
        EdgeKind::Waits => edge(hosted(target), target.cycle.as_ref()),
        EdgeKind::ToItself | EdgeKind::Tries => {
            let to = hosted(target);
            quote!(#private::graph::Edge::tried(#to))
        }
    });
    let publishes = published.iter().map(|event| edge(routed(&event.ty), event.cycle));
    let subscribes = plan.subscribed().map(|InputVariant { cfgs, ty, .. }| {
        let index = routed(ty);
        quote!(#(#cfgs)* #index)
    });
    let spawns = spawns.iter().map(|target| edge(hosted(target), target.cycle.as_ref()));
    // The name of a type that mentions a parameter is not known here.
    let known = tells_any.iter().filter(|any| !plan.aliases.is_generic(&any.ty));
    let tells_any = known.map(|MessageToAny { checked, .. }| quote!(#private::Named::message::<#checked>()));
    let all = [&plan.asks, &plan.tells, &plan.spawns];
    let is_alone = all.iter().all(|edges| edges.is_empty())
        && plan.published.is_empty()
        && plan.tells_any.is_empty()
        && plan.subscribed().next().is_none();
    (!is_alone).then(|| {
        quote! {
            const EDGES: &'static #private::graph::Edges = &#private::graph::Edges {
                asks: &[#(#asks),*],
                tells: &[#(#tells),*],
                tells_any: &[#(#tells_any),*],
                publishes: &[#(#publishes),*],
                subscribes: &[#(#subscribes),*],
                spawns: &[#(#spawns),*],
            };
        }
    })
}

/// The conversion of an event into one of the system; `None` for that of the trait, if the actor publishes none.
fn route(plan: &ActorPlan<'_>) -> Option<TokenStream> {
    let ActorPlan { private, published, .. } = plan;
    if !plan.has_events() {
        return None;
    }
    let arms = published.iter().map(|event| {
        let (variant, ty) = (plan.events.variant(&event.place), &event.ty);
        quote!(#variant(__event, _) => <#ty as #private::RoutedBy<__S>>::wrap(__event),)
    });
    let (events, ident) = (plan.event_type(), plan.ident("Event"));
    Some(quote! {
        #[inline]
        fn route(__event: #events) -> __S::Event { let #ident(__event) = __event; match __event { #(#arms)* } }
    })
}

/// The conversion of an event into a message; `None` for that of the trait, if the actor does not subscribe.
fn accept(plan: &ActorPlan<'_>) -> Option<TokenStream> {
    plan.subscribed().next()?;
    let (private, messages) = (&plan.private, plan.message_type());
    let wrapped = plan.ident("Message");
    let tries = plan.subscribed().map(|InputVariant { cfgs, ty, place, .. }| {
        let variant = plan.messages.variant(place);
        quote! {
            #(#cfgs)*
            if let ::core::option::Option::Some(__event) = <#ty as #private::RoutedBy<__S>>::get(__event) {
                return ::core::option::Option::Some(#wrapped(#variant(__event, #private::one_of::NoSlot)));
            }
        }
    });
    Some(quote! {
        #[inline]
        fn accept(__event: &__S::Event) -> ::core::option::Option<#messages> {
            #(#tries)*
            ::core::option::Option::None
        }
    })
}

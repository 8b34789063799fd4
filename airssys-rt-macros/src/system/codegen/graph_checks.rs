//! Generates the checks of the graph of a system: names, cycles, unreached handlers, events and actors.
//!
//! Each finding is a constant with the span of the list entry that it is about, so rustc reports the error, or the warning,
//! there.

use proc_macro2::{Ident, Span, TokenStream};

use super::plan::{CheckedEntry, SystemPlan};
use crate::spans;
use crate::tokens::{Literal, generated, quote};

/// The errors of every system, and those of a strict one. For the inside of the hidden block.
pub(super) fn check(plan: &SystemPlan<'_>, is_sound: bool) -> TokenStream {
    let (graph, nodes, events) = (graph(plan), nodes(plan), events(plan));
    let (count, actors) = (plan.actors.len(), Literal(plan.actors.len()));
    let entries = || plan.actors.iter().chain(&plan.events).enumerate();
    // One constant for each kind of error: a constant for each entry would take longer than everything else in it.
    let duplicates = entries().map(|(number, CheckedEntry { entry, .. })| {
        let number = Literal(number);
        at(spans::first(&entry.ty), &quote!(__ERRORS.check_name), quote!(#number))
    });
    let cycles = entries().take(count).map(|(number, CheckedEntry { entry, .. })| {
        let number = Literal(number);
        at(spans::first(&entry.ty), &quote!(__ERRORS.check_cycle), quote!(#number))
    });
    let strict = (plan.system.strict && is_sound).then(|| strict(plan));
    quote! {
        // A reference: the calls of a constant's methods would copy it.
        const __ERRORS: &#graph::Errors<#actors> =
            &#graph::Errors::of::<{ #graph::table_size(#nodes, #events) }>(#nodes, #events);
        const _: () = { #(#duplicates;)* };
        const _: () = { #(#cycles;)* };
        #strict
    }
}

/// The warnings of a system that is not strict. For the outside of the hidden block, which allows `deprecated`.
pub(super) fn warn(plan: &SystemPlan<'_>) -> Option<TokenStream> {
    if plan.system.strict {
        return None;
    }
    let (graph, nodes) = (graph(plan), nodes(plan));
    let (actors, events) = (Literal(plan.actors.len()), Literal(plan.events.len()));
    let cfgs = &plan.system.cfgs;
    let allowed = &plan.system.allowed;
    let findings: Vec<_> =
        [of_events(plan), of_handlers(plan), of_spawns(plan)].into_iter().flatten().collect();
    if findings.is_empty() {
        return None;
    }
    let impls = findings.iter().enumerate().map(|(number, Finding { warning, name, .. })| {
        let (number, warning, name) = (Literal(number), Literal(warning), constant(name));
        quote!(impl __Graph<#number, true> { #[deprecated(note = #warning)] const #name: () = (); })
    });
    let uses = findings.iter().enumerate().map(|(number, Finding { place, is_wrong, name, .. })| {
        let (number, name) = (Literal(number), constant(name));
        let (warned, name) =
            (spans::located(quote!(__Graph::), *place), spans::located(quote!(::#name), *place));
        quote!(#warned<#number, { #is_wrong }> #name;)
    });
    Some(quote! {
        #(#cfgs)* #(#allowed)* #[doc(hidden)]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, dead_code, path_statements)]
        const _: () = {
            // Of two constants of one name, the one for a wrong graph is deprecated: rustc considers the one of the trait second.
            struct __Graph<const NUMBER: ::core::primitive::usize, const IS_WRONG: ::core::primitive::bool>;
            impl<const NUMBER: ::core::primitive::usize, const IS_WRONG: ::core::primitive::bool> #graph::NoFinding
                for __Graph<NUMBER, IS_WRONG> {}
            use #graph::NoFinding as _;
            #(#impls)*
            const __REACHABILITY: &#graph::Reachability<#actors, #events> = &#graph::Reachability::of(#nodes);
            const _: () = { #(#uses)* };
        };
    })
}

fn constant(name: &str) -> Ident {
    Ident::new(name, generated())
}

/// A possible mistake at an entry.
struct Finding {
    place: Span,
    /// The name of the deprecated constant, which rustc prints before the warning.
    name: &'static str,
    /// The constant expression that says whether the mistake is there.
    is_wrong: TokenStream,
    warning: String,
}

/// Events without subscribers or without publishers.
fn of_events(plan: &SystemPlan<'_>) -> Vec<Finding> {
    let system = spans::plain(&plan.system.ident);
    let judged = plan.events.iter().filter(|event| !event.entry.is_entry);
    let findings = judged.flat_map(|CheckedEntry { entry, index, .. }| {
        let (name, place, list) = (entry.text(), spans::first(&entry.ty), entry.in_list());
        let unsubscribed = Finding {
            place,
            name: "EVENT_WITHOUT_SUBSCRIBER",
            is_wrong: quote!(!__REACHABILITY.is_subscribed(#index)),
            warning: format!(
                "no actor of `{system}` subscribes to `{name}`\n\
                 if only a tap receives it, mark it{list}: `events(entry {name})`"
            ),
        };
        let unpublished = Finding {
            place,
            name: "EVENT_WITHOUT_PUBLISHER",
            is_wrong: quote!(__REACHABILITY.is_subscribed(#index) && !__REACHABILITY.is_published(#index)),
            warning: format!(
                "no actor of `{system}` publishes `{name}`\n\
                 if it comes from outside, mark it{list}: `events(entry {name})`"
            ),
        };
        [unsubscribed, unpublished]
    });
    findings.collect()
}

/// Actors that handle a message which no actor sends.
fn of_handlers(plan: &SystemPlan<'_>) -> Vec<Finding> {
    let system = spans::plain(&plan.system.ident);
    let nodes = nodes(plan);
    let findings = plan.actors.iter().map(|CheckedEntry { entry, index, .. }| Finding {
        place: spans::first(&entry.ty),
        name: "HANDLER_WITHOUT_SENDER",
        is_wrong: quote!(__REACHABILITY.has_unreached(#nodes, #index)),
        warning: format!(
            "`{}` handles a message that no actor of `{system}` sends to it; `{system}::topology().warnings()` names the message\n\
             if it comes from outside, mark its handler: `#[handler(entry)]`",
            entry.text()
        ),
    });
    findings.collect()
}

/// Actors that no actor spawns. Without `strict` they are judged only in a system that marks the actors that are spawned from
/// outside.
fn of_spawns(plan: &SystemPlan<'_>) -> Vec<Finding> {
    let marks = plan.actors.iter().any(|actor| actor.entry.is_entry);
    let judged = plan.actors.iter().filter(|actor| (marks || plan.system.strict) && !actor.entry.is_entry);
    let system = spans::plain(&plan.system.ident);
    let findings = judged.map(|CheckedEntry { entry, index, .. }| {
        let (name, list) = (entry.text(), entry.in_list());
        Finding {
            place: spans::first(&entry.ty),
            name: "ACTOR_WITHOUT_SPAWNER",
            is_wrong: quote!(!__REACHABILITY.is_spawned(#index)),
            warning: format!(
                "no actor of `{system}` spawns `{name}`\n\
                 if it is spawned from outside, mark it{list}: `actors(entry {name})`"
            ),
        }
    });
    findings.collect()
}

/// The findings that `strict` makes errors.
fn strict(plan: &SystemPlan<'_>) -> TokenStream {
    let (graph, nodes) = (graph(plan), nodes(plan));
    let (actors, events) = (plan.actors.len(), plan.events.len());
    let (places, from) = (Literal(2 * actors + events), Literal(events + 1));
    let (actors, events) = (Literal(actors), Literal(events));
    let system = Literal(spans::plain(&plan.system.ident));
    let findings = of_events(plan).into_iter().chain(of_spawns(plan));
    let findings = findings.map(|Finding { place, is_wrong, warning, .. }| {
        let warning = Literal(warning);
        let refused = at(place, &quote!(#graph::refuse), quote!(#is_wrong, #warning));
        quote!(const _: () = #refused;)
    });
    let actors_checked = plan.actors.iter().map(|CheckedEntry { entry, index, .. }| {
        let (place, label) = (spans::first(&entry.ty), Literal(spans::plain(&entry.name)));
        let unreached = quote!(__REACHABILITY.unreached(#nodes, #index), #system, #label);
        let unreached = at(place, &quote!(#graph::refuse_unreached), unreached);
        let events = self::events(plan);
        let cycle = at(place, &quote!(#graph::tell_cycle), quote!(__MAILBOX_CYCLE, #nodes, #events, #index));
        quote!(const _: () = #unreached; const _: () = #cycle;)
    });
    quote! {
        const __REACHABILITY: &#graph::Reachability<#actors, #events> = &#graph::Reachability::of(#nodes);
        const __MAILBOX_CYCLE: &::core::option::Option<#graph::Cycle<#places>> =
            &__ERRORS.mailbox_cycle::<#places, #from, { #graph::subscriptions(#nodes) }>();
        #(#findings)*
        #(#actors_checked)*
    }
}

/// A call in a constant; rustc reports its panic at `place`.
fn at(place: Span, check: &TokenStream, arguments: TokenStream) -> TokenStream {
    let check = spans::located(check.clone(), place);
    let passed = spans::parens(place, arguments);
    quote!(#check #passed)
}

fn graph(plan: &SystemPlan<'_>) -> TokenStream {
    let private = plan.private;
    quote!(#private::graph)
}

fn nodes(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, name, .. } = plan;
    quote!(<#name as #private::System>::NODES)
}

fn events(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, name, .. } = plan;
    quote!(<#name as #private::System>::EVENTS)
}

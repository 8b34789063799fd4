//! What is checked in the graph of a system: names, cycles, and whether everything is reached.
//!
//! Each finding is a constant at the entry of the list where it belongs, so that the error, or the warning, lies there.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::{Listed, Plan};
use crate::spans;

/// Inside of the hidden block: what is an error in every system, and in a strict one.
pub(super) fn check(plan: &Plan<'_>, is_sound: bool) -> TokenStream {
    let (graph, nodes, events) = (graph(plan), nodes(plan), events(plan));
    let actors = plan.actors.len();
    let entries = plan.actors.iter().chain(&plan.events).enumerate();
    let checks = entries.map(|(number, Listed { entry, .. })| {
        at(spans::first(&entry.ty), &quote!(__FAULTS.check), quote!(#number))
    });
    let strict = (plan.system.strict && is_sound).then(|| strict(plan));
    quote! {
        const __FAULTS: #graph::Faults<#actors> =
            #graph::Faults::of::<{ #graph::room(#nodes, #events) }>(#nodes, #events);
        #(#checks)*
        #strict
    }
}

/// Beside the hidden block, where nothing is allowed by us: what is a warning in a system that is not strict.
pub(super) fn warn(plan: &Plan<'_>) -> Option<TokenStream> {
    if plan.system.strict {
        return None;
    }
    let (graph, nodes) = (graph(plan), nodes(plan));
    let (actors, events) = (plan.actors.len(), plan.events.len());
    let cfgs = &plan.system.cfgs;
    let allowed = &plan.system.allowed;
    let findings: Vec<_> =
        [of_events(plan), of_handlers(plan), of_spawns(plan)].into_iter().flatten().collect();
    if findings.is_empty() {
        return None;
    }
    let impls = findings.iter().enumerate().map(|(number, Finding { warning, .. })| {
        quote! {
            impl __Graph<#number, true> { #[deprecated(note = #warning)] const WARNING: () = (); }
        }
    });
    let uses = findings.iter().enumerate().map(|(number, Finding { place, is_wrong, .. })| {
        let condition = quote!(const __IS_WRONG: ::core::primitive::bool = #is_wrong;);
        let said = spans::located(quote!(__Graph::<#number, __IS_WRONG>::WARNING), *place);
        quote!(const _: () = { #condition #said };)
    });
    Some(quote! {
        #(#cfgs)* #(#allowed)* #[doc(hidden)]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, dead_code)]
        const _: () = {
            // Of two constants of one name, the one for what is wrong is deprecated.
            struct __Graph<const NUMBER: ::core::primitive::usize, const IS_WRONG: ::core::primitive::bool>;
            impl<const NUMBER: ::core::primitive::usize> __Graph<NUMBER, false> { const WARNING: () = (); }
            #(#impls)*
            const __REACH: #graph::Reach<#actors, #events> = #graph::Reach::of(#nodes);
            #(#uses)*
        };
    })
}

/// Something that may be wrong at an entry.
struct Finding {
    place: Span,
    /// Whether it is, as a constant.
    is_wrong: TokenStream,
    warning: String,
}

fn of_events(plan: &Plan<'_>) -> Vec<Finding> {
    let system = spans::plain(&plan.system.ident);
    let judged = plan.events.iter().filter(|event| !event.entry.is_entry);
    let findings = judged.flat_map(|Listed { entry, index, .. }| {
        let (name, place) = (spans::text(&entry.ty), spans::first(&entry.ty));
        let unheard = Finding {
            place,
            is_wrong: quote!(!__REACH.hears(#index)),
            warning: format!(
                "no actor of `{system}` subscribes to `{name}`\n\
                 if the outside listens to it, say so: `events(entry {name})`"
            ),
        };
        let unpublished = Finding {
            place,
            is_wrong: quote!(__REACH.hears(#index) && !__REACH.publishes(#index)),
            warning: format!(
                "no actor of `{system}` publishes `{name}`\n\
                 if it comes from outside, say so: `events(entry {name})`"
            ),
        };
        [unheard, unpublished]
    });
    findings.collect()
}

fn of_handlers(plan: &Plan<'_>) -> Vec<Finding> {
    let system = spans::plain(&plan.system.ident);
    let nodes = nodes(plan);
    let findings = plan.actors.iter().map(|Listed { entry, index, .. }| Finding {
        place: spans::first(&entry.ty),
        is_wrong: quote!(__REACH.misses(#nodes, #index)),
        warning: format!(
            "`{}` handles a message that no actor of `{system}` sends it; `{system}::topology().warnings()` names it\n\
             if it comes from outside, say so: `#[handler(entry)]`",
            spans::text(&entry.ty)
        ),
    });
    findings.collect()
}

/// Only of a system that marks who is spawned from outside is known who is not.
fn of_spawns(plan: &Plan<'_>) -> Vec<Finding> {
    let marks = plan.actors.iter().any(|actor| actor.entry.is_entry);
    let judged = plan.actors.iter().filter(|actor| (marks || plan.system.strict) && !actor.entry.is_entry);
    let system = spans::plain(&plan.system.ident);
    let findings = judged.map(|Listed { entry, index, .. }| {
        let name = spans::text(&entry.ty);
        Finding {
            place: spans::first(&entry.ty),
            is_wrong: quote!(!__REACH.spawns(#index)),
            warning: format!(
                "no actor of `{system}` spawns `{name}`\n\
                 if it is spawned from outside, say so: `actors(entry {name})`"
            ),
        }
    });
    findings.collect()
}

/// What `strict` makes an error.
fn strict(plan: &Plan<'_>) -> TokenStream {
    let (graph, nodes) = (graph(plan), nodes(plan));
    let (actors, events) = (plan.actors.len(), plan.events.len());
    let (places, from) = (actors + events, events + 1);
    let system = spans::plain(&plan.system.ident);
    let findings = of_events(plan).into_iter().chain(of_spawns(plan));
    let findings = findings.map(|Finding { place, is_wrong, warning }| {
        at(place, &quote!(#graph::refuse), quote!(#is_wrong, #warning))
    });
    let actors_checked = plan.actors.iter().map(|Listed { entry, index, .. }| {
        let (place, label) = (spans::first(&entry.ty), spans::plain(&entry.name));
        let unreached = quote!(__REACH.unreached(#nodes, #index), #system, #label);
        let unreached = at(place, &quote!(#graph::refuse_unreached), unreached);
        let events = self::events(plan);
        let cycle = at(place, &quote!(#graph::tell_cycle), quote!(&__ROOM, #nodes, #events, #index));
        quote!(#unreached #cycle)
    });
    quote! {
        const __REACH: #graph::Reach<#actors, #events> = #graph::Reach::of(#nodes);
        const __ROOM: ::core::option::Option<#graph::Cycle<#places>> =
            __FAULTS.or_of_room::<#places, #from, { #graph::subscriptions(#nodes) }>();
        #(#findings)*
        #(#actors_checked)*
    }
}

/// A call in a constant, which is reported at `place` if it panics.
fn at(place: Span, check: &TokenStream, arguments: TokenStream) -> TokenStream {
    let check = spans::located(check.clone(), place);
    let passed = spans::parens(place, arguments);
    quote!(const _: () = #check #passed;)
}

fn graph(plan: &Plan<'_>) -> TokenStream {
    let private = plan.private;
    quote!(#private::graph)
}

fn nodes(plan: &Plan<'_>) -> TokenStream {
    let Plan { private, name, .. } = plan;
    quote!(<#name as #private::System>::NODES)
}

fn events(plan: &Plan<'_>) -> TokenStream {
    let Plan { private, name, .. } = plan;
    quote!(<#name as #private::System>::EVENTS)
}

//! What `#[actor_system]` generates: the enum of all messages and the enum of all events, the registry of the
//! actors, and the way from both enums into it.

mod entries;
mod enums;
mod graph;
mod ways;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Type;

use crate::system::args::Entry;
use crate::system::model::System;
use crate::{block, checked, spans};

/// `is_sound`: nothing is wrong with what the user wrote, so it can be judged.
pub(super) fn expand(system: &System, private: &TokenStream, is_sound: bool) -> TokenStream {
    let plan = Plan::new(system, private);
    let cfgs = &system.cfgs;
    let types = system.actors.iter().chain(&system.events).map(|entry| &entry.ty);
    let (enums, topology, get) = (enums::declare(&plan), topology(&plan), get(&plan));
    let aliases = plan.actors.iter().chain(&plan.events).map(|entry| &entry.declaration);
    let parts = [
        enums::clone(&plan),
        enums::wire(&plan),
        ways::implement(&plan),
        entries::hosted(&plan),
        entries::routed(&plan),
        graph::check(&plan, is_sound),
    ];
    let local = checked::local();
    let warnings = if is_sound { graph::warn(&plan) } else { None };
    let hidden = block::hidden(cfgs, &quote!(#local #(#aliases)* #(#parts)*));
    quote! {
        // An editor completes a type through its first occurrence, and as a variant it would be none.
        #(#cfgs)* #[allow(deprecated)]
        const _: ::core::marker::PhantomData<(#(#types,)*)> = ::core::marker::PhantomData;
        #enums
        #topology
        #get
        #hidden
        #warnings
    }
}

struct Plan<'a> {
    system: &'a System,
    private: &'a TokenStream,
    /// The system's type, pointing at the attribute.
    name: TokenStream,
    messages: Ident,
    event_enum: Ident,
    actors: Vec<Listed<'a>>,
    events: Vec<Listed<'a>>,
}

/// One entry of a list, with an alias for its type. If the type is not what the list wants, that is reported
/// there, once, and the alias is an error type: whatever is made of it is not reported again.
struct Listed<'a> {
    entry: &'a Entry,
    /// Both aliases.
    declaration: TokenStream,
    /// The type, pointing at the entry.
    ty: Ident,
    /// The same, once it is checked.
    checked: Ident,
    variant: TokenStream,
    index: usize,
    field: Ident,
}

impl<'a> Listed<'a> {
    /// `checked` says what they have to be.
    fn all(entries: &'a [Entry], prefix: &str, checked: impl Fn(&Type) -> TokenStream) -> Vec<Self> {
        let listed = entries.iter().enumerate().map(|(index, entry)| {
            let (user_ty, place) = (&entry.ty, spans::first(&entry.ty));
            let alias = |kind| format_ident!("__{prefix}{kind}{index}", span = Span::call_site());
            let (plain, certain) = (alias(""), alias("Checked"));
            let check = checked(user_ty);
            Self {
                entry,
                declaration: quote!(type #plain = #user_ty; type #certain = #check;),
                ty: Ident::new(&plain.to_string(), place),
                checked: Ident::new(&certain.to_string(), place),
                variant: spans::hidden(&entry.name),
                index,
                field: format_ident!("a{index}"),
            }
        });
        listed.collect()
    }
}

impl<'a> Plan<'a> {
    fn new(system: &'a System, private: &'a TokenStream) -> Self {
        let name = spans::plain(&system.ident);
        Self {
            system,
            private,
            name: spans::hidden(&system.ident),
            messages: format_ident!("{name}Message", span = Span::call_site()),
            event_enum: format_ident!("{name}Event", span = Span::call_site()),
            actors: Listed::all(&system.actors, "A", |ty| checked::local_actor(ty, private)),
            events: Listed::all(&system.events, "E", |ty| checked::local_event(ty, private)),
        }
    }
}

/// Whoever taps can look into a message, although the enum of each actor is hidden.
fn get(plan: &Plan<'_>) -> TokenStream {
    let Plan { private, name, messages, .. } = plan;
    let (visibility, cfgs) = (&plan.system.visibility, &plan.system.cfgs);
    quote! {
        #(#cfgs)*
        impl #messages {
            /// The message itself, if it is an `M` on its way to an `A`.
            #[allow(dead_code)]
            #[must_use]
            #visibility fn get<A, M>(&self) -> ::core::option::Option<&M>
            where
                A: #private::HostedBy<#name>,
                M: #private::HandledBy<A>,
            {
                <A as #private::HostedBy<#name>>::peek(self).and_then(<M as #private::HandledBy<A>>::peek)
            }
        }
    }
}

fn topology(plan: &Plan<'_>) -> TokenStream {
    let Plan { private, name, .. } = plan;
    let (visibility, cfgs) = (&plan.system.visibility, &plan.system.cfgs);
    quote! {
        #(#cfgs)*
        impl #name {
            /// Who sends what to whom, as a graph.
            #[allow(dead_code)]
            #[must_use]
            #visibility fn topology() -> #private::Topology { #private::Topology::of::<#name>() }
        }
    }
}

//! Generates the registry and the `System` impl: the delivery of messages and events to the mailboxes.

use proc_macro2::TokenStream;

use super::plan::{CheckedEntry, SystemPlan};
use crate::spans;
use crate::system::args::SystemEntry;
use crate::tokens::{Literal, quote};

pub(super) fn implement(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, name, messages, event_enum, actors, events, .. } = plan;
    let label = Literal(spans::plain(&plan.system.ident));
    let routed = events.iter().map(|CheckedEntry { entry, checked, .. }| {
        let (label, is_entry) = (Literal(spans::plain(&entry.name)), Literal(entry.is_entry));
        let from = from_list(entry);
        quote!(#private::graph::Routed::event::<#checked>(#label, #is_entry)#from)
    });
    let nodes = actors.iter().map(|actor| node(plan, actor));
    let fields: Vec<_> = actors.iter().map(|actor| &actor.field).collect();
    let made = fields.iter().map(|_| quote!(#private::kind(core, config)));
    let (registry, names) = (registry(plan), names(plan));
    let (deliver, fan_out) = (deliver(plan), fan_out(plan));
    quote! {
        #registry
        #[automatically_derived]
        impl #private::System for #name {
            type Message = #messages;
            type Event = #event_enum;
            type Registry = __Registry;
            const NAME: &'static ::core::primitive::str = #label;
            const NODES: &'static [#private::graph::Node] = &[#(#nodes)*];
            const EVENTS: &'static [#private::graph::Routed] = &[#(#routed),*];
            fn registry<__B: #private::MessageBroker<#messages>>(
                core: &#private::Weak<#private::Core<Self, __B>>,
                config: &#private::SystemConfig,
            ) -> __Registry {
                __Registry((#(#made,)*))
            }
            fn kinds(registry: &__Registry, visit: &mut dyn ::core::ops::FnMut(&dyn #private::AnyTypeState)) {
                let __Registry(kinds) = registry;
                #(visit(&*kinds.#fields);)*
            }
            #names
            fn event(event: #event_enum) -> #messages { #messages::Event(event) }
            fn into_event(message: #messages) -> ::core::option::Option<#event_enum> {
                match message {
                    #messages::Event(event) => ::core::option::Option::Some(event),
                    _ => ::core::option::Option::None,
                }
            }
            #deliver
            #fan_out
        }
    }
}

fn registry(plan: &SystemPlan<'_>) -> TokenStream {
    let private = plan.private;
    let fields = plan
        .actors
        .iter()
        .map(|CheckedEntry { checked, .. }| quote!(#private::Arc<#private::TypeState<#checked>>,));
    // A tuple: the access to a field of a struct depends on the expansion that the struct comes from, so rustc would check it again after
    // each edit above the system.
    quote!(pub struct __Registry((#(#fields)*));)
}

/// `System::name`: the name of a message, as its actor declares it, or of an event.
fn names(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, messages, event_enum, actors, events, .. } = plan;
    let messages_of = actors.iter().map(|CheckedEntry { variant, checked, .. }| {
        quote!(#messages::#variant(message) => #private::message_name::<#checked>(message),)
    });
    let event_names = events.iter().map(|CheckedEntry { variant, entry, .. }| {
        let label = Literal(spans::plain(&entry.name));
        quote!(#messages::Event(#event_enum::#variant(..)) => #label,)
    });
    let never = events.is_empty().then(|| quote!(#messages::Event(never) => match *never {},));
    quote! {
        fn name(message: &#messages) -> &'static ::core::primitive::str {
            match message { #(#messages_of)* #(#event_names)* #never }
        }
    }
}

fn node(
    plan: &SystemPlan<'_>,
    CheckedEntry { checked, member, entry, .. }: &CheckedEntry<'_>,
) -> TokenStream {
    let SystemPlan { private, name, .. } = plan;
    let (label, is_entry) = (Literal(spans::plain(&entry.name)), Literal(entry.is_entry));
    let edges = quote!(<#member as #private::MemberOf<#name>>::EDGES);
    let from = from_list(entry);
    quote!(#private::node::<#checked>(#label, #is_entry, #edges)#from,)
}

/// Adds the included list that an entry comes from.
fn from_list(entry: &SystemEntry) -> Option<TokenStream> {
    let list = &entry.origin.as_ref()?.path;
    Some(quote!(.from(#list)))
}

fn deliver(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, name, messages, .. } = plan;
    let arms = plan.actors.iter().map(|CheckedEntry { variant, field, .. }| {
        quote! {
            #messages::#variant(message) => kinds.#field.deliver(meta, message, #messages::#variant),
        }
    });
    quote! {
        fn deliver(
            registry: &__Registry,
            envelope: #private::Envelope<#messages>,
        ) -> #private::MaybeReady<::core::result::Result<#private::Published, #private::Undelivered<#messages>>> {
            let __Registry(kinds) = registry;
            let (meta, message) = envelope.into_parts();
            match message {
                #(#arms)*
                #messages::Event(event) => {
                    let mut fan = #private::FanOut::new(meta);
                    <#name as #private::System>::fan_out(registry, &event, &mut fan);
                    if fan.is_unheard() {
                        return fan.unheard(#messages::Event(event));
                    }
                    ::core::mem::drop(event);
                    fan.deliver()
                }
            }
        }
    }
}

fn fan_out(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, name, event_enum, .. } = plan;
    let offers = plan.actors.iter().map(|CheckedEntry { member, field, .. }| {
        quote! {
            #private::offer::<#member, #name>(&kinds.#field, event, fan);
        }
    });
    quote! {
        #[inline]
        fn fan_out(registry: &__Registry, event: &#event_enum, fan: &mut #private::FanOut) {
            let __Registry(kinds) = registry;
            #(#offers)*
        }
    }
}

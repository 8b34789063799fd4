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
    let made = fields.iter().map(|_| quote!(#private::kind(__core, __config)));
    let (registry, about) = (registry(plan), about(plan));
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
                __core: &#private::Weak<#private::Core<Self, __B>>,
                __config: &#private::SystemConfig,
            ) -> __Registry {
                __Registry((#(#made,)*))
            }
            fn kinds(__registry: &__Registry, __visit: &mut dyn ::core::ops::FnMut(&dyn #private::AnyTypeState)) {
                let __Registry(__kinds) = __registry;
                #(__visit(&*__kinds.#fields);)*
            }
            #about
            fn event(__event: #event_enum) -> #messages { #messages::Event(__event) }
            fn into_event(__message: #messages) -> ::core::option::Option<#event_enum> {
                match __message {
                    #messages::Event(__event) => ::core::option::Option::Some(__event),
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

/// `System::about`: what is known about a message or an event.
fn about(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, messages, event_enum, actors, events, .. } = plan;
    let messages_of = actors.iter().map(|CheckedEntry { variant, checked, .. }| {
        quote!(#messages::#variant(__message) => #private::About::message::<#checked>(__message),)
    });
    let events_of = events.iter().map(|CheckedEntry { variant, checked, entry, .. }| {
        let label = Literal(spans::plain(&entry.name));
        quote!(#messages::Event(#event_enum::#variant(__event)) => #private::About::event::<#checked>(#label, __event),)
    });
    let never = events.is_empty().then(|| quote!(#messages::Event(__never) => match *__never {},));
    quote! {
        fn about(__message: &#messages) -> #private::About<'_> {
            match __message { #(#messages_of)* #(#events_of)* #never }
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
            #messages::#variant(__message) => __kinds.#field.deliver(__meta, __message, #messages::#variant),
        }
    });
    quote! {
        fn deliver(
            __registry: &__Registry,
            __envelope: #private::Envelope<#messages>,
        ) -> #private::MaybeReady<::core::result::Result<#private::Published, #private::Undelivered<#messages>>> {
            let __Registry(__kinds) = __registry;
            let (__meta, __message) = __envelope.into_parts();
            match __message {
                #(#arms)*
                #messages::Event(__event) => {
                    let mut __fan = #private::FanOut::new(__meta);
                    <#name as #private::System>::fan_out(__registry, &__event, &mut __fan);
                    if __fan.is_unheard() {
                        return __fan.unheard(#messages::Event(__event));
                    }
                    __fan.deliver(__event)
                }
            }
        }
    }
}

fn fan_out(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, name, event_enum, .. } = plan;
    let offers = plan.actors.iter().map(|CheckedEntry { member, field, .. }| {
        quote! {
            #private::offer::<#member, #name>(&__kinds.#field, __event, __fan);
        }
    });
    quote! {
        #[inline]
        fn fan_out(__registry: &__Registry, __event: &#event_enum, __fan: &mut #private::FanOut) {
            let __Registry(__kinds) = __registry;
            #(#offers)*
        }
    }
}

//! What `#[actor_system]` generates.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::args::Entry;
use super::model::System;
use crate::spans;

pub(super) fn expand(system: &System, private: &TokenStream) -> TokenStream {
    let plan = Plan::new(system, private);
    let cfgs = &system.cfgs;
    let types = system.actors.iter().chain(&system.events).map(|entry| &entry.ty);
    let (enums, topology) = (plan.enums(), plan.topology());
    let aliases = plan.actors.iter().chain(&plan.events).map(|entry| &entry.declaration);
    let parts = [plan.clone(), plan.registry(), plan.system(), plan.hosted(), plan.routed(), plan.checks()];
    quote! {
        // An editor completes a type through its first occurrence, and as a variant it would be none.
        #(#cfgs)* #[allow(deprecated)]
        const _: ::core::marker::PhantomData<(#(#types,)*)> = ::core::marker::PhantomData;
        #enums
        #topology
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(
            clippy::all, clippy::pedantic, deprecated, missing_debug_implementations, non_camel_case_types, private_interfaces,
            single_use_lifetimes, unnameable_types, unreachable_pub, unused_lifetimes, unused_qualifications, unused_variables,
        )]
        const _: () = { #(#aliases)* #(#parts)* };
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

/// One entry of a list, with an alias for its type.
struct Listed<'a> {
    entry: &'a Entry,
    declaration: TokenStream,
    /// The alias, pointing at the entry.
    ty: Ident,
    variant: TokenStream,
    index: usize,
    field: Ident,
}

impl<'a> Listed<'a> {
    fn all(entries: &'a [Entry], prefix: &str) -> Vec<Self> {
        let listed = entries.iter().enumerate().map(|(index, entry)| {
            let (alias, user_ty) = (format_ident!("__{prefix}{index}", span = Span::call_site()), &entry.ty);
            Self {
                entry,
                declaration: quote!(type #alias = #user_ty;),
                ty: Ident::new(&alias.to_string(), spans::first(user_ty)),
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
            actors: Listed::all(&system.actors, "A"),
            events: Listed::all(&system.events, "E"),
        }
    }

    fn enums(&self) -> TokenStream {
        let Self { private, messages, event_enum, actors, events, .. } = self;
        let (visibility, cfgs) = (&self.system.visibility, &self.system.cfgs);
        let name = &self.system.ident;
        let message_doc = format!("Every message of every actor of [`{name}`], and its events.");
        let event_doc = format!("Every event that [`{name}`] routes.");
        let message_variants = actors.iter().map(|Listed { entry, variant, .. }| {
            let user_ty = &entry.ty;
            let doc = format!("A message to `{}`.", spans::text(user_ty));
            quote!(#[doc = #doc] #variant(<#user_ty as #private::Actor>::Message),)
        });
        let event_variants = events.iter().map(|Listed { entry, variant, .. }| {
            let user_ty = &entry.ty;
            let doc = format!("The event `{}`.", spans::text(user_ty));
            quote!(#[doc = #doc] #variant(#user_ty),)
        });
        let allow = quote! {
            #[allow(clippy::large_enum_variant, dead_code, deprecated, missing_debug_implementations, non_camel_case_types, private_interfaces)]
        };
        quote! {
            #(#cfgs)* #[doc = #message_doc] #allow
            #visibility enum #messages {
                #(#message_variants)*
                #[doc = "An event on its way to whoever subscribes to it."]
                Event(#event_enum),
            }
            #(#cfgs)* #[doc = #event_doc] #allow
            #visibility enum #event_enum { #(#event_variants)* }
        }
    }

    fn topology(&self) -> TokenStream {
        let Self { private, name, .. } = self;
        let (visibility, cfgs) = (&self.system.visibility, &self.system.cfgs);
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

    /// What the enums can do follows from the types in them. The higher-ranked bound keeps rustc from refusing one that is false.
    fn clone(&self) -> TokenStream {
        let Self { private, messages, event_enum, actors, events, .. } = self;
        let actor_types = actors.iter().map(|actor| &actor.ty);
        let event_types = events.iter().map(|event| &event.ty);
        let message_arms = actors.iter().map(|Listed { variant, .. }| {
            quote!(#messages::#variant(ref message) => #messages::#variant(::core::clone::Clone::clone(message)),)
        });
        let event_arms = events.iter().map(|Listed { variant, .. }| {
            quote!(#event_enum::#variant(ref event) => #event_enum::#variant(::core::clone::Clone::clone(event)),)
        });
        quote! {
            #[automatically_derived]
            impl ::core::clone::Clone for #event_enum where #(for<'__a> #event_types: ::core::clone::Clone,)* {
                fn clone(&self) -> Self { match *self { #(#event_arms)* } }
            }
            #[automatically_derived]
            impl ::core::clone::Clone for #messages
            where
                #(for<'__a> <#actor_types as #private::Actor>::Message: ::core::clone::Clone,)*
                for<'__a> #event_enum: ::core::clone::Clone,
            {
                fn clone(&self) -> Self {
                    match *self {
                        #(#message_arms)*
                        #messages::Event(ref event) => #messages::Event(::core::clone::Clone::clone(event)),
                    }
                }
            }
        }
    }

    fn registry(&self) -> TokenStream {
        let private = self.private;
        let fields = self
            .actors
            .iter()
            .map(|Listed { field, ty, .. }| quote!(#field: #private::Arc<#private::Kind<#ty>>,));
        quote!(pub struct __Registry { #(#fields)* })
    }

    fn system(&self) -> TokenStream {
        let Self { private, name, messages, event_enum, actors, events, .. } = self;
        let label = spans::plain(&self.system.ident);
        let event_names = events.iter().map(|event| spans::plain(&event.entry.name));
        let nodes = actors.iter().map(|actor| self.node(actor));
        let fields: Vec<_> = actors.iter().map(|actor| &actor.field).collect();
        let (deliver, fan_out) = (self.deliver(), self.fan_out());
        quote! {
            #[automatically_derived]
            impl #private::System for #name {
                type Message = #messages;
                type Event = #event_enum;
                type Registry = __Registry;
                const NAME: &'static ::core::primitive::str = #label;
                const NODES: &'static [#private::Node] = &[#(#nodes)*];
                const EVENTS: &'static [&'static ::core::primitive::str] = &[#(#event_names),*];
                fn registry<__B: #private::MessageBroker<#messages>>(
                    core: &#private::Weak<#private::Core<Self, __B>>,
                    config: &#private::SystemConfig,
                ) -> __Registry {
                    __Registry { #(#fields: #private::kind(core, config),)* }
                }
                fn kinds(registry: &__Registry, visit: &mut dyn ::core::ops::FnMut(&dyn #private::AnyKind)) {
                    #(visit(&*registry.#fields);)*
                }
                fn event(event: #event_enum) -> #messages { #messages::Event(event) }
                #[allow(unreachable_patterns)]
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

    fn node(&self, actor: &Listed<'_>) -> TokenStream {
        let Self { private, name, .. } = self;
        let ty = &actor.ty;
        let label = spans::plain(&actor.entry.name);
        let member = quote!(<#ty as #private::MemberOf<#name>>);
        quote! {
            #private::Node {
                name: #label,
                asks: #member::ASKS,
                tells: #member::TELLS,
                publishes: #member::PUBLISHES,
                subscribes: #member::SUBSCRIBES,
                handles: <#ty as #private::Actor>::VARIANTS,
            },
        }
    }

    fn deliver(&self) -> TokenStream {
        let Self { private, name, messages, .. } = self;
        let arms = self.actors.iter().map(|Listed { variant, field, .. }| {
            quote! {
                #messages::#variant(message) => {
                    registry.#field.deliver(meta, message).await.map_err(|undelivered| undelivered.map(#messages::#variant))
                }
            }
        });
        quote! {
            async fn deliver(
                registry: &__Registry,
                envelope: #private::Envelope<#messages>,
            ) -> ::core::result::Result<#private::Published, #private::Undelivered<#messages>> {
                let (meta, message) = envelope.into_parts();
                match message {
                    #(#arms)*
                    #messages::Event(event) => {
                        let mut fan = #private::FanOut::new(&meta);
                        <#name as #private::System>::fan_out(registry, &event, &mut fan);
                        ::core::mem::drop(event);
                        ::core::result::Result::Ok(fan.finish().await)
                    }
                }
            }
        }
    }

    fn fan_out(&self) -> TokenStream {
        let Self { private, name, event_enum, .. } = self;
        let offers = self.actors.iter().map(|Listed { ty, field, .. }| {
            let member = quote!(<#ty as #private::MemberOf<#name>>);
            quote! {
                if !#member::SUBSCRIBES.is_empty() {
                    registry.#field.offer(fan, || #member::accept(event));
                }
            }
        });
        quote! {
            #[inline]
            fn fan_out(registry: &__Registry, event: &#event_enum, fan: &mut #private::FanOut) { #(#offers)* }
        }
    }

    fn hosted(&self) -> TokenStream {
        let Self { private, name, messages, event_enum, .. } = self;
        let hosted = self.actors.iter().map(|Listed { entry, ty, variant, index, field, .. }| {
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
                #[inline]
                fn route(event: <Self as #private::Actor>::Event) -> #event_enum {
                    <#ty as #private::MemberOf<#name>>::route(event)
                }
            };
            let (impl_token, content) = (spans::impl_token(&entry.ty), spans::braces(&entry.ty, content));
            quote!(#[automatically_derived] #impl_token #private::HostedBy<#name> for #ty #content)
        });
        quote!(#(#hosted)*)
    }

    fn routed(&self) -> TokenStream {
        let Self { private, name, event_enum, .. } = self;
        let routed = self.events.iter().map(|Listed { entry, ty, variant, index, .. }| {
            let content = quote! {
                const INDEX: ::core::primitive::usize = #index;
                #[inline]
                fn wrap(self) -> #event_enum { #event_enum::#variant(self) }
                #[inline]
                #[allow(unreachable_patterns)]
                fn get(event: &#event_enum) -> ::core::option::Option<Self> {
                    match event {
                        #event_enum::#variant(event) => ::core::option::Option::Some(::core::clone::Clone::clone(event)),
                        _ => ::core::option::Option::None,
                    }
                }
                #[allow(unreachable_patterns)]
                fn unwrap(event: #event_enum) -> ::core::option::Option<Self> {
                    match event {
                        #event_enum::#variant(event) => ::core::option::Option::Some(event),
                        _ => ::core::option::Option::None,
                    }
                }
            };
            let (impl_token, content) = (spans::impl_token(&entry.ty), spans::braces(&entry.ty, content));
            quote!(#[automatically_derived] #impl_token #private::RoutedBy<#name> for #ty #content)
        });
        quote!(#(#routed)*)
    }

    fn checks(&self) -> TokenStream {
        let private = self.private;
        let events = self.events.iter().map(|event| event.entry.ty.to_token_stream());
        quote!(#[allow(dead_code)] fn __checks() { #(#private::check::event::<#events>();)* })
    }
}

//! Generates all items of `#[actor_system]`, in their order, and the two public functions of a system.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::Token;

use super::plan::SystemPlan;
use super::{enums, graph_checks, impl_hosted, impl_routed, impl_system};
use crate::system::args::SystemEntry;
use crate::system::model::SystemModel;
use crate::system::one_type;
use crate::tokens::{self, quote};
use crate::{assertions, hygiene};

/// Writes the generated items. The graph is judged only if `is_sound`: the attribute has found no error.
pub(in crate::system) fn expand(system: &SystemModel, library: &TokenStream, is_sound: bool) -> TokenStream {
    // In the hidden block the path of the library has a short name: it stands in most of the generated tokens.
    let short = quote!(__rt);
    let (outside, plan) = (SystemPlan::new(system, library), SystemPlan::new(system, &short));
    let cfgs = &system.cfgs;
    let types = system.actors.iter().chain(&system.events).map(|entry| &entry.ty);
    let (enums, topology, get) = (enums::declare(&outside), topology(&outside), get(&outside));
    let aliases = plan.actors.iter().chain(&plan.events).map(|entry| &entry.declaration);
    let parts = [
        enums::clone(&plan),
        enums::serde(&plan),
        impl_system::implement(&plan),
        impl_hosted::implement(&plan),
        impl_routed::implement(&plan),
        graph_checks::check(&plan, is_sound),
    ];
    let (local, once) = (assertions::local(), one_type::local(&system.actors, &short));
    let checked = checked(&plan);
    let unnamed = tokens::declared(&Ident::new("_", tokens::call_site()));
    let warnings = if is_sound { graph_checks::warn(&outside) } else { None };
    let content = quote!(use #library as __rt; #local #once #checked #(#aliases)* #(#parts)*);
    let hidden = hygiene::const_block(cfgs, &content);
    quote! {
        // An editor completes a type through its first occurrence, and the name of a variant is not a type.
        #(#cfgs)* #[allow(clippy::type_complexity, deprecated)]
        const #unnamed: ::core::marker::PhantomData<(#(#types,)*)> = ::core::marker::PhantomData;
        #enums
        #topology
        #get
        #hidden
        #warnings
    }
}

/// The check of all entries of both lists.
fn checked(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, name, system, .. } = plan;
    // A list has checked its entries.
    let types = |entries: &[SystemEntry]| -> Vec<_> {
        let own = entries.iter().filter(|entry| entry.origin.is_none());
        own.map(|entry| entry.ty.to_token_stream()).collect()
    };
    let actors = types(&system.actors);
    let checked = assertions::of_system(&actors, &types(&system.events), &system.checked, private);
    // The checked types, with the places of the entries: an entry that is no actor is reported once.
    let members: Vec<_> = plan.actors.iter().map(|actor| actor.checked.to_token_stream()).collect();
    let members = assertions::members(&members, name, private);
    // As `declared`: rustc suggests no parameter of this impl.
    let impl_token = Token![impl](tokens::call_site());
    quote! {
        #impl_token #private::Checked for #name {
            const CHECKED: ::core::primitive::bool = #checked;
            const MEMBERS: ::core::primitive::bool = #members;
            type Valid = <() as __If<{ <#name as #private::Checked>::CHECKED }>>::Type;
            type Complete = <() as #private::assertions::If<{ <#name as #private::Checked>::MEMBERS }>>::Type;
        }
    }
}

/// `BankMessage::get`: a tap reads a message through it, because the message enum of each actor is hidden.
fn get(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, name, messages, .. } = plan;
    let (visibility, cfgs) = (&plan.system.visibility, &plan.system.cfgs);
    quote! {
        #(#cfgs)*
        impl #messages {
            /// Returns the message, if it is an `__M` that was sent to an `__A`.
            #[allow(dead_code)]
            #[must_use]
            #visibility fn get<__A, __M>(&self) -> ::core::option::Option<&__M>
            where
                __A: #private::HostedBy<#name>,
                __M: #private::HandledBy<__A>,
            {
                <#name as #private::System>::inside(self).downcast_ref().and_then(<__M as #private::HandledBy<__A>>::peek)
            }
        }
    }
}

fn topology(plan: &SystemPlan<'_>) -> TokenStream {
    let SystemPlan { private, name, .. } = plan;
    let (visibility, cfgs) = (&plan.system.visibility, &plan.system.cfgs);
    quote! {
        #(#cfgs)*
        impl #name {
            /// Returns the message graph: which actor asks, tells, spawns and publishes what, and which one subscribes.
            #[allow(dead_code)]
            #[must_use]
            #visibility fn topology() -> #private::Topology { #private::Topology::of::<#name>() }
        }
    }
}

//! The plan of the generated code of a system: the declared system with a name for each enum, variant and alias.

use proc_macro2::{Ident, TokenStream};
use quote::format_ident;
use syn::Type;

use crate::system::args::SystemEntry;
use crate::system::model::SystemModel;
use crate::tokens::{self, Literal, generated, quote};
use crate::{assertions, editor, spans};

/// The declared system with a name for everything in it.
pub(super) struct SystemPlan<'a> {
    pub(super) system: &'a SystemModel,
    pub(super) private: &'a TokenStream,
    /// The system's type, with the span of the attribute.
    pub(super) name: TokenStream,
    /// The enums. Their public names are aliases, so that a type of the program may have the same name.
    pub(super) messages: Ident,
    pub(super) event_enum: Ident,
    pub(super) public_messages: Ident,
    pub(super) public_events: Ident,
    pub(super) actors: Vec<CheckedEntry<'a>>,
    pub(super) events: Vec<CheckedEntry<'a>>,
}

/// One entry of a list, with two aliases for its type. If the type is not of the kind that the list takes, this is reported
/// there, once, and the alias `checked` is an error type: rustc does not report its uses again.
pub(super) struct CheckedEntry<'a> {
    pub(super) entry: &'a SystemEntry,
    /// The declaration of both aliases.
    pub(super) declaration: TokenStream,
    /// The alias of the type, with the span of the entry.
    pub(super) ty: Ident,
    /// The alias of the type after the checks of the lists.
    pub(super) checked: Ident,
    /// The alias of an actor after the check that the system has all that the actor names. It must not stand in the header of an
    /// impl, because the check looks for impls.
    pub(super) member: Ident,
    pub(super) variant: TokenStream,
    pub(super) index: Literal<usize>,
    /// The position in the registry.
    pub(super) field: syn::Index,
}

impl<'a> CheckedEntry<'a> {
    /// Makes the aliases of all entries of a list.
    fn all(
        entries: &'a [SystemEntry],
        prefix: &str,
        system: &TokenStream,
        private: &TokenStream,
    ) -> Vec<Self> {
        let checked = |ty: &Type| assertions::listed(ty, system, private);
        let listed = entries.iter().enumerate().map(|(index, entry)| {
            let (user_ty, place) = (&entry.ty, spans::first(&entry.ty));
            let alias = |kind| format_ident!("__{prefix}{kind}{index}", span = generated());
            let (plain, certain) = (alias(""), alias("Checked"));
            let check = checked(user_ty);
            let member = alias("Member");
            let members = (prefix == "A").then(|| {
                let ty = assertions::member(&certain, system, private);
                quote!(type #member = #ty;)
            });
            Self {
                entry,
                declaration: {
                    let (plain, certain) = (tokens::declared(&plain), tokens::declared(&certain));
                    quote!(type #plain = #user_ty; type #certain = #check; #members)
                },
                member: Ident::new(&member.to_string(), place),
                ty: Ident::new(&plain.to_string(), place),
                checked: Ident::new(&certain.to_string(), place),
                variant: spans::at_call_site(&entry.name),
                index: Literal(index),
                field: syn::Index { span: generated(), ..syn::Index::from(index) },
            }
        });
        listed.collect()
    }

    /// One impl whose errors rustc reports at the entry. rustc must not offer it as an example for another type.
    pub(super) fn implement(
        &self,
        system: &SystemModel,
        header: &TokenStream,
        content: TokenStream,
    ) -> TokenStream {
        let user_ty = &self.entry.ty;
        let (impl_token, content) = (spans::impl_token(user_ty), spans::braces(user_ty, content));
        let hidden = (!system.no_implicit_prelude).then(|| quote!(#[diagnostic::do_not_recommend]));
        quote!(#[automatically_derived] #hidden #impl_token #header #content)
    }
}

impl<'a> SystemPlan<'a> {
    pub(super) fn new(system: &'a SystemModel, private: &'a TokenStream) -> Self {
        let name = spans::plain(&system.ident);
        let own = spans::at_call_site(&system.ident);
        let of_enum = |given: &Option<Ident>, kind: &str| match given {
            Some(given) => format_ident!("{given}", span = generated()),
            None => format_ident!("{name}{kind}", span = generated()),
        };
        // An editor completes a variant with the name of its enum.
        let hidden = |public: &Ident| match editor::is_on() {
            true => public.clone(),
            false => format_ident!("__{}", spans::plain(public), span = generated()),
        };
        let public_messages = of_enum(&system.message_enum, "Message");
        let public_events = of_enum(&system.event_enum, "Event");
        Self {
            system,
            private,
            name: spans::at_call_site(&system.ident),
            messages: hidden(&public_messages),
            event_enum: hidden(&public_events),
            public_messages,
            public_events,
            actors: CheckedEntry::all(&system.actors, "A", &own, private),
            events: CheckedEntry::all(&system.events, "E", &own, private),
        }
    }
}

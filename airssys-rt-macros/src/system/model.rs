//! The declared system: the lists of its actors and events, checked for duplicate names.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Fields, Item, Visibility};

use super::args::{SystemArgs, SystemEntry};
use crate::errors::Errors;
use crate::spans;
use crate::tokens::quote;

/// The declared system.
pub(super) struct SystemModel {
    pub(super) visibility: Visibility,
    pub(super) ident: Ident,
    pub(super) cfgs: Vec<Attribute>,
    /// The `#[allow(..)]` attributes of the user.
    pub(super) allowed: Vec<Attribute>,
    /// Whether the item has parameters, which is an error.
    is_generic: bool,
    pub(super) strict: bool,
    pub(super) message_enum: Option<Ident>,
    pub(super) event_enum: Option<Ident>,
    pub(super) no_implicit_prelude: bool,
    pub(super) actors: Vec<SystemEntry>,
    pub(super) events: Vec<SystemEntry>,
    /// The constants that check the entries of the included lists.
    pub(super) checked: Vec<TokenStream>,
}

const PLACE: &str = "`#[actor_system]` goes on a unit struct, `struct Bank;`: the name of the system";

impl SystemModel {
    pub(super) fn read(args: SystemArgs, item: &TokenStream, errors: &mut Errors) -> Option<Self> {
        let (attributes, visibility, ident, generics, place) =
            match errors.keep(syn::parse2::<Item>(item.clone()))? {
                Item::Struct(item) => {
                    let place = match &item {
                        item if !item.generics.params.is_empty() => Some(item.generics.to_token_stream()),
                        item if !matches!(item.fields, Fields::Unit) => Some(item.fields.to_token_stream()),
                        _ => None,
                    };
                    (item.attrs, item.vis, item.ident, item.generics, place)
                }
                Item::Enum(enumeration) => {
                    let keyword = enumeration.enum_token.to_token_stream();
                    let syn::ItemEnum { attrs, vis, ident, generics, .. } = enumeration;
                    (attrs, vis, ident, generics, Some(keyword))
                }
                _ => {
                    errors.at(spans::keyword(item), PLACE);
                    return None;
                }
            };
        let is_generic = !generics.params.is_empty();
        if let Some(place) = place {
            errors.at(place, PLACE);
        }
        let allowed = attributes.iter().filter(|attribute| attribute.path().is_ident("allow"));
        let mut system = Self {
            visibility,
            ident,
            cfgs: spans::cfgs(&attributes),
            allowed: allowed.cloned().collect(),
            is_generic,
            strict: args.strict,
            message_enum: args.message_enum,
            event_enum: args.event_enum,
            no_implicit_prelude: args.no_implicit_prelude,
            actors: distinct(args.actors, "actors", errors),
            events: distinct(args.events, "events", errors),
            checked: args.checked,
        };
        system.check(errors);
        Some(system)
    }

    /// The type in place of a system without actors: an error type, so that no use of the system is reported.
    pub(super) fn without_actors(&self, private: &TokenStream, errors: &mut Errors) -> Option<TokenStream> {
        let Self { visibility, ident, cfgs, .. } = self;
        if !self.actors.is_empty() {
            return None;
        }
        if errors.is_empty() {
            let text =
                format!("the system `{ident}` hosts no actors\nlist them: `#[actor_system(actors(..))]`");
            errors.at(ident, text);
        }
        let error = errors.as_type(private);
        Some(quote!(#(#cfgs)* #visibility type #ident = #error;))
    }

    /// The item to emit: a struct with parameters is emitted without them, so that its uses, which name none, are not errors as well.
    pub(super) fn item(&self, item: &TokenStream) -> TokenStream {
        let Self { visibility, ident, cfgs, .. } = self;
        match self.is_generic {
            true => quote!(#(#cfgs)* #visibility struct #ident;),
            false => item.clone(),
        }
    }

    fn check(&mut self, errors: &mut Errors) {
        for actor in &mut self.actors {
            if actor.name == "Event" {
                errors.at(
                    &actor.name,
                    "the variant `Event` is taken by the events of the system\n\
                     give the actor another name here: `Event as OtherName`",
                );
                actor.name = Ident::new("__Event", actor.name.span());
            }
        }
    }
}

/// Reports entries whose variants have the name of an earlier one, and keeps the others.
pub(crate) fn distinct(entries: Vec<SystemEntry>, key: &str, errors: &mut Errors) -> Vec<SystemEntry> {
    let mut kept: Vec<SystemEntry> = Vec::new();
    for entry in entries {
        let Some(first) = kept.iter().find(|other| other.name == entry.name) else {
            kept.push(entry);
            continue;
        };
        let (name, first_ty, ty) = (&entry.name, first.text(), entry.text());
        match (&first.origin, &entry.origin) {
            (None, Some(origin)) => {
                let text = format!(
                    "`{first_ty}` is also in `{}`, which is included\n                     remove it from `{key}(..)`, or name it if it is another type: `{first_ty} as Other{name}`",
                    origin.list
                );
                errors.at(&first.ty, text);
            }
            (Some(first), Some(second)) => {
                let text = format!(
                    "`{first_ty}` of `{}` and `{ty}` of `{}` would both be the variant `{name}`\n                     name one in its list: `{ty} as Other{name}`",
                    first.list, second.list
                );
                errors.at(&entry.ty, text);
            }
            _ if first_ty == ty => {
                errors.at(&entry.ty, format!("`{ty}` is listed twice in `{key}(..)`"));
            }
            _ => {
                let text = format!(
                    "`{first_ty}` and `{ty}` would both be the variant `{name}`; \
                     name one: `{ty} as Other{name}`\nif they are one type, list it once"
                );
                errors.at(&entry.ty, text);
            }
        }
    }
    kept
}

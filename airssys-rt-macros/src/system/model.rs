//! The declared system: the lists of its actors and events, checked for duplicate names.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Fields, Item, Visibility};

use super::args::{SystemArgs, SystemEntry};
use crate::errors::Errors;
use crate::spans::{self, quoted};

/// The declared system.
pub(super) struct SystemModel {
    pub(super) visibility: Visibility,
    pub(super) ident: Ident,
    pub(super) cfgs: Vec<Attribute>,
    /// The `#[allow(..)]` attributes of the user.
    pub(super) allowed: Vec<Attribute>,
    pub(super) strict: bool,
    pub(super) actors: Vec<SystemEntry>,
    pub(super) events: Vec<SystemEntry>,
}

impl SystemModel {
    pub(super) fn read(args: SystemArgs, item: &TokenStream, errors: &mut Errors) -> Option<Self> {
        let place = match errors.keep(syn::parse2::<Item>(item.clone()))? {
            Item::Struct(item) if !item.generics.params.is_empty() => item.generics.to_token_stream(),
            Item::Struct(item) if !matches!(item.fields, Fields::Unit) => item.fields.to_token_stream(),
            Item::Struct(item) => {
                let mut system = Self {
                    visibility: item.vis,
                    ident: item.ident,
                    cfgs: spans::cfgs(&item.attrs),
                    allowed: item
                        .attrs
                        .iter()
                        .filter(|attribute| attribute.path().is_ident("allow"))
                        .cloned()
                        .collect(),
                    strict: args.strict,
                    actors: distinct(args.actors, "actors", errors),
                    events: distinct(args.events, "events", errors),
                };
                system.check(errors);
                return Some(system);
            }
            _ => spans::keyword(item).to_token_stream(),
        };
        errors.at(place, "`#[actor_system]` goes on a unit struct, `struct Bank;`: the name of the system");
        None
    }

    fn check(&mut self, errors: &mut Errors) {
        if self.actors.is_empty() && errors.is_empty() {
            let text = format!(
                "the system `{}` hosts no actors\nlist them: `#[actor_system(actors(..))]`",
                self.ident
            );
            errors.at(&self.ident, text);
        }
        self.actors.retain(|actor| {
            let taken = actor.name == "Event";
            if taken {
                errors.at(
                    &actor.name,
                    "the variant `Event` is taken by the events of the system\n\
                     give the actor another name here: `Event as OtherName`",
                );
            }
            !taken
        });
    }
}

/// Reports entries whose variants have the name of an earlier one, and keeps the others.
fn distinct(entries: Vec<SystemEntry>, key: &str, errors: &mut Errors) -> Vec<SystemEntry> {
    let mut kept: Vec<SystemEntry> = Vec::new();
    for entry in entries {
        let (ty, name) = (quoted(&entry.ty), &entry.name);
        match kept.iter().find(|other| other.name == *name) {
            Some(first) if quoted(&first.ty) == ty => {
                errors.at(&entry.ty, format!("`{ty}` is listed twice in `{key}(..)`"));
            }
            Some(first) => {
                let first = quoted(&first.ty);
                let text = format!(
                    "`{first}` and `{ty}` would both be the variant `{name}`; \
                     name one: `{ty} as Other{name}`"
                );
                errors.at(&entry.ty, text);
            }
            None => kept.push(entry),
        }
    }
    kept
}

//! The keys of `#[actor_system(..)]`: actors, events, strict, names of the enums, crate.

use proc_macro2::{Ident, TokenStream};
use syn::parse::ParseStream;
use syn::{Token, Type};

use crate::attr_args::{self, Keys};
use crate::crate_path::CratePath;
use crate::errors::Errors;
use crate::list_entry::EntryForm;
use crate::spans;

const KEYS: Keys = Keys {
    attribute: "#[actor_system]",
    known: &["actors", "events", "strict", "message_enum", "event_enum", "no_implicit_prelude", "crate"],
    lists: &["actors", "events"],
};

/// The parsed arguments.
pub(super) struct SystemArgs {
    pub(super) crate_path: CratePath,
    pub(super) actors: Vec<SystemEntry>,
    pub(super) events: Vec<SystemEntry>,
    /// Whether a warning about the graph is an error.
    pub(super) strict: bool,
    /// The name of the enum of all messages, if it is not that of the system with `Message`.
    pub(super) message_enum: Option<Ident>,
    /// The name of the enum of all events, if it is not that of the system with `Event`.
    pub(super) event_enum: Option<Ident>,
    /// Whether the module has `#![no_implicit_prelude]`: there is no attribute of a tool.
    pub(super) no_implicit_prelude: bool,
}

/// An entry of a list: `Type`, `Type as Name`, `entry Type` or `entry Type as Name`.
pub(super) struct SystemEntry {
    /// Whether it is spawned, published or received outside of the system's actors.
    pub(super) is_entry: bool,
    pub(super) ty: Type,
    pub(super) name: Ident,
}

impl SystemArgs {
    pub(super) fn read(args: TokenStream, errors: &mut Errors) -> Self {
        let mut read = Self {
            crate_path: CratePath::DEFAULT,
            actors: Vec::new(),
            events: Vec::new(),
            strict: false,
            message_enum: None,
            event_enum: None,
            no_implicit_prelude: false,
        };
        KEYS.read(args, errors, |ident, key, input, errors| {
            let mut list = || {
                attr_args::list(ident, key, input, errors, |input, errors| {
                    SystemEntry::read(key, input, errors)
                })
            };
            match key {
                "actors" => read.actors.extend(list()?),
                "events" => read.events.extend(list()?),
                "strict" => {
                    read.strict = true;
                    attr_args::no_value(ident, input, errors);
                }
                "message_enum" => read.message_enum = Some(attr_args::assigned_ident(key, input)?),
                "event_enum" => read.event_enum = Some(attr_args::assigned_ident(key, input)?),
                "no_implicit_prelude" => {
                    read.no_implicit_prelude = true;
                    attr_args::no_value(ident, input, errors);
                }
                _ => read.crate_path.read(input)?,
            }
            Ok(())
        });
        read
    }
}

impl SystemEntry {
    fn read(key: &str, input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Self> {
        let form = EntryForm::ENTRIES;
        let is_entry = form.marked(key, input, errors)?;
        let ty = attr_args::named_type(input)?;
        let name = match input.parse::<Option<Token![as]>>()? {
            Some(_) => Some(input.parse()?),
            None => spans::type_ident(&ty).cloned(),
        };
        form.after(key, input, errors)?;
        match name {
            Some(name) => Ok(Self { is_entry, ty, name }),
            None => Err(syn::Error::new_spanned(ty, "expected the name of a type, or `Type as Name`")),
        }
    }
}

//! The keys of `#[actor_system(..)]`: actors, events, include, strict, names of the enums, crate.

use proc_macro2::{Ident, TokenStream};
use syn::parse::ParseStream;
use syn::{Token, Type};

use crate::attr_args::{self, Keys};
use crate::crate_path::CratePath;
use crate::errors::Errors;
use crate::list::{IncludePath, IncludedList, ListedName};
use crate::list_entry::EntryForm;
use crate::spans;

const KEYS: Keys = Keys {
    attribute: "#[actor_system]",
    known: &[
        "actors",
        "events",
        "include",
        "strict",
        "message_enum",
        "event_enum",
        "no_implicit_prelude",
        "crate",
    ],
    lists: &["actors", "events", "include"],
};

/// The parsed arguments.
pub(super) struct SystemArgs {
    pub(super) crate_path: CratePath,
    pub(super) actors: Vec<SystemEntry>,
    pub(super) events: Vec<SystemEntry>,
    pub(super) includes: Vec<IncludePath>,
    /// The constants that check the entries of the included lists.
    pub(super) checked: Vec<TokenStream>,
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
pub(crate) struct SystemEntry {
    /// Whether it is spawned, published or received outside of the system's actors.
    pub(crate) is_entry: bool,
    pub(crate) ty: Type,
    pub(crate) name: Ident,
    /// The included list that it comes from, and the type as it is written there.
    pub(crate) origin: Option<Origin>,
}

/// Where an included entry comes from.
pub(crate) struct Origin {
    pub(crate) list: String,
    /// The constant with its path.
    pub(crate) path: TokenStream,
    pub(crate) written: String,
}

impl SystemArgs {
    pub(super) fn read(args: TokenStream, errors: &mut Errors) -> Self {
        let mut read = Self {
            crate_path: CratePath::DEFAULT,
            actors: Vec::new(),
            events: Vec::new(),
            includes: Vec::new(),
            checked: Vec::new(),
            strict: false,
            message_enum: None,
            event_enum: None,
            no_implicit_prelude: false,
        };
        KEYS.read(args, errors, |ident, key, input, errors| {
            let entries = |input: ParseStream<'_>, errors: &mut Errors| {
                attr_args::list(ident, key, input, errors, |input, errors| {
                    SystemEntry::read(key, input, errors)
                })
            };
            match key {
                "actors" => read.actors.extend(entries(input, errors)?),
                "events" => read.events.extend(entries(input, errors)?),
                "include" => {
                    let paths =
                        attr_args::list(ident, key, input, errors, |input, _| IncludePath::read(input))?;
                    read.include(paths, errors);
                }
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

    fn include(&mut self, paths: Vec<IncludePath>, errors: &mut Errors) {
        for path in paths {
            if self.includes.iter().any(|other| other.text() == path.text()) {
                errors.at(&path.0, format!("`{}` is listed twice in `include(..)`", path.text()));
            } else {
                self.includes.push(path);
            }
        }
    }

    /// Adds the entries of the included lists.
    pub(super) fn add(&mut self, lists: &[IncludedList]) {
        for list in lists {
            self.checked.push(list.checked());
            self.actors.extend(list.actors().iter().map(|entry| SystemEntry::included(list, entry)));
            self.events.extend(list.events().iter().map(|entry| SystemEntry::included(list, entry)));
        }
    }
}

impl SystemEntry {
    pub(crate) fn read(key: &str, input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Self> {
        let form = EntryForm::ENTRIES;
        let is_entry = form.marked(key, input, errors)?;
        let ty = attr_args::named_type(input)?;
        let name = match input.parse::<Option<Token![as]>>()? {
            Some(_) => Some(input.parse()?),
            None => spans::type_ident(&ty).cloned(),
        };
        form.after(key, input, errors)?;
        match name {
            Some(name) => Ok(Self { is_entry, ty, name, origin: None }),
            None => Err(syn::Error::new_spanned(ty, "expected the name of a type, or `Type as Name`")),
        }
    }

    fn included(list: &IncludedList, entry: &ListedName) -> Self {
        SystemEntry {
            is_entry: entry.is_entry,
            ty: list.ty(entry),
            name: Ident::new(&entry.name.to_string(), list.place()),
            origin: Some(Origin {
                list: list.name(),
                path: list.full_path(),
                written: entry.written.value(),
            }),
        }
    }

    /// The type as it is written.
    pub(super) fn text(&self) -> String {
        self.origin.as_ref().map_or_else(|| spans::quoted(&self.ty), |origin| origin.written.clone())
    }

    /// The list that it comes from, for its documentation.
    pub(super) fn of_list(&self) -> String {
        self.origin.as_ref().map(|origin| format!(" of `{}`", origin.list)).unwrap_or_default()
    }

    /// Where the entry can be marked.
    pub(super) fn in_list(&self) -> String {
        self.origin.as_ref().map(|origin| format!(" in `{}`", origin.list)).unwrap_or_default()
    }
}

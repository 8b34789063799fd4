//! What stands in `#[actor_system(..)]`.

use proc_macro2::{Ident, TokenStream};
use syn::parse::ParseStream;
use syn::{Token, Type};

use crate::errors::Errors;
use crate::keys::{self, Keys, Runtime};
use crate::listed::Form;
use crate::spans;

const KEYS: Keys = Keys {
    attribute: "#[actor_system]",
    known: &["actors", "events", "strict", "crate"],
    lists: &["actors", "events"],
};

pub(super) struct Args {
    pub(super) runtime: Runtime,
    pub(super) actors: Vec<Entry>,
    pub(super) events: Vec<Entry>,
    /// Whatever may be wrong with the graph is an error.
    pub(super) strict: bool,
}

/// `Type` or `Type as Name`, perhaps behind `entry`.
pub(super) struct Entry {
    /// The outside spawns it, or publishes it or listens to it.
    pub(super) is_entry: bool,
    pub(super) ty: Type,
    pub(super) name: Ident,
}

impl Args {
    pub(super) fn read(args: TokenStream, errors: &mut Errors) -> Self {
        let mut read =
            Self { runtime: Runtime::DEFAULT, actors: Vec::new(), events: Vec::new(), strict: false };
        KEYS.read(args, errors, |ident, key, input, errors| {
            let mut list =
                || keys::list(ident, key, input, errors, |input, errors| Entry::read(key, input, errors));
            match key {
                "actors" => read.actors.extend(list()?),
                "events" => read.events.extend(list()?),
                "strict" => {
                    read.strict = true;
                    keys::nothing(ident, input, errors);
                }
                _ => read.runtime.read(input)?,
            }
            Ok(())
        });
        read
    }
}

impl Entry {
    fn read(key: &str, input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Self> {
        let form = Form::ENTRIES;
        let is_entry = form.marked(key, input, errors)?;
        let ty: Type = input.parse()?;
        let name = match input.parse::<Option<Token![as]>>()? {
            Some(_) => Some(input.parse()?),
            None => spans::type_ident(&ty).cloned(),
        };
        form.behind(key, input, errors)?;
        match name {
            Some(name) => Ok(Self { is_entry, ty, name }),
            None => Err(syn::Error::new_spanned(ty, "expected the name of a type, or `Type as Name`")),
        }
    }
}

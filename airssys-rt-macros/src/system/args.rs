//! What stands in `#[actor_system(..)]`.

use proc_macro2::{Ident, TokenStream};
use syn::parse::{Parse, ParseStream};
use syn::{Token, Type};

use crate::errors::Errors;
use crate::keys::{self, Keys, Runtime};
use crate::listed;
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
        KEYS.read(args, errors, |ident, key, input| {
            match key {
                "actors" => read.actors.extend(keys::list(ident, key, input, Entry::parse)?),
                "events" => read.events.extend(keys::list(ident, key, input, Entry::parse)?),
                "strict" => read.strict = true,
                _ => read.runtime.read(input)?,
            }
            Ok(())
        });
        read
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let is_entry = listed::mark(input, "entry")?;
        let ty: Type = input.parse()?;
        if input.parse::<Option<Token![as]>>()?.is_some() {
            return Ok(Self { is_entry, ty, name: input.parse()? });
        }
        match spans::type_ident(&ty).cloned() {
            Some(name) => Ok(Self { is_entry, ty, name }),
            None => Err(syn::Error::new_spanned(ty, "expected the name of a type, or `Type as Name`")),
        }
    }
}

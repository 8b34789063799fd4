//! What stands in `#[actor_system(..)]`.

use proc_macro2::{Ident, TokenStream};
use syn::parse::{Parse, ParseStream};
use syn::{Token, Type};

use crate::errors::Errors;
use crate::keys::{self, Keys, Runtime};
use crate::spans;

const KEYS: Keys = Keys {
    attribute: "#[actor_system]",
    known: &["actors", "events", "crate"],
    lists: &["actors", "events"],
};

pub(super) struct Args {
    pub(super) runtime: Runtime,
    pub(super) actors: Vec<Entry>,
    pub(super) events: Vec<Entry>,
}

/// `Type` or `Type as Name`.
pub(super) struct Entry {
    pub(super) ty: Type,
    pub(super) name: Ident,
}

impl Args {
    pub(super) fn read(args: TokenStream, errors: &mut Errors) -> Self {
        let mut read = Self { runtime: Runtime::DEFAULT, actors: Vec::new(), events: Vec::new() };
        KEYS.read(args, errors, |ident, key, input| {
            match key {
                "actors" => read.actors.extend(keys::list(ident, key, input, Entry::parse)?),
                "events" => read.events.extend(keys::list(ident, key, input, Entry::parse)?),
                _ => read.runtime.read(input)?,
            }
            Ok(())
        });
        read
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ty: Type = input.parse()?;
        if input.parse::<Option<Token![as]>>()?.is_some() {
            return Ok(Self { ty, name: input.parse()? });
        }
        match spans::type_ident(&ty).cloned() {
            Some(name) => Ok(Self { ty, name }),
            None => Err(syn::Error::new_spanned(ty, "expected the name of a type, or `Type as Name`")),
        }
    }
}

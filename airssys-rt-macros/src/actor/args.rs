//! The keys of `#[actor(..)]`: handles, subscribes, publishes, asks, tells, try_tells, spawns, name, mailbox (its
//! limit), crate.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Token};

use crate::attr_args::{self, Keys};
use crate::crate_path::CratePath;
use crate::editor;
use crate::errors::Errors;
use crate::list_entry::{EntryForm, ListEntry};
use crate::spans::{self, quoted};
use crate::tokens::quote;

const KEYS: Keys = Keys {
    attribute: "#[actor]",
    known: &[
        "handles",
        "subscribes",
        "publishes",
        "asks",
        "tells",
        "try_tells",
        "spawns",
        "name",
        "mailbox",
        "crate",
    ],
    lists: &["handles", "subscribes", "publishes", "asks", "tells", "try_tells", "spawns"],
};

/// The parsed arguments.
pub(super) struct ActorArgs {
    pub(super) crate_path: CratePath,
    pub(super) name: Option<LitStr>,
    pub(super) mailbox: Option<MailboxArgs>,
    /// The messages whose handlers are impls of `Handler`.
    pub(super) handles: Vec<ListEntry>,
    /// The events whose handlers are impls of `Subscriber`.
    pub(super) subscribes: Vec<ListEntry>,
    pub(super) publishes: Vec<ListEntry>,
    pub(super) asks: Vec<ListEntry>,
    pub(super) tells: Vec<ListEntry>,
    pub(super) try_tells: Vec<ListEntry>,
    pub(super) spawns: Vec<ListEntry>,
}

impl ActorArgs {
    /// The arguments of an attribute that has none but `crate`.
    pub(super) fn none(crate_path: CratePath) -> Self {
        Self {
            crate_path,
            name: None,
            mailbox: None,
            handles: Vec::new(),
            subscribes: Vec::new(),
            publishes: Vec::new(),
            asks: Vec::new(),
            tells: Vec::new(),
            try_tells: Vec::new(),
            spawns: Vec::new(),
        }
    }

    /// Whether no list is given.
    pub(super) fn has_no_list(&self) -> bool {
        let Self { handles, subscribes, publishes, asks, tells, try_tells, spawns, .. } = self;
        [handles, subscribes, publishes, asks, tells, try_tells, spawns].iter().all(|list| list.is_empty())
    }

    pub(super) fn read(args: TokenStream, errors: &mut Errors) -> Self {
        let mut read = Self::none(CratePath::DEFAULT);
        KEYS.read(args, errors, |ident, key, input, errors| {
            let mut list = |form: EntryForm| {
                attr_args::list(ident, key, input, errors, |input, errors| form.read(key, input, errors))
            };
            match key {
                "handles" => read.handles.extend(list(EntryForm::ENTRIES)?),
                "subscribes" => read.subscribes.extend(list(EntryForm::TYPES)?),
                "publishes" => read.publishes.extend(list(EntryForm::EDGES)?),
                "asks" => read.asks.extend(list(EntryForm::ANY)?),
                "tells" => read.tells.extend(list(EntryForm::ANY)?),
                "try_tells" => read.try_tells.extend(list(EntryForm::TYPES)?),
                "spawns" => read.spawns.extend(list(EntryForm::EDGES)?),
                "name" => read.name = Some(attr_args::assigned_name(input)?),
                "mailbox" => read.mailbox = Some(MailboxArgs::read(ident, input)?),
                _ => read.crate_path.read(input)?,
            }
            Ok(())
        });
        read
    }
}

/// The settings in `mailbox(capacity = 64, overflow = Drop)` or `mailbox(unbounded)`.
pub(super) struct MailboxArgs {
    capacity: Option<Expr>,
    unbounded: bool,
    overflow: Option<Ident>,
}

impl MailboxArgs {
    const FORMS: &'static str =
        "`mailbox(capacity = 64)`, `mailbox(capacity = 64, overflow = Drop)` or `mailbox(unbounded)`";

    fn read(key: &Ident, input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(syn::token::Paren) {
            return Err(syn::Error::new(key.span(), format!("expected {}", Self::FORMS)));
        }
        let content;
        syn::parenthesized!(content in input);
        let mut read = Self { capacity: None, unbounded: false, overflow: None };
        if let Err(error) = read.settings(&content) {
            // What is left would be one more error.
            content.parse::<TokenStream>()?;
            return Err(error);
        }
        if read.capacity.is_some() == read.unbounded {
            return Err(syn::Error::new(
                key.span(),
                format!("a mailbox takes either `capacity` or `unbounded`: expected {}", Self::FORMS),
            ));
        }
        Ok(read)
    }

    fn settings(&mut self, content: ParseStream<'_>) -> syn::Result<()> {
        if content.peek(syn::Lit) {
            let value: syn::Lit = content.fork().parse()?;
            let text = format!("expected the name of a setting: `mailbox(capacity = {})`", quoted(&value));
            return Err(syn::Error::new(value.span(), text));
        }
        while !content.is_empty() {
            self.setting(content)?;
            if !content.is_empty() {
                content.parse::<Token![,]>()?;
            }
        }
        Ok(())
    }

    fn setting(&mut self, content: ParseStream<'_>) -> syn::Result<()> {
        let setting = content.call(Ident::parse_any)?;
        editor::word("mailbox", &setting);
        if setting == "unbounded" {
            self.unbounded = true;
        } else if setting == "capacity" {
            content.parse::<Token![=]>()?;
            self.capacity = Some(content.parse()?);
        } else if setting == "overflow" {
            content.parse::<Token![=]>()?;
            let overflow: Ident = content.parse()?;
            if !["Block", "Drop", "Error"].iter().any(|known| overflow == known) {
                return Err(syn::Error::new(overflow.span(), "expected `Block`, `Drop` or `Error`"));
            }
            editor::import("overflow", &overflow);
            self.overflow = Some(overflow);
        } else {
            return Err(syn::Error::new(
                setting.span(),
                format!("unknown setting `{setting}` of the mailbox; expected {}", Self::FORMS),
            ));
        }
        Ok(())
    }

    /// The expression of the mailbox policy.
    pub(super) fn policy(&self, private: &TokenStream) -> TokenStream {
        let policy = match &self.capacity {
            Some(capacity) => {
                // rustc reports a capacity of 0 at this call.
                let bounded = quote!(#private::mailbox::MailboxPolicy::bounded);
                let bounded = spans::located(bounded, spans::first(capacity));
                let capacity = spans::parens(spans::last(capacity), quote!(#capacity));
                quote!(#bounded #capacity)
            }
            None => quote!(#private::mailbox::MailboxPolicy::unbounded()),
        };
        match &self.overflow {
            Some(overflow) => quote!(#policy.with_overflow(#private::Overflow::#overflow)),
            None => policy,
        }
    }
}

//! The attributes of methods in an `#[actor]` block: `#[handler]`, `#[on_event]`, `#[pre_start]`, `#[on_error]`, ..

use quote::ToTokens;
use syn::{Attribute, Meta};

use crate::errors::Errors;
use crate::spans::quoted;

/// The role of a method, one for each attribute.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MethodRole {
    Handler,
    OnEvent,
    OnTerminated,
    PreStart,
    PostStop,
    OnError,
}

impl MethodRole {
    const ALL: [Self; 6] =
        [Self::Handler, Self::OnEvent, Self::OnTerminated, Self::PreStart, Self::PostStop, Self::OnError];

    /// The name of the attribute.
    pub(crate) const fn attribute(self) -> &'static str {
        match self {
            Self::Handler => "handler",
            Self::OnEvent => "on_event",
            Self::OnTerminated => "on_terminated",
            Self::PreStart => "pre_start",
            Self::PostStop => "post_stop",
            Self::OnError => "on_error",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.attribute() == name)
    }

    /// A noun phrase for such a method, with its article.
    pub(super) const fn one(self) -> &'static str {
        match self {
            Self::Handler => "a handler",
            Self::OnEvent => "an `#[on_event]` method",
            Self::OnTerminated => "an `#[on_terminated]` method",
            Self::PreStart => "a `#[pre_start]` method",
            Self::PostStop => "a `#[post_stop]` method",
            Self::OnError => "an `#[on_error]` method",
        }
    }

    /// The noun for the first parameter after `self`, if the role has one.
    pub(super) const fn input(self) -> Option<&'static str> {
        match self {
            Self::Handler => Some("message"),
            Self::OnEvent => Some("event"),
            Self::OnTerminated => Some("`Terminated`"),
            Self::OnError => Some("fault"),
            Self::PreStart | Self::PostStop => None,
        }
    }

    /// Removes the role's attributes from the method. Returns the role, and whether one was `#[handler(entry)]`.
    pub(super) fn take(attributes: &mut Vec<Attribute>, errors: &mut Errors) -> Option<(Self, bool)> {
        let (mut found, mut is_entry) = (None, false);
        attributes.retain(|attribute| {
            let last = attribute.path().segments.last().map(|segment| segment.ident.to_string());
            let Some(role) = last.as_deref().and_then(Self::named) else {
                return true;
            };
            role.check(attribute, errors);
            is_entry |= role.is_entry(attribute);
            match found {
                None => found = Some(role),
                Some(first) if first == role => {
                    errors.at(attribute, format!("`#[{}]` is repeated", role.attribute()));
                }
                Some(first) => errors.at(
                    attribute,
                    format!(
                        "a method is either `#[{}]` or `#[{}]`, not both",
                        first.attribute(),
                        role.attribute()
                    ),
                ),
            }
            false
        });
        found.map(|role| (role, is_entry))
    }

    fn is_entry(self, attribute: &Attribute) -> bool {
        let list = attribute.meta.require_list();
        self == Self::Handler && list.is_ok_and(|list| quoted(&list.tokens) == "entry")
    }

    fn check(self, attribute: &Attribute, errors: &mut Errors) {
        let name = self.attribute();
        if attribute.path().segments.len() > 1 {
            errors.at(
                attribute.path(),
                format!("write `#[{name}]`: it is read by `#[actor]`, it is not a macro of its own"),
            );
        }
        let arguments = match &attribute.meta {
            Meta::Path(_) => return,
            Meta::List(_) if self.is_entry(attribute) => return,
            Meta::List(list) => list.tokens.clone(),
            Meta::NameValue(pair) => pair.value.to_token_stream(),
        };
        let why = match self {
            Self::Handler => "`#[handler]` takes no message type: the parameter says what is handled\n\
                 the only argument is `entry`: `#[handler(entry)]`, for a message that comes from outside"
                .to_owned(),
            Self::OnEvent => {
                "`#[on_event]` takes no arguments: the parameter says which event it is".to_owned()
            }
            _ => format!("`#[{name}]` takes no arguments"),
        };
        errors.at(arguments, why);
    }
}

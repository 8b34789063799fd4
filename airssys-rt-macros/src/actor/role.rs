//! The attributes of methods in an `#[actor]` block: `#[handler]`, `#[on_event]`, `#[pre_start]`, `#[on_error]`, ..

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Meta};

use crate::editor;
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

/// The role that the attributes of a method give it.
pub(super) struct MarkedRole {
    pub(super) role: MethodRole,
    /// Whether it is `#[handler(entry)]`.
    pub(super) is_entry: bool,
    /// The arguments that declare a reply, which belong to the message, and the error about them.
    pub(super) reply: Option<(TokenStream, String)>,
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

    /// Removes the role's attributes from the method, and returns the role.
    pub(super) fn take(attributes: &mut Vec<Attribute>, errors: &mut Errors) -> Option<MarkedRole> {
        let (mut found, mut is_entry, mut reply) = (None, false, None);
        attributes.retain(|attribute| {
            let last = attribute.path().segments.last().map(|segment| segment.ident.to_string());
            let (named, meant) =
                last.as_deref().map_or((None, None), |last| (Self::named(last), Self::meant(last)));
            let Some(role) = named.or(meant) else {
                return true;
            };
            if named.is_none() {
                let text = format!(
                    "`#[{}]` on a method: did you mean `#[{}]`?",
                    quoted(attribute.path()),
                    role.attribute()
                );
                match declares_reply(attribute) {
                    true => reply = Some((attribute.to_token_stream(), text)),
                    false => errors.at(attribute, text),
                }
            } else if role == Self::Handler && declares_reply(attribute) {
                let arguments = arguments(attribute);
                let text = format!("the reply belongs to the message: `#[message({})]`", quoted(&arguments));
                reply = Some((arguments, text));
            } else {
                role.check(attribute, errors);
            }
            role.show(attribute);
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
        found.map(|role| MarkedRole { role, is_entry, reply })
    }

    /// The role that was meant by an attribute of a type.
    fn meant(name: &str) -> Option<Self> {
        match name {
            "message" => Some(Self::Handler),
            "event" => Some(Self::OnEvent),
            _ => None,
        }
    }

    fn is_entry(self, attribute: &Attribute) -> bool {
        let list = attribute.meta.require_list();
        self == Self::Handler && list.is_ok_and(|list| quoted(&list.tokens) == "entry")
    }

    /// Leads an editor to the documentation of the attribute and of its argument.
    fn show(self, attribute: &Attribute) {
        if let Some(name) =
            attribute.path().get_ident().filter(|name| Self::named(&name.to_string()).is_some())
        {
            editor::import("methods", name);
        }
        let arguments = attribute.meta.require_list().map(|list| list.tokens.clone());
        if let Ok(word) = arguments.and_then(syn::parse2) {
            editor::word(self.attribute(), &word);
        }
    }

    fn check(self, attribute: &Attribute, errors: &mut Errors) {
        let name = self.attribute();
        if attribute.path().segments.len() > 1 {
            errors.at(
                attribute.path(),
                format!("write `#[{name}]`: it is read by `#[actor]`, it is not a macro of its own"),
            );
        }
        if matches!(attribute.meta, Meta::Path(_)) || self.is_entry(attribute) {
            return;
        }
        let why = match self {
            Self::Handler => "`#[handler]` takes no message type: the parameter says what is handled\n\
                 the only argument is `entry`: `#[handler(entry)]`, for a message that comes from outside"
                .to_owned(),
            Self::OnEvent => {
                "`#[on_event]` takes no arguments: the parameter says which event it is".to_owned()
            }
            _ => format!("`#[{name}]` takes no arguments"),
        };
        errors.at(arguments(attribute), why);
    }
}

/// The arguments of an attribute.
fn arguments(attribute: &Attribute) -> TokenStream {
    match &attribute.meta {
        Meta::Path(_) => TokenStream::new(),
        Meta::List(list) => list.tokens.clone(),
        Meta::NameValue(pair) => pair.value.to_token_stream(),
    }
}

/// Whether the first argument is `reply = ..`.
fn declares_reply(attribute: &Attribute) -> bool {
    let is_list = matches!(attribute.meta, Meta::List(_));
    let mut arguments = arguments(attribute).into_iter();
    let (key, equals) = (arguments.next(), arguments.next());
    is_list
        && key.is_some_and(|key| key.to_string() == "reply")
        && equals.is_some_and(|sign| sign.to_string() == "=")
}

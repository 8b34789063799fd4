//! `#[message]` and `#[event]`: one impl beside the type.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Generics, Ident, Item, LitStr, Token, Type};

use crate::errors::Errors;
use crate::keys::{self, Keys, Runtime};
use crate::schema::Schema;
use crate::{size, spans};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Message,
    Event,
}

impl Role {
    const fn noun(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Event => "event",
        }
    }

    /// The noun with its article.
    const fn one(self) -> &'static str {
        match self {
            Self::Message => "a message",
            Self::Event => "an event",
        }
    }

    const fn keys(self) -> Keys {
        match self {
            Self::Message => {
                Keys { attribute: "#[message]", known: &["reply", "name", "boxed", "crate"], lists: &[] }
            }
            Self::Event => Keys { attribute: "#[event]", known: &["name", "crate"], lists: &[] },
        }
    }
}

pub(crate) fn expand(role: Role, args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let args = Args::read(role, args, &mut errors);
    let generated = target(role, &item, &mut errors).map(|target| target.implement(role, &args));
    quote!(#item #errors #generated)
}

struct Args {
    runtime: Runtime,
    reply: Option<Type>,
    name: Option<LitStr>,
    boxed: bool,
}

impl Args {
    fn read(role: Role, args: TokenStream, errors: &mut Errors) -> Self {
        let mut read = Self { runtime: Runtime::DEFAULT, reply: None, name: None, boxed: false };
        if role == Role::Event && is_reply(&args) {
            errors.at(
                args.into_iter().next(),
                "an event has no reply: it goes to everybody who subscribes, nobody waits for an answer\n\
                 use `#[message(reply = ..)]` for a request",
            );
            return read;
        }
        role.keys().read(args, errors, |ident, key, input, _| {
            match key {
                "reply" => read.reply = Some(keys::assigned_type(input)?),
                "name" => read.name = Some(keys::assigned_name(input)?),
                "boxed" if input.peek(Token![=]) => {
                    return Err(syn::Error::new(ident.span(), "`boxed` takes no value: `#[message(boxed)]`"));
                }
                "boxed" => read.boxed = true,
                _ => read.runtime.read(input)?,
            }
            Ok(())
        });
        if let Some(reply) = &read.reply
            && fault_result(reply).is_some()
        {
            errors.at(
                reply,
                "a fault is not an answer: the reply is what a handler gives back when nothing failed\n\
                 a handler may return `Result<Reply, Fault>` by itself",
            );
            read.reply = fault_result(reply).cloned();
        }
        read
    }
}

fn is_reply(args: &TokenStream) -> bool {
    args.clone().into_iter().next().is_some_and(|token| token.to_string() == "reply")
}

/// The `R` of `Result<R, Fault>`, told by the last segments: an alias is not seen through.
pub(crate) fn fault_result(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let result = path.path.segments.last().filter(|segment| segment.ident == "Result")?;
    let syn::PathArguments::AngleBracketed(arguments) = &result.arguments else {
        return None;
    };
    let mut types = arguments.args.iter().filter_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    let (reply, error) = (types.next()?, types.next()?);
    spans::type_ident(error).is_some_and(|ident| ident == "Fault").then_some(reply)
}

/// The type that the attribute stands on.
struct Target {
    attributes: Vec<Attribute>,
    ident: Ident,
    generics: Generics,
    item: Item,
}

fn target(role: Role, item: &TokenStream, errors: &mut Errors) -> Option<Target> {
    let parsed = errors.keep(syn::parse2::<Item>(item.clone()))?;
    let (attributes, ident, generics) = match &parsed {
        Item::Struct(item) => (item.attrs.clone(), item.ident.clone(), item.generics.clone()),
        Item::Enum(item) => (item.attrs.clone(), item.ident.clone(), item.generics.clone()),
        _ => {
            let (attribute, noun) = (role.keys().attribute, role.noun());
            errors.at(
                spans::keyword(item),
                format!("`{attribute}` goes on a struct or an enum: the type of the {noun}"),
            );
            return None;
        }
    };
    let target = Target { attributes, ident, generics, item: parsed };
    if target.attributes.iter().any(|attribute| is_named(attribute, role)) {
        // The other one does the work.
        let attribute = role.keys().attribute;
        errors.at(&target.ident, format!("`{attribute}` stands twice on `{}`; merge the two", target.ident));
        return None;
    }
    if let Some(lifetime) = target.generics.lifetimes().next() {
        errors.at(
            &lifetime.lifetime,
            format!(
                "{} cannot borrow: it is moved to another task\n\
                 use an owned type (`String`, `Arc<str>`, ..) and drop the lifetime",
                role.one()
            ),
        );
        return None;
    }
    Some(target)
}

fn is_named(attribute: &Attribute, role: Role) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == role.noun())
}

impl Target {
    fn implement(&self, role: Role, args: &Args) -> TokenStream {
        let Self { attributes, ident, generics, item } = self;
        let private = args.runtime.private();
        let (parameters, arguments, bounds) = generics.split_for_impl();
        let mut bounds = bounds.map(ToTokens::to_token_stream);
        if generics.type_params().next().is_some() {
            // A generic message is one for those arguments that can be sent.
            let own = quote!(#ident #arguments: ::core::marker::Send + 'static);
            bounds = Some(match generics.where_clause.as_ref().map(|clause| &clause.predicates) {
                Some(given) if given.trailing_punct() || given.is_empty() => {
                    quote!(where #given #own)
                }
                Some(given) => quote!(where #given, #own),
                None => quote!(where #own),
            });
        }
        let path = spans::plain(ident);
        let path = quote!(::core::concat!(::core::module_path!(), "::", #path));
        let name = args.name.as_ref().map_or_else(|| path.clone(), ToTokens::to_token_stream);
        let schema = Schema { private: &private, name: &name, item, generics };
        let name = quote! {
            const NAME: &'static ::core::primitive::str = #name;
            const ORIGIN: #private::Origin =
                #private::Origin { path: #path, line: ::core::line!(), column: ::core::column!() };
        };
        let (interface, content) = match role {
            Role::Message => {
                let reply = args.reply.as_ref().map_or_else(|| quote!(()), ToTokens::to_token_stream);
                let schema = schema.of_message(args.reply.as_ref());
                (quote!(Message), quote!(type Reply = #reply; #name #schema))
            }
            Role::Event => {
                let schema = schema.of_event();
                (quote!(Event), quote!(#name #schema))
            }
        };
        let (impl_token, content) = (spans::impl_token(ident), spans::braces(ident, content));
        let cfgs = spans::cfgs(attributes);
        let carried = (role == Role::Message).then(|| self.carried(args, &cfgs));
        quote! {
            #(#cfgs)* #[automatically_derived] #[allow(deprecated)]
            #impl_token #parameters #private::#interface for #ident #arguments #bounds #content
            #carried
        }
    }

    /// How the message lies in a mailbox, and the warning if it is large. The size of a generic one is not known here.
    fn carried(&self, args: &Args, cfgs: &[Attribute]) -> TokenStream {
        let Self { ident, generics, .. } = self;
        let private = args.runtime.private();
        let (parameters, arguments, bounds) = generics.split_for_impl();
        let own = spans::hidden(ident);
        let carrier = match args.boxed {
            true => quote!(#private::Box<Self>),
            false => quote!(Self),
        };
        let is_known = !args.boxed && generics.params.is_empty();
        let is_measured = is_known && !size::is_small(&self.item);
        let reply = args.reply.as_ref().map_or_else(|| quote!(()), ToTokens::to_token_stream);
        let size = is_measured.then(|| size::warning(ident, &self.attributes));
        let impl_token = spans::impl_token(ident);
        quote! {
            #(#cfgs)* #[automatically_derived] #[allow(deprecated)]
            #impl_token #parameters #private::Carried for #own #arguments #bounds {
                type Carrier = #carrier;
                type Answer = #reply;
            }
            #size
        }
    }
}

//! `#[message]` and `#[event]`: generate the impls of a message or an event beside the type.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{Attribute, Expr, Generics, Ident, Item, LitStr, Token, Type};

use crate::actor;
use crate::attr_args::{self, Keys};
use crate::crate_path::CratePath;
use crate::errors::Errors;
use crate::schema::{Schema, SchemaCase};
use crate::tokens::{Literal, quote};
use crate::{borrowing, editor, known_send, large_message, reply_type, spans};

/// Which of the two attributes is expanded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MessageKind {
    Message,
    Event,
}

impl MessageKind {
    const fn noun(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Event => "event",
        }
    }

    /// The noun with its article.
    const fn with_article(self) -> &'static str {
        match self {
            Self::Message => "a message",
            Self::Event => "an event",
        }
    }

    const fn keys(self) -> Keys {
        match self {
            Self::Message => Keys {
                attribute: "#[message]",
                known: &["reply", "name", "boxed", "keep_payload", "part", "crate"],
                lists: &[],
            },
            Self::Event => {
                Keys { attribute: "#[event]", known: &["name", "keep_payload", "crate"], lists: &[] }
            }
        }
    }
}

pub(crate) fn expand(kind: MessageKind, args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let args = MessageArgs::read(kind, args, &mut errors);
    let Some(target) = target(kind, &item, &mut errors) else {
        return recovered(item, &args, &errors);
    };
    let self_ty = editor::is_on().then(|| target.self_ty());
    let named = editor::named(
        self_ty.as_ref().map(|self_ty| (&target.generics, self_ty)),
        &args.crate_path.private(),
    );
    let generated = editor::unplaced(target.implement(kind, &args), &target.ident);
    let item = target.owned.as_ref().unwrap_or(&item);
    quote!(#item #named #errors #generated)
}

/// The expansion of an item that is not that of a message. A block with handlers is expanded as that of an actor: otherwise each use
/// of the actor would be an error as well.
fn recovered(item: TokenStream, args: &MessageArgs, errors: &Errors) -> TokenStream {
    match spans::keyword(&item) {
        Some(keyword) if keyword.to_string() == "impl" => {
            actor::expand_unlisted(&args.crate_path, item, errors)
        }
        _ => {
            let named = editor::named(None, &args.crate_path.private());
            quote!(#item #named #errors)
        }
    }
}

/// The parsed arguments.
struct MessageArgs {
    crate_path: CratePath,
    reply: Option<Type>,
    /// The error in place of a reply that is refused by its syntax: an error type, so that no use of the reply is reported.
    refused: Option<TokenStream>,
    name: Option<LitStr>,
    boxed: bool,
    keep_payload: Option<KeepPayload>,
    /// The key `part`: the type is only described.
    is_part: bool,
}

/// The key `keep_payload`: dead letters keep the payload.
struct KeepPayload {
    key: Ident,
    /// The function that returns the bytes that the payload owns.
    owned: Option<Expr>,
}

impl MessageArgs {
    fn read(kind: MessageKind, args: TokenStream, errors: &mut Errors) -> Self {
        let mut read = Self {
            crate_path: CratePath::DEFAULT,
            reply: None,
            refused: None,
            name: None,
            boxed: false,
            keep_payload: None,
            is_part: false,
        };
        if kind == MessageKind::Event && is_reply(&args) {
            errors.at(
                args.into_iter().next(),
                "an event has no reply: it goes to every subscriber, and its publisher does not wait for an answer\n\
                 use `#[message(reply = ..)]` for a request",
            );
            return read;
        }
        let mut part = None;
        // A reply that cannot be read is an error type: what the handler returns is no further mistake.
        let mut unread = None;
        kind.keys().read(args, errors, |ident, key, input, _| {
            match key {
                "reply" => {
                    let is_bare = input.is_empty() || input.peek(Token![,]);
                    match attr_args::assigned_type(input, "`#[message(reply = u64)]`") {
                        Ok(reply) => {
                            read.reply.get_or_insert(reply);
                        }
                        Err(error) => {
                            attr_args::skip(input);
                            let error = if is_bare { syn::Error::new(ident.span(), error) } else { error };
                            unread.get_or_insert(error);
                        }
                    }
                }
                "name" => read.name = Some(attr_args::assigned_name(input)?),
                "boxed" if input.peek(Token![=]) => {
                    return Err(syn::Error::new(ident.span(), "`boxed` takes no value: `#[message(boxed)]`"));
                }
                "boxed" => read.boxed = true,
                "part" if input.peek(Token![=]) => {
                    return Err(syn::Error::new(ident.span(), "`part` takes no value: `#[message(part)]`"));
                }
                "part" => part = Some(ident.clone()),
                "keep_payload" => {
                    let has_value = input.parse::<Option<Token![=]>>()?.is_some();
                    let owned = if has_value { Some(owned_bytes(input)?) } else { None };
                    read.keep_payload = Some(KeepPayload { key: ident.clone(), owned });
                }
                _ => read.crate_path.read(input)?,
            }
            Ok(())
        });
        if let Some(part) = part {
            read.is_part = true;
            if read.reply.is_some() || unread.is_some() || read.boxed || read.keep_payload.is_some() {
                errors.at(
                    &part,
                    "a part is not sent on its own: it has no `reply`, `boxed` or `keep_payload`\n\
                     without `part` the type is a message",
                );
                (read.reply, read.boxed, read.keep_payload, unread) = (None, false, None, None);
            }
        }
        if let Some(error) = unread {
            read.refused = Some(errors.as_error_type(&error, &read.crate_path.private()));
            read.reply = None;
        }
        if let Some((reply, succeeded)) =
            read.reply.as_ref().and_then(|reply| Some((reply, fault_result(reply)?)))
        {
            errors.at(
                reply,
                "a fault is not an answer: the reply is what a handler returns when it succeeds\n\
                 a handler may return `Result<Reply, Fault>` for any reply",
            );
            read.reply = Some(succeeded.clone());
        }
        if let Some(refusal) = read.reply.as_ref().and_then(reply_type::of_message) {
            read.refused = Some(errors.in_type(refusal.at, refusal.text, &read.crate_path.private()));
            read.reply = None;
        }
        read
    }
}

/// Reads the function that returns the bytes of a payload: a closure or a path.
fn owned_bytes(input: ParseStream<'_>) -> syn::Result<Expr> {
    let written: Expr = input.parse()?;
    match written {
        Expr::Closure(_) | Expr::Path(_) => Ok(written),
        other => Err(syn::Error::new_spanned(
            other,
            "expected a function of the payload that returns the bytes it owns: `keep_payload = |payload| payload.text.len()`",
        )),
    }
}

fn is_reply(args: &TokenStream) -> bool {
    args.clone().into_iter().next().is_some_and(|token| token.to_string() == "reply")
}

/// The `R` of `Result<R, Fault>`, recognized by the last segments of both paths: an alias is not resolved.
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

/// The type that has the attribute.
struct MessageItem {
    attributes: Vec<Attribute>,
    ident: Ident,
    generics: Generics,
    item: Item,
    /// The item to emit instead, if it borrows: without its lifetimes.
    owned: Option<TokenStream>,
}

fn target(kind: MessageKind, item: &TokenStream, errors: &mut Errors) -> Option<MessageItem> {
    let parsed = errors.keep(syn::parse2::<Item>(item.clone()))?;
    let (attributes, ident, generics) = match &parsed {
        Item::Struct(item) => (item.attrs.clone(), item.ident.clone(), item.generics.clone()),
        Item::Enum(item) => (item.attrs.clone(), item.ident.clone(), item.generics.clone()),
        _ => {
            let (attribute, noun) = (kind.keys().attribute, kind.noun());
            let text = format!("`{attribute}` goes on a struct or an enum: the type of the {noun}");
            match parsed {
                Item::Impl(_) => errors.push(syn::Error::new(
                    Span::call_site(),
                    format!("{text}\n`#[actor]` goes on the impl block that holds the handlers of an actor"),
                )),
                _ => errors.at(spans::keyword(item), text),
            }
            return None;
        }
    };
    let mut target = MessageItem { attributes, ident, generics, item: parsed, owned: None };
    if target.attributes.iter().any(|attribute| is_named(attribute, kind)) {
        // The second attribute expands the type.
        let attribute = kind.keys().attribute;
        errors
            .at(&target.ident, format!("`{attribute}` is given twice on `{}`; merge the two", target.ident));
        return None;
    }
    if let Some(lifetime) = target.generics.lifetimes().next().cloned() {
        errors.at(
            lifetime.lifetime,
            format!(
                "{} cannot borrow: it is moved to another task\n\
                 use an owned type (`String`, `Arc<str>`, ..) and drop the lifetime",
                kind.with_article()
            ),
        );
        target.owned = Some(borrowing::without_lifetimes(&target.item));
        borrowing::remove(&mut target.generics);
    }
    Some(target)
}

fn is_named(attribute: &Attribute, kind: MessageKind) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == kind.noun())
}

impl MessageItem {
    /// The type with its arguments, with the span of the attribute.
    fn self_ty(&self) -> TokenStream {
        let (_, arguments, _) = self.generics.split_for_impl();
        let (ident, arguments) = (spans::at_call_site(&self.ident), spans::at_call_site(&arguments));
        quote!(#ident #arguments)
    }

    fn implement(&self, kind: MessageKind, args: &MessageArgs) -> TokenStream {
        if args.is_part {
            return self.describe(args);
        }
        let Self { attributes, ident, generics, item, .. } = self;
        let private = args.crate_path.private();
        let (parameters, arguments, bounds) = generics.split_for_impl();
        let mut bounds = bounds.map(ToTokens::to_token_stream);
        // A generic type is a message only with arguments that make it `Send`. For another type, `Carried` reports that it is not
        // `Send`; the higher-ranked bound keeps rustc from reporting it here.
        let is_generic = generics.type_params().next().is_some();
        if is_generic || (kind == MessageKind::Message && !known_send::is_item(item)) {
            let higher = (!is_generic).then(|| quote!(for<'__a>));
            let own = quote!(#higher #ident #arguments: ::core::marker::Send + 'static);
            bounds = Some(match generics.where_clause.as_ref().map(|clause| &clause.predicates) {
                Some(given) if given.trailing_punct() || given.is_empty() => {
                    quote!(where #given #own)
                }
                Some(given) => quote!(where #given, #own),
                None => quote!(where #own),
            });
        }
        let (place, schema) = (self.place(), Schema { private: &private, item, generics });
        let (interface, content) = match kind {
            MessageKind::Message => {
                let declared = declared(args, &schema.of_message(&place, args.reply.as_ref()));
                // The projection: a reply that is not `Send` is an error type there, and is reported once.
                let reply = match self.is_checked(args) || args.refused.is_some() {
                    true => quote!(<Self as #private::Carried>::Answer),
                    false => reply(args),
                };
                (quote!(Message), quote!(type Reply = #reply; #declared))
            }
            MessageKind::Event => {
                let (declared, kept) = (declared(args, &schema.of_event(&place)), kept(args));
                (quote!(Event), quote!(#declared #kept))
            }
        };
        let (impl_token, content) = (spans::impl_token(ident), spans::braces(ident, content));
        let cfgs = spans::cfgs(attributes);
        let carried = (kind == MessageKind::Message).then(|| self.carried(args, &cfgs));
        let payload_check = self.payload_check(args);
        quote! {
            #(#cfgs)* #[automatically_derived] #[allow(deprecated)]
            #impl_token #parameters #private::#interface for #ident #arguments #bounds #content
            #carried
            #payload_check
        }
    }

    /// The impl that describes a type which is not sent on its own.
    fn describe(&self, args: &MessageArgs) -> TokenStream {
        let Self { attributes, ident, generics, item, .. } = self;
        let private = args.crate_path.private();
        let (parameters, arguments, bounds) = generics.split_for_impl();
        let schema = Schema { private: &private, item, generics };
        let declared = declared(args, &schema.of_event(&self.place()));
        let (impl_token, content) = (spans::impl_token(ident), spans::braces(ident, declared));
        let cfgs = spans::cfgs(attributes);
        quote! {
            #(#cfgs)* #[automatically_derived] #[allow(deprecated)]
            #impl_token #parameters #private::schema::Part for #ident #arguments #bounds #content
        }
    }

    /// The path of the type and the key of its name, as arguments of a constructor.
    fn place(&self) -> TokenStream {
        let path = spans::plain(&self.ident);
        let key = Literal(name_key(&path));
        let path = Literal(path);
        quote!(::core::concat!(::core::module_path!(), "::", #path), #key)
    }

    /// The constant that reports a payload whose size is not known. rustc evaluates it always, and that of an impl only where it is used:
    /// for a generic type there.
    fn payload_check(&self, args: &MessageArgs) -> Option<TokenStream> {
        let KeepPayload { key, owned: None } = args.keep_payload.as_ref()? else { return None };
        let (private, own) = (args.crate_path.private(), spans::at_call_site(&self.ident));
        let cfgs = spans::cfgs(&self.attributes);
        self.generics.params.is_empty().then(|| {
            let check = spans::located(quote!(#private::Kept::<#own>::owns_nothing()), key.span());
            quote!(#(#cfgs)* const _: () = #check;)
        })
    }

    /// Whether a constant checks that the message and its reply are `Send`. A constant has no parameters.
    fn is_checked(&self, args: &MessageArgs) -> bool {
        let is_known = known_send::is_item(&self.item) && args.reply.as_ref().is_none_or(known_send::is_type);
        self.generics.params.is_empty() && !is_known
    }

    /// The type of the message and that of the reply, and the constant that checks them. If the check fails, both are error types:
    /// rustc reports the check, and no use of the message.
    fn checked(&self, args: &MessageArgs) -> (TokenStream, TokenStream, Option<TokenStream>) {
        let (ident, reply) = (&self.ident, reply(args));
        if !self.is_checked(args) || args.refused.is_some() {
            return (quote!(Self), reply, None);
        }
        let private = args.crate_path.private();
        let checked = |ty: &dyn ToTokens| quote!(<#ty as #private::assertions::If<{ <Self as #private::Carried>::CHECKED }>>::Type);
        let sent = quote!(#private::assertions::send);
        let check = quote! {
            const CHECKED: ::core::primitive::bool = { #sent::<#ident>(); #sent::<#reply>(); true };
        };
        (checked(&quote!(Self)), checked(&reply), Some(check))
    }

    fn contains_itself(&self) -> bool {
        let mut of_fields = match &self.item {
            Item::Struct(item) => item.fields.iter().map(|field| &field.ty).collect::<Vec<_>>(),
            Item::Enum(item) => {
                item.variants.iter().flat_map(|variant| &variant.fields).map(|field| &field.ty).collect()
            }
            _ => Vec::new(),
        }
        .into_iter();
        of_fields.any(|ty| spans::mentions(&ty.to_token_stream(), &self.ident))
    }

    /// The impl that says how a mailbox holds the message, and the warning if it is large. The size of a generic message is not
    /// known here.
    fn carried(&self, args: &MessageArgs, cfgs: &[Attribute]) -> TokenStream {
        let Self { ident, generics, .. } = self;
        let private = args.crate_path.private();
        let (parameters, arguments, bounds) = generics.split_for_impl();
        let own = spans::at_call_site(ident);
        let (carrier, answer, check) = self.checked(args);
        let carrier = match args.boxed {
            true => quote!(#private::Box<#carrier>),
            false => carrier,
        };
        let is_known = !args.boxed && generics.params.is_empty();
        // The size of a type that contains itself is an error, which is reported at its declaration.
        let is_measured = is_known && !large_message::is_small(&self.item) && !self.contains_itself();
        let warning = is_measured.then(|| large_message::warning(ident, &self.attributes));
        let (impl_token, kept) = (spans::impl_token(ident), kept(args));
        quote! {
            #(#cfgs)* #[automatically_derived] #[allow(deprecated)]
            #impl_token #parameters #private::Carried for #own #arguments #bounds {
                type Carrier = #carrier;
                type Answer = #answer;
                #check
                #kept
            }
            #warning
        }
    }
}

/// The constant with the name, the place and the schema, in each case of the conditions of `cfg_attr` on the type.
fn declared(args: &MessageArgs, cases: &[SchemaCase]) -> TokenStream {
    let private = args.crate_path.private();
    let named = args.name.as_ref().map(|name| {
        let key = Literal(name_key(&name.value()));
        quote!(.named(#name, #key))
    });
    let cases = cases.iter().map(|SchemaCase { cfg, made }| {
        quote!(#cfg const DECLARED: #private::Declared = #private::Declared::#made #named;)
    });
    quote!(#(#cases)*)
}

/// What a dead letter keeps: the text if the type is `Debug`, and the payload if the key says so.
fn kept(args: &MessageArgs) -> TokenStream {
    let private = args.crate_path.private();
    let payload = args.keep_payload.as_ref().map(|KeepPayload { owned, .. }| match owned {
        Some(owned) => quote!(.payload_of(#owned)),
        None => quote!(.payload()),
    });
    quote! {
        fn kept() -> #private::Kept<Self> { #private::TextOf::<Self>::OF.kept()#payload }
    }
}

/// The hash of the last segment of a name, FNV-1a: the library computes the same number for a trait that is implemented by hand.
fn name_key(name: &str) -> u64 {
    let segment = name.rsplit(':').next().unwrap_or(name);
    segment
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The type of the reply, as the user wrote it.
fn reply(args: &MessageArgs) -> TokenStream {
    if let Some(refused) = &args.refused {
        return refused.clone();
    }
    args.reply.as_ref().map_or_else(|| quote!(()), ToTokens::to_token_stream)
}

#[cfg(test)]
mod tests {
    use super::name_key;

    /// The library has the same test: both sides must compute the same number.
    #[test]
    fn the_key_of_a_name_is_the_hash_of_its_last_segment() {
        for name in ["Ping", "bank::Ping", "a::b::Ping"] {
            assert_eq!(name_key(name), 0xe9be_e119_c6a3_7b89, "{name}");
        }
        assert_eq!(name_key(""), 0xcbf2_9ce4_8422_2325);
    }
}

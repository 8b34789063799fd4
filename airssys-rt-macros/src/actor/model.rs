//! The declared actor: messages, events, hooks and edges, from the arguments and methods of `#[actor]`.
//!
//! What rustc can check is left to one assertion in the generated code.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Field, GenericParam, Generics, LitStr, Type};

use super::args::ActorArgs;
use super::codegen::LARGEST_ENUM;
use super::edges::{self, DeclaredEdge, listed_twice};
use super::item::{ActorItem, Method};
use super::open::Open;
use super::role::{MarkedRole, MethodRole};
use super::signature::{self, Call, Output, ReadSignature};
use super::task_lifetimes;
use crate::errors::Errors;
use crate::list_entry::ListEntry;
use crate::spans::{self, quoted};
use crate::tokens::{parse_quote, quote};
use crate::{editor, hygiene};

/// The declared actor.
pub(super) struct ActorModel {
    pub(super) self_ty: Type,
    /// The last segment of the type, at the user's span.
    pub(super) ident: Ident,
    pub(super) generics: Generics,
    pub(super) cfgs: Vec<Attribute>,
    /// The fields of the struct form.
    pub(super) fields: Vec<Field>,
    /// The messages and then the events; each in the order of the methods, then of the list.
    pub(super) inputs: Vec<Input>,
    pub(super) terminated: Option<TerminatedHook>,
    pub(super) hooks: Vec<(MethodRole, Call)>,
    pub(super) publishes: Vec<PublishedEvent>,
    pub(super) asks: Vec<DeclaredEdge>,
    pub(super) tells: Vec<DeclaredEdge>,
    /// The messages that this actor tells to any actor that handles them.
    pub(super) tells_any: Vec<DeclaredEdge>,
    pub(super) spawns: Vec<DeclaredEdge>,
    /// What is permitted beyond the declaration, after an error.
    pub(super) open: Option<Open>,
}

/// One variant of the message enum.
pub(super) struct Input {
    pub(super) ty: Type,
    pub(super) variant: Ident,
    pub(super) is_event: bool,
    /// Whether the message comes from outside of the system.
    pub(super) is_entry: bool,
    pub(super) handler: HandlerSource,
}

/// Where the handler of an input is.
pub(super) enum HandlerSource {
    /// A method of the block.
    Method(Call),
    /// An impl of `Handler` or `Subscriber`.
    Impl,
}

impl HandlerSource {
    pub(super) fn cfgs(&self) -> &[Attribute] {
        match self {
            Self::Method(call) => &call.cfgs,
            Self::Impl => &[],
        }
    }
}

/// The `#[on_terminated]` method.
pub(super) struct TerminatedHook {
    /// The type of its parameter; `None` if the call is broken.
    pub(super) ty: Option<Type>,
    pub(super) call: Call,
}

/// One variant of the event enum.
pub(super) struct PublishedEvent {
    pub(super) ty: Type,
    pub(super) variant: Ident,
    /// The reason why a cycle through this event cannot deadlock.
    pub(super) cycle: Option<LitStr>,
}

impl ActorModel {
    pub(super) fn read(args: &ActorArgs, item: &mut ActorItem, errors: &mut Errors) -> Option<Self> {
        let Some(ident) = spans::type_ident(item.self_ty()).cloned() else {
            errors.at(item.self_ty(), "expected the name of the actor's type: `impl Account { .. }`");
            return None;
        };
        item.own(errors);
        item.add_bounds();
        let mut actor = Self {
            self_ty: item.self_ty().clone(),
            ident,
            generics: item.generics().clone(),
            cfgs: spans::cfgs(item.attributes()),
            fields: item.fields().to_vec(),
            inputs: Vec::new(),
            terminated: None,
            hooks: Vec::new(),
            publishes: Vec::new(),
            asks: Vec::new(),
            tells: Vec::new(),
            tells_any: Vec::new(),
            spawns: Vec::new(),
            open: None,
        };
        actor.methods(item, args, errors);
        // The impls of an item of another kind may be missing.
        if !item.is_misplaced() {
            actor.impls(args, errors);
        }
        actor.inputs.sort_by_key(|input| input.is_event);
        if actor.inputs.is_empty() && actor.terminated.is_none() {
            if errors.is_empty() && !item.is_unfinished() {
                errors.at(&actor.ident, actor.handles_nothing(item));
                // The attribute may also be on the impl block that holds the handlers.
                if matches!(item, ActorItem::Data(_)) && args.has_no_list() {
                    return None;
                }
            }
            actor.open();
        }
        if item.is_unfinished() {
            actor.open.get_or_insert_default().is_unfinished = true;
        }
        actor.lists(args, errors);
        actor.limit(errors);
        Some(actor)
    }

    /// Whether the type mentions the actor or one of its parameters.
    fn is_generic(&self, ty: &Type) -> bool {
        let parameters = self.generics.params.iter().filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => Some(&parameter.ident),
            GenericParam::Const(parameter) => Some(&parameter.ident),
            GenericParam::Lifetime(_) => None,
        });
        let own = Ident::new("Self", Span::call_site());
        parameters.chain([&own]).any(|name| spans::mentions(&ty.to_token_stream(), name))
    }

    /// Permits every message: which ones the actor handles is not known after an error.
    fn open(&mut self) {
        self.open.get_or_insert_default();
    }

    /// Reports the first type beyond the largest enum of the library.
    fn limit(&mut self, errors: &mut Errors) {
        let limit = LARGEST_ENUM - usize::from(self.terminated.is_some());
        if let Some(beyond) = self.inputs.get(limit) {
            let text = format!(
                "`{}` handles more than {limit} types of messages and events, and this is one too many\n\
                 make several of them variants of one message: `#[message] pub enum .. {{ .. }}`, or divide the actor",
                self.ident
            );
            errors.at(&beyond.ty, text);
            self.inputs.truncate(limit);
            self.open();
        }
        if let Some(beyond) = self.publishes.get(LARGEST_ENUM) {
            let text = format!(
                "`{}` publishes more than {LARGEST_ENUM} types of events, and this is one too many\n\
                 make several of them variants of one event: `#[event] pub enum .. {{ .. }}`",
                self.ident
            );
            errors.at(&beyond.ty, text);
            self.publishes.truncate(LARGEST_ENUM);
        }
    }

    /// The error for an actor that handles nothing.
    fn handles_nothing(&self, item: &ActorItem) -> String {
        let name = &self.ident;
        match item {
            ActorItem::Data(_) => format!(
                "the actor `{name}` handles nothing\n\
                 list the types that it handles: `#[actor(handles(..), subscribes(..))]`, \
                 or put `#[actor]` on the impl block that holds its handlers"
            ),
            ActorItem::Block(_) => {
                format!("the actor `{name}` has no `#[handler]` and no `#[on_event]` method")
            }
        }
    }

    /// Adds the inputs that are handled by impls of traits.
    fn impls(&mut self, args: &ActorArgs, errors: &mut Errors) {
        for listed in &args.handles {
            self.input(listed.ty.clone(), listed.marked, MethodRole::Handler, HandlerSource::Impl, errors);
        }
        for listed in &args.subscribes {
            self.input(listed.ty.clone(), false, MethodRole::OnEvent, HandlerSource::Impl, errors);
        }
    }

    fn methods(&mut self, item: &mut ActorItem, args: &ActorArgs, errors: &mut Errors) {
        for method in item.methods() {
            if let Some(marked) = MethodRole::take(&mut method.attributes, errors) {
                self.method(marked, method, args, errors);
                if editor::is_on() {
                    // It leads to a method only if all tokens of the method have places in it.
                    continue;
                }
                task_lifetimes::name(method);
                // The framework decides the signature, so these lints would report it to the user without reason.
                let allow = hygiene::for_clippy(|| -> Attribute {
                    parse_quote! {
                        #[allow(
                            clippy::missing_const_for_fn,
                            clippy::needless_pass_by_ref_mut,
                            clippy::needless_pass_by_value,
                            clippy::unnecessary_wraps,
                            clippy::unused_async,
                            clippy::unused_self
                        )]
                    }
                });
                method.attributes.splice(..0, allow);
            }
        }
    }

    fn method(&mut self, marked: MarkedRole, method: &mut Method, args: &ActorArgs, errors: &mut Errors) {
        let MarkedRole { role, is_entry, reply } = marked;
        let ReadSignature { mut call, input, refusal } =
            signature::read(role, &mut method.signature, &method.attributes, errors);
        if let Some(refusal) = refusal {
            match &input {
                // A constant has no parameters.
                Some(message) if !self.is_generic(message) => {
                    method.refuse(&refusal, message, &args.crate_path.private());
                }
                _ => errors.at(refusal.at, refusal.text),
            }
        }
        if let Some((at, text)) = reply {
            call.broken = true;
            self.open();
            errors.at(at, text);
        }
        match (role, input) {
            // An actor with a broken `#[on_terminated]` method may still watch: otherwise that would be a second error.
            (MethodRole::OnTerminated, ty) => self.terminated(ty, call, errors),
            (MethodRole::Handler | MethodRole::OnEvent, Some(ty)) => {
                call.output = match call.output {
                    Output::Value(reply) => Output::Value(self.without_self(reply)),
                    Output::OrFault(reply) => Output::OrFault(self.without_self(reply)),
                    Output::Named(ty) => Output::Named(self.without_self(ty)),
                };
                call.broken |= self.is_reserved(call.output.written(), errors);
                self.input(ty, is_entry, role, HandlerSource::Method(call), errors);
            }
            (MethodRole::Handler, None) => self.open(),
            (MethodRole::OnEvent, None) => {}
            (_, _) => self.hook(role, call, errors),
        }
    }

    fn input(
        &mut self,
        ty: Type,
        is_entry: bool,
        role: MethodRole,
        handler: HandlerSource,
        errors: &mut Errors,
    ) {
        let is_event = role == MethodRole::OnEvent;
        let noun = if is_event { "an event" } else { "a message" };
        let Some(variant) = self.variant(&ty, noun, errors) else {
            if !is_event {
                self.open();
            }
            return;
        };
        let same = self.inputs.iter().find(|input| {
            // Of two methods under `#[cfg(..)]`, rustc finds out whether both exist.
            input.variant == variant && (input.handler.cfgs().is_empty() || handler.cfgs().is_empty())
        });
        if let Some(first) = same {
            if quoted(&first.ty) == quoted(&ty) {
                match &first.handler {
                    HandlerSource::Method(call) => {
                        errors.at(&ty, format!("`{}` is already handled by `{}`", quoted(&ty), call.method));
                    }
                    HandlerSource::Impl if first.is_event == is_event => {
                        listed_twice(&ty, if is_event { "subscribes" } else { "handles" }, errors);
                    }
                    HandlerSource::Impl => {
                        errors.at(&ty, format!("`{}` is already listed in `handles(..)`", quoted(&ty)))
                    }
                }
                return;
            }
            errors.at(&ty, homonyms(&first.ty, &ty, &variant, "message"));
            // The two may be one type, so the second is not listed; and what is sent to the actor is no further mistake.
            self.open();
            return;
        }
        self.inputs.push(Input { ty, variant, is_event, is_entry, handler });
    }

    fn terminated(&mut self, ty: Option<Type>, call: Call, errors: &mut Errors) {
        match &self.terminated {
            Some(first) => already(MethodRole::OnTerminated, &first.call, &call, errors),
            None => self.terminated = Some(TerminatedHook { ty, call }),
        }
    }

    fn hook(&mut self, role: MethodRole, call: Call, errors: &mut Errors) {
        match self.hooks.iter().find(|(other, _)| *other == role) {
            Some((_, first)) => already(role, first, &call, errors),
            None => self.hooks.push((role, call)),
        }
    }

    fn lists(&mut self, args: &ActorArgs, errors: &mut Errors) {
        for ListEntry { ty, cycle, .. } in &args.publishes {
            let Some(variant) = self.variant(ty, "an event", errors) else {
                continue;
            };
            match self.publishes.iter().find(|published| published.variant == variant) {
                Some(first) if quoted(&first.ty) == quoted(ty) => listed_twice(ty, "publishes", errors),
                Some(first) => errors.at(ty, homonyms(&first.ty, ty, &variant, "event")),
                None => self.publishes.push(PublishedEvent { ty: ty.clone(), variant, cycle: cycle.clone() }),
            }
        }
        for any in args.asks.iter().filter(|asked| asked.marked) {
            errors.at(
                &any.ty,
                "an actor waits for the actor that it asks, so `asks(..)` must name it: `asks(Type, ..)`\n\
                 only `tells(..)` takes `any`",
            );
        }
        self.asks = edges::declared(&args.asks, false, "asks", "an actor", errors);
        self.tells = edges::told(&args.tells, &args.try_tells, errors);
        self.tells_any = edges::declared(&args.tells, true, "tells", "a message", errors);
        self.spawns = edges::declared(&args.spawns, false, "spawns", "an actor", errors);
        edges::check_self_ask(&self.self_ty, &mut self.asks, errors);
    }

    /// The name of the variant for a type; `noun` is what the type should be, with its article.
    fn variant(&self, ty: &Type, noun: &str, errors: &mut Errors) -> Option<Ident> {
        let Some(ident) = spans::type_ident(ty) else {
            errors.at(ty, format!("expected the name of the type of {noun}"));
            return None;
        };
        (!self.is_reserved(ty, errors)).then(|| ident.clone())
    }

    /// Reports a type that has the name of a generated enum, which would hide it.
    fn is_reserved(&self, named: &impl ToTokens, errors: &mut Errors) -> bool {
        let reserved = ["Message", "Event"].map(|kind| format!("{}{kind}", spans::plain(&self.ident)));
        let named = named.to_token_stream();
        let Some(taken) = reserved.iter().find(|reserved| quoted(&named) == **reserved) else {
            return false;
        };
        let text = format!(
            "the name `{taken}` is taken by the enum that `#[actor]` generates for `{}`\n\
             rename the type, or import it under another name: `use .. as ..`",
            self.ident
        );
        errors.at(named, text);
        true
    }

    /// Replaces `Self` by the actor's type: the tokens are used outside of the impl block.
    pub(super) fn without_self(&self, tokens: TokenStream) -> TokenStream {
        let replace = |token| match token {
            TokenTree::Ident(ident) if ident == "Self" => self.self_ty.to_token_stream(),
            TokenTree::Group(group) => {
                let mut replaced = Group::new(group.delimiter(), self.without_self(group.stream()));
                replaced.set_span(group.span());
                quote!(#replaced)
            }
            token => token.into(),
        };
        tokens.into_iter().flat_map(replace).collect()
    }
}

fn already(role: MethodRole, first: &Call, second: &Call, errors: &mut Errors) {
    let text = format!("`#[{}]` is already given by `{}`", role.attribute(), first.method);
    errors.at(&second.method, text);
}

fn homonyms(first: &Type, second: &Type, variant: &Ident, noun: &str) -> String {
    format!(
        "`{}` and `{}` would both be the variant `{variant}` of the {noun} enum\n\
         import one of them under another name: `use .. as ..`; if they are one type, name it once",
        quoted(first),
        quoted(second)
    )
}

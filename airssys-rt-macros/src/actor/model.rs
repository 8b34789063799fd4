//! The actor as the user declared it. Whatever rustc can check is left to one assertion in the generated
//! code.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Field, Generics, LitStr, Type};

use super::args::Args;
use super::method::{self, Call, Output};
use super::role::Role;
use super::syntax::{Method, Subject};
use crate::errors::Errors;
use crate::listed::Listed;
use crate::spans::{self, text};

pub(super) struct Actor {
    pub(super) self_ty: Type,
    /// The last segment of the type, at the user's span.
    pub(super) ident: Ident,
    pub(super) generics: Generics,
    pub(super) cfgs: Vec<Attribute>,
    /// Of the struct form.
    pub(super) fields: Vec<Field>,
    /// Messages first; each in the order of the methods, then of the list.
    pub(super) inputs: Vec<Input>,
    pub(super) terminated: Option<Heard>,
    pub(super) hooks: Vec<(Role, Call)>,
    pub(super) publishes: Vec<Published>,
    pub(super) asks: Vec<Reached>,
    pub(super) tells: Vec<Reached>,
    /// The messages that it tells to any actor.
    pub(super) tells_any: Vec<Reached>,
    pub(super) spawns: Vec<Reached>,
}

/// A type in one of the lists.
pub(super) struct Reached {
    pub(super) ty: Type,
    /// Why a cycle through it is meant.
    pub(super) cycle: Option<LitStr>,
}

impl Reached {
    fn new(listed: &Listed) -> Self {
        Self { ty: listed.ty.clone(), cycle: listed.cycle.clone() }
    }
}

/// One variant of the message enum.
pub(super) struct Input {
    pub(super) ty: Type,
    pub(super) variant: Ident,
    pub(super) is_event: bool,
    /// It comes from outside.
    pub(super) is_entry: bool,
    pub(super) by: By,
}

/// What handles it.
pub(super) enum By {
    Method(Call),
    /// An impl of `Handler` or `Subscriber`.
    Impl,
}

impl By {
    pub(super) fn cfgs(&self) -> &[Attribute] {
        match self {
            Self::Method(call) => &call.cfgs,
            Self::Impl => &[],
        }
    }
}

/// The method that hears of an end.
pub(super) struct Heard {
    /// The type of its parameter; without one the call is broken.
    pub(super) ty: Option<Type>,
    pub(super) call: Call,
}

/// One variant of the event enum.
pub(super) struct Published {
    pub(super) ty: Type,
    pub(super) variant: Ident,
    /// Why a cycle through it is meant.
    pub(super) cycle: Option<LitStr>,
}

impl Actor {
    pub(super) fn read(args: &Args, subject: &mut Subject, errors: &mut Errors) -> Option<Self> {
        let Some(ident) = spans::type_ident(subject.self_ty()).cloned() else {
            errors.at(subject.self_ty(), "expected the name of the actor's type: `impl Account { .. }`");
            return None;
        };
        if let Some(lifetime) = subject.generics().lifetimes().next() {
            errors.at(
                &lifetime.lifetime,
                "an actor cannot borrow: it outlives the scope that spawns it\n\
                 use owned types (`String`, `Arc<..>`) and drop the lifetime",
            );
            return None;
        }
        let mut actor = Self {
            self_ty: subject.self_ty().clone(),
            ident,
            generics: subject.generics().clone(),
            cfgs: spans::cfgs(subject.attributes()),
            fields: subject.fields().to_vec(),
            inputs: Vec::new(),
            terminated: None,
            hooks: Vec::new(),
            publishes: Vec::new(),
            asks: Vec::new(),
            tells: Vec::new(),
            tells_any: Vec::new(),
            spawns: Vec::new(),
        };
        actor.methods(subject, errors);
        actor.impls(args, errors);
        actor.inputs.sort_by_key(|input| input.is_event);
        if actor.inputs.is_empty() && actor.terminated.is_none() && errors.is_empty() {
            errors.at(&actor.ident, actor.idle(subject));
        }
        actor.lists(args, errors);
        Some(actor)
    }

    /// What to say of an actor that nobody can reach.
    fn idle(&self, subject: &Subject) -> String {
        let name = &self.ident;
        match subject {
            Subject::Data(_) => format!(
                "the actor `{name}` handles nothing\n\
                 list what it handles: `#[actor(handles(..), subscribes(..))]`, \
                 or put `#[actor]` on the impl block that holds its handlers"
            ),
            Subject::Block(_) => {
                format!("the actor `{name}` has no `#[handler]` and no `#[on_event]` method")
            }
        }
    }

    /// What is handled by impls of traits.
    fn impls(&mut self, args: &Args, errors: &mut Errors) {
        for listed in &args.handles {
            self.input(listed.ty.clone(), listed.marked, Role::Handler, By::Impl, errors);
        }
        for listed in &args.subscribes {
            self.input(listed.ty.clone(), false, Role::OnEvent, By::Impl, errors);
        }
    }

    fn methods(&mut self, subject: &mut Subject, errors: &mut Errors) {
        for method in subject.methods() {
            if let Some((role, is_entry)) = Role::take(&mut method.attributes, errors) {
                self.method(role, is_entry, method, errors);
                // The framework decides the signature, so these would blame the user for it.
                method.attributes.insert(
                    0,
                    syn::parse_quote! {
                        #[allow(
                            clippy::missing_const_for_fn,
                            clippy::needless_pass_by_ref_mut,
                            clippy::needless_pass_by_value,
                            clippy::unnecessary_wraps,
                            clippy::unused_async,
                            clippy::unused_self
                        )]
                    },
                );
            }
        }
    }

    fn method(&mut self, role: Role, is_entry: bool, method: &Method, errors: &mut Errors) {
        let (signature, attributes) = (&method.signature, &method.attributes);
        let read = method::read(role, signature, attributes, errors);
        if role == Role::OnTerminated {
            // Even a broken one lets the actor watch: otherwise that would be one more error.
            let (call, ty) = read.unwrap_or_else(|| (Call::broken(signature, attributes), None));
            self.terminated(ty, call, errors);
            return;
        }
        match read {
            Some((mut call, Some(ty))) if role != Role::OnError => {
                call.output = match call.output {
                    Output::Value(reply) => Output::Value(self.own(reply)),
                    Output::OrFault(reply) => Output::OrFault(self.own(reply)),
                };
                call.broken |= self.shadows(call.output.reply(), errors);
                self.input(ty, is_entry, role, By::Method(call), errors);
            }
            Some((call, _)) => self.hook(role, call, errors),
            None => {}
        }
    }

    fn input(&mut self, ty: Type, is_entry: bool, role: Role, by: By, errors: &mut Errors) {
        let is_event = role == Role::OnEvent;
        let one = if is_event { "an event" } else { "a message" };
        let Some(mut variant) = self.variant(&ty, one, errors) else {
            return;
        };
        let same = self.inputs.iter().find(|input| {
            // Two methods under `#[cfg(..)]` are for rustc to tell apart.
            input.variant == variant && (input.by.cfgs().is_empty() || by.cfgs().is_empty())
        });
        if let Some(first) = same {
            if text(&first.ty) == text(&ty) {
                match &first.by {
                    By::Method(call) => {
                        errors.at(&ty, format!("`{}` is already handled by `{}`", text(&ty), call.method));
                    }
                    By::Impl if first.is_event == is_event => {
                        twice(&ty, if is_event { "subscribes" } else { "handles" }, errors);
                    }
                    By::Impl => errors.at(&ty, format!("`{}` is already listed in `handles(..)`", text(&ty))),
                }
                return;
            }
            errors.at(&ty, homonyms(&first.ty, &ty, &variant, "message"));
            variant = format_ident!("__{}{}", spans::plain(&variant), self.inputs.len());
        }
        self.inputs.push(Input { ty, variant, is_event, is_entry, by });
    }

    fn terminated(&mut self, ty: Option<Type>, call: Call, errors: &mut Errors) {
        match &self.terminated {
            Some(first) => already(Role::OnTerminated, &first.call, &call, errors),
            None => self.terminated = Some(Heard { ty, call }),
        }
    }

    fn hook(&mut self, role: Role, call: Call, errors: &mut Errors) {
        match self.hooks.iter().find(|(other, _)| *other == role) {
            Some((_, first)) => already(role, first, &call, errors),
            None => self.hooks.push((role, call)),
        }
    }

    fn lists(&mut self, args: &Args, errors: &mut Errors) {
        for Listed { ty, cycle, .. } in &args.publishes {
            let Some(variant) = self.variant(ty, "an event", errors) else {
                continue;
            };
            match self.publishes.iter().find(|published| published.variant == variant) {
                Some(first) if text(&first.ty) == text(ty) => twice(ty, "publishes", errors),
                Some(first) => errors.at(ty, homonyms(&first.ty, ty, &variant, "event")),
                None => self.publishes.push(Published { ty: ty.clone(), variant, cycle: cycle.clone() }),
            }
        }
        for any in args.asks.iter().filter(|asked| asked.marked) {
            errors.at(
                &any.ty,
                "an actor asks only actors that it names, because it waits for them: name them, `asks(Type, ..)`\n\
                 only `tells(..)` takes `any`",
            );
        }
        self.asks = distinct(reached(&args.asks, false), "asks", "an actor", errors);
        self.tells = distinct(reached(&args.tells, false), "tells", "an actor", errors);
        self.tells_any = distinct(reached(&args.tells, true), "tells", "a message", errors);
        self.spawns = distinct(reached(&args.spawns, false), "spawns", "an actor", errors);
        self.asks_itself(errors);
    }

    /// An actor that names itself is found here; one that goes by another name, by the system.
    fn asks_itself(&mut self, errors: &mut Errors) {
        let own = text(&self.self_ty);
        for asked in &mut self.asks {
            if asked.cycle.is_none() && [own.as_str(), "Self"].contains(&text(&asked.ty).as_str()) {
                let why = format!(
                    "an actor that asks its own type can wait for itself\n\
                     make it a `tell`, or say why it cannot: `asks({}, cycle = \"why\")`",
                    text(&asked.ty)
                );
                errors.at(&asked.ty, why);
                // It is reported; the system need not find it again.
                asked.cycle = Some(LitStr::new("", proc_macro2::Span::call_site()));
            }
        }
    }

    /// The name of the variant for a type.
    fn variant(&self, ty: &Type, one: &str, errors: &mut Errors) -> Option<Ident> {
        let Some(ident) = spans::type_ident(ty) else {
            errors.at(ty, format!("expected the name of the type of {one}"));
            return None;
        };
        (!self.shadows(ty, errors)).then(|| ident.clone())
    }

    /// Whether a generated enum would stand for what the user named.
    fn shadows(&self, named: &impl ToTokens, errors: &mut Errors) -> bool {
        let reserved = ["Message", "Event"].map(|kind| format!("{}{kind}", spans::plain(&self.ident)));
        let named = named.to_token_stream();
        let Some(taken) = reserved.iter().find(|reserved| text(&named) == **reserved) else {
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

    /// The tokens with `Self` written out: they are used outside of the impl block.
    pub(super) fn own(&self, tokens: TokenStream) -> TokenStream {
        let replace = |token| match token {
            TokenTree::Ident(ident) if ident == "Self" => self.self_ty.to_token_stream(),
            TokenTree::Group(group) => {
                let mut replaced = Group::new(group.delimiter(), self.own(group.stream()));
                replaced.set_span(group.span());
                quote!(#replaced)
            }
            token => token.into(),
        };
        tokens.into_iter().flat_map(replace).collect()
    }
}

fn reached(listed: &[Listed], marked: bool) -> Vec<Reached> {
    let listed = listed.iter().filter(|listed| listed.marked == marked);
    listed.map(Reached::new).collect()
}

/// The types of a list, each once. `one` is what they name.
fn distinct(listed: Vec<Reached>, key: &str, one: &str, errors: &mut Errors) -> Vec<Reached> {
    let mut kept: Vec<Reached> = Vec::new();
    for reached in listed {
        let ty = &reached.ty;
        if spans::type_ident(ty).is_none() {
            errors.at(ty, format!("expected the name of the type of {one}"));
        } else if kept.iter().any(|other| text(&other.ty) == text(ty)) {
            twice(ty, key, errors);
        } else {
            kept.push(reached);
        }
    }
    kept
}

fn already(role: Role, first: &Call, second: &Call, errors: &mut Errors) {
    let text = format!("`#[{}]` is already given by `{}`", role.attribute(), first.method);
    errors.at(&second.method, text);
}

fn twice(ty: &Type, key: &str, errors: &mut Errors) {
    errors.at(ty, format!("`{}` is listed twice in `{key}(..)`", text(ty)));
}

fn homonyms(first: &Type, second: &Type, variant: &Ident, noun: &str) -> String {
    format!(
        "`{}` and `{}` would both be the variant `{variant}` of the {noun} enum\n\
         import one of them under another name: `use .. as ..`",
        text(first),
        text(second)
    )
}

//! Parses the signature of a handler or a hook.
//!
//! Only mistakes that rustc would report badly are checked here.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Attribute, FnArg, GenericParam, PatType, ReceiverKind, ReturnType, Safety, Signature, Type};

use super::role::MethodRole;
use crate::errors::Errors;
use crate::message::fault_result;
use crate::spans;

/// How generated code calls a method.
pub(super) struct Call {
    pub(super) method: Ident,
    pub(super) awaits: bool,
    /// The type of the context parameter, if there is one.
    pub(super) context: Option<Span>,
    pub(super) output: Output,
    pub(super) cfgs: Vec<Attribute>,
    /// Whether the signature is wrong; generated code must not call such a method.
    pub(super) broken: bool,
}

impl Call {
    /// The call of a method whose signature cannot be read.
    pub(super) fn broken(signature: &Signature, attributes: &[Attribute]) -> Self {
        Self {
            method: signature.ident.clone(),
            awaits: false,
            context: None,
            output: Output::Value(quote!(())),
            cfgs: spans::cfgs(attributes),
            broken: true,
        }
    }
}

/// The return type of a method, as it is written; `()` if there is no `->`.
pub(super) enum Output {
    Value(TokenStream),
    /// `Result<.., Fault>`.
    OrFault(TokenStream),
}

impl Output {
    pub(super) const fn written(&self) -> &TokenStream {
        match self {
            Self::Value(ty) | Self::OrFault(ty) => ty,
        }
    }
}

/// Reads the signature. The returned type is that of the message or the event, for a role that takes one.
pub(super) fn read(
    role: MethodRole,
    signature: &Signature,
    attributes: &[Attribute],
    errors: &mut Errors,
) -> Option<(Call, Option<Type>)> {
    let mut reader = SignatureReader { role, signature, errors, broken: false };
    reader.qualifiers()?;
    let mut rest = signature.inputs.iter().skip(usize::from(reader.receiver()));
    let input = match role.input() {
        Some(noun) => Some(reader.input(noun, rest.next())?),
        None => None,
    };
    let context = reader.context(&mut rest);
    let output = reader.output();
    let call = Call {
        method: signature.ident.clone(),
        awaits: signature.asyncness.is_some(),
        context,
        output,
        cfgs: spans::cfgs(attributes),
        broken: reader.broken,
    };
    Some((call, input))
}

struct SignatureReader<'a> {
    role: MethodRole,
    signature: &'a Signature,
    errors: &'a mut Errors,
    broken: bool,
}

impl SignatureReader<'_> {
    fn fail(&mut self, at: impl ToTokens, text: impl std::fmt::Display) {
        self.broken = true;
        self.errors.at(at, text);
    }

    /// An example of the right signature: `fn name(&mut self, ..)`.
    fn sample(&self, context: bool) -> String {
        let input = match self.role {
            MethodRole::OnTerminated => ", terminated: Terminated".to_owned(),
            role => role.input().map(|noun| format!(", {noun}: ..")).unwrap_or_default(),
        };
        let context = if context { ", ctx: &mut ActorContext<Self>" } else { "" };
        format!("`fn {}(&mut self{input}{context})`", self.signature.ident)
    }

    fn qualifiers(&mut self) -> Option<()> {
        if let Safety::Unsafe(word) = &self.signature.safety {
            self.fail(word, format!("{} cannot be unsafe: the framework calls it", self.role.one()));
        }
        let mut parameters = self.signature.generics.params.iter();
        let Some(parameter) = parameters.find(|parameter| !matches!(parameter, GenericParam::Lifetime(_)))
        else {
            return Some(());
        };
        let why = match self.role.input() {
            Some(noun) if matches!(self.role, MethodRole::Handler | MethodRole::OnEvent) => format!(
                "{} cannot be generic: the {noun}s of an actor are a closed set\n\
                 put the parameter on the impl block, or write one for each type",
                self.role.one()
            ),
            _ => format!(
                "{} cannot be generic: the framework calls it without type arguments",
                self.role.one()
            ),
        };
        self.fail(parameter, why);
        None
    }

    /// Checks the `self` parameter. Returns whether there is one.
    fn receiver(&mut self) -> bool {
        let one = self.role.one();
        let Some(FnArg::Receiver(receiver)) = self.signature.inputs.first() else {
            let sample = self.sample(false);
            self.fail(&self.signature.ident, format!("{one} starts with `&mut self` or `&self`: {sample}"));
            return false;
        };
        let borrowed = match &receiver.kind {
            ReceiverKind::Reference(..) => true,
            ReceiverKind::Typed(_, ty) => matches!(&**ty, Type::Reference(_)),
            _ => false,
        };
        if !borrowed {
            self.fail(
                receiver,
                format!("{one} takes `&mut self` or `&self`: the actor lives on after the message"),
            );
        }
        true
    }

    fn input(&mut self, noun: &str, argument: Option<&FnArg>) -> Option<Type> {
        let Some(FnArg::Typed(argument)) = argument else {
            let text = format!("`{}` takes no {noun}: {}", self.signature.ident, self.sample(false));
            self.fail(&self.signature.ident, text);
            return None;
        };
        if is_context(argument) {
            let text = format!("the {noun} comes first: {}", self.sample(true));
            self.fail(argument, text);
            return None;
        }
        let mut ty = &*argument.ty;
        if let Type::Reference(reference) = ty {
            self.fail(reference, format!("take the {noun} by value: it is moved into the method"));
            ty = &reference.elem;
        }
        if spans::type_ident(ty).is_none() {
            self.fail(ty, format!("expected the name of the type of the {noun}"));
            return None;
        }
        Some(ty.clone())
    }

    /// Reads the parameters after the input: the context, or none.
    fn context<'a>(&mut self, rest: &mut impl Iterator<Item = &'a FnArg>) -> Option<Span> {
        let FnArg::Typed(argument) = rest.next()? else {
            return None;
        };
        let place = match &*argument.ty {
            Type::Reference(reference) if reference.mutability.is_some() => spans::first(&reference.elem),
            _ => {
                let takes = self.takes();
                self.fail(argument, takes);
                return None;
            }
        };
        if let Some(extra) = rest.next() {
            let takes = self.takes();
            self.fail(extra, takes);
        }
        Some(place)
    }

    fn takes(&self) -> String {
        let input = self.role.input().map_or_else(|| "`&mut self`".to_owned(), |noun| format!("one {noun}"));
        format!(
            "{} takes {input}, then, if it wants, `ctx: &mut ActorContext<Self>`, and nothing else",
            self.role.one()
        )
    }

    fn output(&mut self) -> Output {
        let ReturnType::Type(_, ty) = &self.signature.output else {
            let name = &self.signature.ident;
            if self.role == MethodRole::OnError {
                self.fail(
                    name,
                    format!(
                        "an `#[on_error]` method returns an `ErrorAction`: `fn {name}(..) -> ErrorAction`"
                    ),
                );
            }
            return Output::Value(quote_spanned!(name.span()=> ()));
        };
        if let Type::ImplTrait(_) = &**ty {
            self.fail(ty, "a reply needs a named type: `impl Trait` cannot be the reply type of a message");
            return Output::Value(quote!(()));
        }
        match fault_result(ty) {
            Some(reply) => self.or_fault(ty, reply),
            None => self.value(ty),
        }
    }

    fn or_fault(&mut self, ty: &Type, reply: &Type) -> Output {
        if self.role == MethodRole::OnError || (self.role != MethodRole::Handler && !is_unit(reply)) {
            let text = self.returns();
            self.fail(reply, text);
        }
        Output::OrFault(ty.to_token_stream())
    }

    fn value(&mut self, ty: &Type) -> Output {
        if !matches!(self.role, MethodRole::Handler | MethodRole::OnError) && !is_unit(ty) {
            let text = self.returns();
            self.fail(ty, text);
        }
        Output::Value(ty.to_token_stream())
    }

    fn returns(&self) -> String {
        let one = self.role.one();
        match self.role {
            MethodRole::OnEvent => {
                format!(
                    "an event has no reply: its publisher does not wait for one\n{one} returns nothing or `Result<(), Fault>`"
                )
            }
            MethodRole::OnError => format!("{one} returns `ErrorAction`"),
            _ => format!("{one} returns nothing or `Result<(), Fault>`"),
        }
    }
}

fn is_unit(ty: &Type) -> bool {
    matches!(ty, Type::Tuple(tuple) if tuple.elems.is_empty())
}

/// Whether the parameter is a context by the name of its type. Used only for the error about parameters in the wrong order:
/// elsewhere the context is the parameter after the input, without regard to the name of its type.
fn is_context(argument: &PatType) -> bool {
    match &*argument.ty {
        Type::Reference(reference) => {
            spans::type_ident(&reference.elem).is_some_and(|ident| ident == "ActorContext")
        }
        _ => false,
    }
}

//! Parses the signature of a handler or a hook.
//!
//! Only mistakes that rustc would report badly are checked here.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{
    Attribute, FnArg, GenericArgument, GenericParam, Pat, PatType, PathArguments, ReceiverKind, ReturnType,
    Safety, Signature, Type,
};

use super::role::MethodRole;
use crate::errors::Errors;
use crate::message::fault_result;
use crate::reply_type::{self, Refusal};
use crate::spans::{self, quoted};
use crate::tokens::{parse_quote, quote};

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

/// What is read of a signature.
pub(super) struct ReadSignature {
    pub(super) call: Call,
    /// The type of the message or the event, for a role that takes one. `None` if it cannot be read, which is reported.
    pub(super) input: Option<Type>,
    /// Why the type that a handler returns cannot be a reply. It is not reported yet, because the message may declare the same type.
    pub(super) refusal: Option<Refusal>,
}

/// The return type of a method, as it is written; `()` if there is no `->`.
pub(super) enum Output {
    Value(TokenStream),
    /// `Result<.., Fault>`.
    OrFault(TokenStream),
    /// A type of a method without an answer, which may be another name of `Result<(), Fault>`.
    Named(TokenStream),
}

impl Output {
    pub(super) const fn written(&self) -> &TokenStream {
        match self {
            Self::Value(ty) | Self::OrFault(ty) | Self::Named(ty) => ty,
        }
    }
}

/// Reads the signature. Only the first error of a method is reported.
pub(super) fn read(
    role: MethodRole,
    signature: &mut Signature,
    attributes: &[Attribute],
    errors: &mut Errors,
) -> ReadSignature {
    let mut reader = SignatureReader { role, signature, errors, broken: false, refusal: None };
    reader.qualifiers();
    let mut rest = signature.inputs.iter().skip(usize::from(reader.receiver()));
    let input = role.input().and_then(|noun| reader.input(noun, &mut rest));
    let context = reader.context(&mut rest);
    let output = reader.output();
    let call = Call {
        method: signature.ident.clone(),
        awaits: signature.asyncness.is_some(),
        context,
        output,
        cfgs: spans::cfgs(attributes),
        broken: reader.broken || reader.refusal.is_some(),
    };
    let refusal = reader.refusal;
    if call.broken {
        lend_context(signature);
    }
    ReadSignature { call, input, refusal }
}

/// Makes a context that is taken by value or by a shared reference a `&mut` context, so that the body of the method, which is written
/// for a context, is not one more error.
fn lend_context(signature: &mut Signature) {
    for argument in &mut signature.inputs {
        let FnArg::Typed(argument) = argument else { continue };
        if !is_context(argument) {
            continue;
        }
        match &mut *argument.ty {
            Type::Reference(reference) => {
                reference.mutability.get_or_insert_with(Default::default);
            }
            ty => *ty = parse_quote!(&mut #ty),
        }
    }
}

struct SignatureReader<'a> {
    role: MethodRole,
    signature: &'a Signature,
    errors: &'a mut Errors,
    broken: bool,
    refusal: Option<Refusal>,
}

impl SignatureReader<'_> {
    fn fail(&mut self, at: impl ToTokens, text: impl std::fmt::Display) {
        if !std::mem::replace(&mut self.broken, true) {
            self.errors.at(at, text);
        }
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

    fn qualifiers(&mut self) {
        if let Safety::Unsafe(word) = &self.signature.safety {
            self.fail(word, format!("{} cannot be unsafe: the framework calls it", self.role.one()));
        }
        let mut parameters = self.signature.generics.params.iter();
        let Some(parameter) = parameters.find(|parameter| !matches!(parameter, GenericParam::Lifetime(_)))
        else {
            return;
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

    fn input<'a>(&mut self, noun: &str, rest: &mut impl Iterator<Item = &'a FnArg>) -> Option<Type> {
        let Some(FnArg::Typed(first)) = rest.next() else {
            let text = format!("`{}` takes no {noun}: {}", self.signature.ident, self.sample(false));
            self.fail(&self.signature.ident, text);
            return None;
        };
        let mut argument = first;
        if is_context(argument) {
            let text = format!("the {noun} comes first: {}", self.sample(true));
            self.fail(argument, text);
            let Some(FnArg::Typed(second)) = rest.next() else { return None };
            argument = second;
        }
        let mut ty = &*argument.ty;
        if let Type::Reference(reference) = ty {
            self.fail(reference, format!("take the {noun} by value: it is moved into the method"));
            ty = &reference.elem;
        }
        if self.takes_message() {
            while let Some((pointer, inner)) = in_pointer(ty) {
                self.fail(
                    ty,
                    format!("take the {noun} by value, without the `{pointer}`: `{}`", quoted(inner)),
                );
                ty = inner;
            }
            if is_plain(ty) {
                self.fail(ty, self.not_a_message(ty, &argument.pat));
                return None;
            }
        }
        if spans::type_ident(ty).is_none() {
            let text = self.unnamed(ty, noun);
            self.fail(ty, text);
            return None;
        }
        let is_of_method = self
            .signature
            .generics
            .type_params()
            .any(|parameter| spans::mentions(&ty.to_token_stream(), &parameter.ident));
        (!is_of_method).then(|| ty.clone())
    }

    /// The error for an input whose type has no name.
    fn unnamed(&self, ty: &Type, noun: &str) -> String {
        match ty {
            Type::ImplTrait(_) | Type::TraitObject(_) => format!(
                "{} takes one type of {noun}: name it, and write one method for each",
                self.role.one()
            ),
            Type::Tuple(tuple) if self.takes_message() => {
                let fields: Vec<_> = tuple.elems.iter().map(|ty| format!("pub {}", quoted(ty))).collect();
                let one = if self.role == MethodRole::Handler { "a message" } else { "an event" };
                format!(
                    "a tuple is not {one}\nmake it a struct: `#[{noun}] pub struct ..({});`",
                    fields.join(", ")
                )
            }
            _ => format!("expected the name of the type of the {noun}"),
        }
    }

    /// Whether the role takes a message or an event of the user.
    fn takes_message(&self) -> bool {
        matches!(self.role, MethodRole::Handler | MethodRole::OnEvent)
    }

    /// The error for a parameter that is a field of a message.
    fn not_a_message(&self, ty: &Type, name: &Pat) -> String {
        let name = match name {
            Pat::Ident(name) => spans::plain(&name.ident),
            _ => "value".to_owned(),
        };
        let (noun, ty) = (self.role.input().unwrap_or_default(), quoted(ty));
        let one = if self.role == MethodRole::Handler { "a message" } else { "an event" };
        format!(
            "`{ty}` is not {one}\nmake it a field of one: `#[{noun}] pub struct .. {{ pub {name}: {ty} }}`"
        )
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
        let refusal = match self.role {
            MethodRole::Handler => reply_type::of_message(ty),
            _ => reply_type::unnamed_or_unsized(ty),
        };
        if let Some(refusal) = refusal {
            match self.role {
                MethodRole::Handler if !self.broken => self.refusal = Some(refusal),
                _ => self.fail(refusal.at, refusal.text),
            }
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
            if spans::type_ident(ty).is_some() && !is_plain(ty) {
                return Output::Named(ty.to_token_stream());
            }
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
    let ty = match &*argument.ty {
        Type::Reference(reference) => &reference.elem,
        ty => ty,
    };
    spans::type_ident(ty).is_some_and(|ident| ident == "ActorContext")
}

/// The pointer and the `M` of `Arc<M>`, `Box<M>` or `Rc<M>`, by the name alone or with a path of the standard library. With another path,
/// as `self::Arc<M>`, it is a type of the program.
fn in_pointer(ty: &Type) -> Option<(&Ident, &Type)> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let root = path.path.segments.first().filter(|_| path.path.segments.len() > 1);
    let is_std = root.is_none_or(|root| {
        ["std", "alloc", "core", "sync", "rc", "boxed"].iter().any(|name| root.ident == name)
    });
    let is_pointer = is_std && ["Arc", "Box", "Rc"].iter().any(|name| last.ident == name);
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) if is_pointer && arguments.args.len() == 1 => {
            Some((&last.ident, inner))
        }
        _ => None,
    }
}

/// Whether the type is one of the language, or `String`: it cannot be a message.
fn is_plain(ty: &Type) -> bool {
    const PLAIN: [&str; 18] = [
        "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16", "u32",
        "u64", "u128", "usize", "String",
    ];
    matches!(ty, Type::Path(path) if PLAIN.iter().any(|name| path.path.is_ident(name)))
}

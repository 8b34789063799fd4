//! The plan of the generated code of an actor: the declared actor with a name for each enum, variant and alias.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Attribute;

use crate::actor::aliases::Aliases;
use crate::actor::args::ActorArgs;
use crate::actor::edges::DeclaredEdge;
use crate::actor::model::{ActorModel, HandlerSource, Input, PublishedEvent, TerminatedHook};
use crate::actor::signature::Call;
use crate::spans;

/// The declared actor with a name for everything in it.
pub(super) struct ActorPlan<'a> {
    pub(super) actor: &'a ActorModel,
    pub(super) args: &'a ActorArgs,
    pub(super) private: TokenStream,
    pub(super) aliases: Aliases,
    /// The actor's type, with the span of the attribute.
    pub(super) self_ty: TokenStream,
    pub(super) inputs: Vec<InputVariant<'a>>,
    pub(super) published: Vec<EventVariant<'a>>,
    pub(super) asks: Vec<TargetActor>,
    pub(super) tells: Vec<TargetActor>,
    pub(super) tells_any: Vec<MessageToAny>,
    pub(super) spawns: Vec<TargetActor>,
    pub(super) messages: GeneratedEnum,
    pub(super) events: GeneratedEnum,
}

/// A generated enum. It has the parameters of the actor if one of its types mentions one of them.
pub(super) struct GeneratedEnum {
    pub(super) ident: Ident,
    pub(super) is_generic: bool,
    /// The enum with its arguments.
    pub(super) ty: TokenStream,
}

impl GeneratedEnum {
    fn new(actor: &ActorModel, kind: &str, is_generic: bool) -> Self {
        let ident = format_ident!("{}{kind}", spans::plain(&actor.ident), span = Span::call_site());
        let (_, arguments, _) = actor.generics.split_for_impl();
        let ty = if is_generic { quote!(#ident #arguments) } else { quote!(#ident) };
        Self { ident, is_generic, ty }
    }
}

/// One variant of the message enum.
pub(super) struct InputVariant<'a> {
    pub(super) cfgs: &'a [Attribute],
    /// The type as the user wrote it.
    pub(super) user_ty: TokenStream,
    pub(super) ty: TokenStream,
    /// The type after its check.
    pub(super) checked: TokenStream,
    /// What the variant holds: the carrier of the type, or the type itself if it mentions a parameter of the actor.
    pub(super) held: TokenStream,
    pub(super) variant: TokenStream,
    pub(super) name: String,
    /// Whether the message comes from outside of the system.
    pub(super) is_entry: bool,
    pub(super) kind: InputKind,
    /// The type of the reply; only a message has one.
    pub(super) reply: Option<TokenStream>,
    /// The method that handles it; `None` if an impl of a trait does.
    pub(super) call: Option<&'a Call>,
}

/// What a variant holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum InputKind {
    Message,
    Event,
    /// The notification that a watched actor has ended.
    Terminated,
}

/// An actor that this one asks, tells or spawns.
pub(super) struct TargetActor {
    /// The type as the user wrote it.
    pub(super) user_ty: TokenStream,
    pub(super) ty: TokenStream,
    /// The type after its check. It must not stand in the header of an impl: there rustc takes the projection of a type
    /// of another crate for any type.
    pub(super) checked: TokenStream,
    /// The reason why a cycle through this edge cannot deadlock.
    pub(super) cycle: Option<syn::LitStr>,
}

/// A message that this actor tells to any actor that handles it.
pub(super) struct MessageToAny {
    /// The type as the user wrote it.
    pub(super) user_ty: TokenStream,
    pub(super) ty: TokenStream,
    /// The type after its check.
    pub(super) checked: TokenStream,
}

/// One variant of the event enum.
pub(super) struct EventVariant<'a> {
    pub(super) user_ty: &'a syn::Type,
    pub(super) ty: TokenStream,
    pub(super) variant: TokenStream,
    /// The reason why a cycle through this edge cannot deadlock.
    pub(super) cycle: Option<&'a syn::LitStr>,
}

impl<'a> ActorPlan<'a> {
    pub(super) fn new(actor: &'a ActorModel, args: &'a ActorArgs) -> Self {
        let private = args.crate_path.private();
        let mut aliases = Aliases::new(&actor.generics, &private);
        let mut inputs: Vec<_> = actor
            .inputs
            .iter()
            .map(|input| InputVariant::new(actor, input, &mut aliases, &private))
            .collect();
        inputs.extend(actor.terminated.iter().map(|hook| InputVariant::terminated(actor, hook, &private)));
        let published: Vec<_> =
            actor.publishes.iter().map(|event| EventVariant::new(actor, event, &mut aliases)).collect();
        let mut targets = |edges: &[DeclaredEdge]| -> Vec<_> {
            edges.iter().map(|edge| TargetActor::new(actor, edge, &mut aliases)).collect()
        };
        let (asks, tells, spawns) = (targets(&actor.asks), targets(&actor.tells), targets(&actor.spawns));
        let tells_any =
            actor.tells_any.iter().map(|any| MessageToAny::new(actor, any, &mut aliases)).collect();

        let generic_message = inputs.iter().any(|input| input.mentions(&aliases));
        let generic_event = published.iter().any(|event| aliases.is_generic(&event.ty));
        let mut events = GeneratedEnum::new(actor, "Event", generic_event);
        if published.is_empty() {
            events.ty = quote!(#private::NoEvents);
        }
        Self {
            actor,
            args,
            messages: GeneratedEnum::new(actor, "Message", generic_message),
            events,
            self_ty: spans::at_call_site(&actor.self_ty),
            private,
            aliases,
            inputs,
            published,
            asks,
            tells,
            tells_any,
            spawns,
        }
    }

    /// Whether an alias can check the state of the actor: an alias has no parameters.
    pub(super) fn has_state(&self) -> bool {
        self.actor.generics.params.is_empty()
    }

    pub(super) fn handled(&self) -> impl Iterator<Item = (&InputVariant<'a>, &TokenStream)> {
        self.inputs.iter().filter_map(|input| input.reply.as_ref().map(|reply| (input, reply)))
    }

    pub(super) fn subscribed(&self) -> impl Iterator<Item = &InputVariant<'a>> {
        self.inputs.iter().filter(|input| input.kind == InputKind::Event)
    }
}

impl<'a> InputVariant<'a> {
    fn new(actor: &ActorModel, input: &'a Input, aliases: &mut Aliases, private: &TokenStream) -> Self {
        let cfgs = input.handler.cfgs();
        let user_ty = actor.without_self(input.ty.to_token_stream());
        let ty = aliases.name(user_ty.clone(), cfgs);
        let (checked, held) = match (input.is_event, &input.handler) {
            (true, HandlerSource::Method(_)) => (ty.clone(), ty.clone()),
            (true, HandlerSource::Impl) => (aliases.event(&user_ty), ty.clone()),
            // `checks` asserts once that it is a message, so nothing may depend on that before.
            (false, _) if aliases.is_generic(&ty) => (ty.clone(), ty.clone()),
            (false, _) => {
                let checked = aliases.message(&user_ty, cfgs);
                let held = aliases.name(quote!(<#checked as #private::Carried>::Carrier), cfgs);
                (checked, held)
            }
        };
        // The reply type is that of the message, not that of the handler: if the two differ, only the handler is wrong.
        let reply =
            (!input.is_event).then(|| aliases.name(quote!(<#checked as #private::Carried>::Answer), cfgs));
        Self {
            cfgs,
            user_ty,
            ty,
            checked,
            held,
            variant: spans::at_call_site(&input.variant),
            name: spans::plain(&input.variant),
            is_entry: input.is_entry,
            kind: if input.is_event { InputKind::Event } else { InputKind::Message },
            reply,
            call: match &input.handler {
                HandlerSource::Method(call) => Some(call),
                HandlerSource::Impl => None,
            },
        }
    }

    /// The variant of `#[on_terminated]`. Its name is hidden, because a message of the user may be called `Terminated`.
    fn terminated(actor: &ActorModel, hook: &'a TerminatedHook, private: &TokenStream) -> Self {
        let TerminatedHook { ty, call } = hook;
        let user_ty = ty.as_ref().map_or_else(|| call.method.to_token_stream(), ToTokens::to_token_stream);
        let ty = quote!(#private::Terminated);
        Self {
            cfgs: &call.cfgs,
            user_ty: actor.without_self(user_ty),
            checked: ty.clone(),
            held: ty.clone(),
            ty,
            variant: quote!(__Terminated),
            name: "Terminated".to_owned(),
            is_entry: false,
            kind: InputKind::Terminated,
            reply: None,
            call: Some(call),
        }
    }

    fn mentions(&self, aliases: &Aliases) -> bool {
        aliases.is_generic(&self.held) || self.reply.as_ref().is_some_and(|reply| aliases.is_generic(reply))
    }
}

impl TargetActor {
    fn new(actor: &ActorModel, edge: &DeclaredEdge, aliases: &mut Aliases) -> Self {
        let user_ty = actor.without_self(edge.ty.to_token_stream());
        let (ty, checked) = (aliases.name(user_ty.clone(), &[]), aliases.actor(&user_ty));
        Self { ty, checked, user_ty, cycle: edge.cycle.clone() }
    }
}

impl MessageToAny {
    fn new(actor: &ActorModel, edge: &DeclaredEdge, aliases: &mut Aliases) -> Self {
        let user_ty = actor.without_self(edge.ty.to_token_stream());
        Self { ty: aliases.name(user_ty.clone(), &[]), checked: aliases.message(&user_ty, &[]), user_ty }
    }
}

impl<'a> EventVariant<'a> {
    fn new(actor: &ActorModel, event: &'a PublishedEvent, aliases: &mut Aliases) -> Self {
        let ty = actor.without_self(event.ty.to_token_stream());
        Self {
            user_ty: &event.ty,
            ty: aliases.name(ty, &[]),
            variant: spans::at_call_site(&event.variant),
            cycle: event.cycle.as_ref(),
        }
    }
}

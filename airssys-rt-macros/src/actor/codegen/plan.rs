//! The plan of the generated code of an actor: the declared actor with a name for each type and a place for each variant.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident};
use syn::{Attribute, Index};

use crate::actor::aliases::Aliases;
use crate::actor::args::ActorArgs;
use crate::actor::edges::{DeclaredEdge, EdgeKind};
use crate::actor::model::{ActorModel, HandlerSource, Input, PublishedEvent, TerminatedHook};
use crate::actor::signature::Call;
use crate::spans;
use crate::tokens::{generated, quote};

/// The numbers of variants for which the library has an enum.
const ENUM_SIZES: [usize; 17] = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 24, 32, 48, 64, LARGEST_ENUM];

/// The most messages and events of one actor.
pub(in crate::actor) const LARGEST_ENUM: usize = 128;

/// The declared actor with a name for everything in it.
pub(super) struct ActorPlan<'a> {
    pub(super) actor: &'a ActorModel,
    pub(super) args: &'a ActorArgs,
    /// The path of the library's hidden module, as the generated block calls it.
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
    pub(super) messages: EnumPlan,
    pub(super) events: EnumPlan,
}

/// An enum of the library, for the messages or for the events of the actor.
pub(super) struct EnumPlan {
    /// The path of the enum, for patterns.
    pub(super) path: TokenStream,
    /// The entries, one for each variant.
    entries: Vec<TokenStream>,
    /// What its variants are called.
    labels: TokenStream,
}

impl EnumPlan {
    fn new(private: &TokenStream, labels: TokenStream, mut entries: Vec<TokenStream>) -> Self {
        let size = ENUM_SIZES.into_iter().find(|size| *size >= entries.len()).unwrap_or(entries.len());
        entries.resize_with(size, || quote!(#private::one_of::Absent));
        let name = format_ident!("OneOf{size}", span = generated());
        Self { path: quote!(#private::one_of::#name), entries, labels }
    }

    /// The type of the enum. The entries of an actor without parameters are checked: the type is an error type if a check fails.
    fn ty(&self, plan: &ActorPlan<'_>) -> TokenStream {
        let Self { path, entries, labels } = self;
        let private = &plan.private;
        match plan.is_checked() {
            true => quote! {
                <<__Valid as #private::assertions::Then<(#(#entries,)*)>>::Type as #private::one_of::OneOf<#labels>>::Enum
            },
            false => quote!(#path<#labels, #(#entries),*>),
        }
    }

    /// The variant at a position.
    pub(super) fn variant(&self, place: &Index) -> TokenStream {
        let (path, variant) = (&self.path, format_ident!("V{}", place.index, span = generated()));
        quote!(#path::#variant)
    }

    /// The entries as a list of types.
    pub(super) fn entries(&self) -> TokenStream {
        let entries = &self.entries;
        quote!((#(#entries,)*))
    }
}

/// One variant of the message enum.
pub(super) struct InputVariant<'a> {
    pub(super) cfgs: &'a [Attribute],
    /// The type as the user wrote it.
    pub(super) user_ty: TokenStream,
    pub(super) ty: TokenStream,
    pub(super) place: Index,
    pub(super) name: String,
    /// Whether the message comes from outside of the system.
    pub(super) is_entry: bool,
    pub(super) kind: InputKind,
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
    /// The type after the checks of this actor. It must not stand in the header of an impl: there rustc takes the projection of a
    /// type of another crate for any type.
    pub(super) checked: TokenStream,
    /// The reason why a cycle through this edge cannot deadlock.
    pub(super) cycle: Option<syn::LitStr>,
    pub(super) kind: EdgeKind,
}

/// A message that this actor tells to any actor that handles it.
pub(super) struct MessageToAny {
    /// The type as the user wrote it.
    pub(super) user_ty: TokenStream,
    pub(super) ty: TokenStream,
    /// The type after the checks of this actor.
    pub(super) checked: TokenStream,
}

/// One variant of the event enum.
pub(super) struct EventVariant<'a> {
    pub(super) user_ty: &'a syn::Type,
    pub(super) ty: TokenStream,
    pub(super) place: Index,
    pub(super) name: String,
    /// The reason why a cycle through this edge cannot deadlock.
    pub(super) cycle: Option<&'a syn::LitStr>,
}

impl<'a> ActorPlan<'a> {
    pub(super) fn new(actor: &'a ActorModel, args: &'a ActorArgs, private: TokenStream) -> Self {
        let self_ty = spans::at_call_site(&actor.self_ty);
        let mut aliases = Aliases::new(&actor.generics, &private);
        let inputs = actor.inputs.iter().map(|input| InputVariant::new(actor, input, &mut aliases));
        let mut inputs: Vec<_> = inputs.collect();
        inputs.extend(actor.terminated.iter().map(|hook| InputVariant::terminated(actor, hook, &private)));
        for (place, input) in inputs.iter_mut().enumerate() {
            input.place = position(place);
        }
        let published = actor.publishes.iter().enumerate();
        let published: Vec<_> =
            published.map(|(place, event)| EventVariant::new(actor, event, place, &mut aliases)).collect();
        let mut targets = |edges: &[DeclaredEdge]| -> Vec<_> {
            edges.iter().map(|edge| TargetActor::new(actor, edge, &mut aliases)).collect()
        };
        let (asks, tells, spawns) = (targets(&actor.asks), targets(&actor.tells), targets(&actor.spawns));
        let tells_any =
            actor.tells_any.iter().map(|any| MessageToAny::new(actor, any, &mut aliases)).collect();
        let received = |ty: &TokenStream| quote!(#private::one_of::Received<#ty>);
        let entries = inputs.iter().map(|input| match input.kind {
            // Not in its carrier, which is unknown for a parameter.
            InputKind::Message if aliases.is_generic(&input.ty) => {
                let ty = spans::located(input.ty.clone(), spans::first(&input.user_ty));
                quote!(#private::one_of::InPlace<#ty>)
            }
            InputKind::Message => input.ty.clone(),
            InputKind::Event => received(&input.ty),
            InputKind::Terminated => aliases.name(quote!(#private::one_of::Ended), input.cfgs),
        });
        let labels = |kind: TokenStream| quote!(#private::one_of::#kind<#self_ty>);
        let messages = EnumPlan::new(&private, labels(quote!(MessagesOf)), entries.collect());
        let entries = published.iter().map(|event| received(&event.ty)).collect();
        let events = EnumPlan::new(&private, labels(quote!(EventsOf)), entries);
        Self {
            actor,
            args,
            messages,
            events,
            self_ty,
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

    /// Whether a constant checks the types that the user names. A constant has no parameters.
    pub(super) fn is_checked(&self) -> bool {
        self.actor.generics.params.is_empty()
    }

    /// The type of the messages: a struct around the enum. A message may be less visible than its actor, and rustc permits that in
    /// the field of a struct only.
    pub(super) fn message_type(&self) -> TokenStream {
        self.named("Message")
    }

    /// The type of the events.
    pub(super) fn event_type(&self) -> TokenStream {
        match self.has_events() {
            true => self.named("Event"),
            false => self.events_inside(),
        }
    }

    /// The name of a generated struct, for its constructor.
    pub(super) fn ident(&self, kind: &str) -> Ident {
        format_ident!("{}{kind}", spans::plain(&self.actor.ident), span = generated())
    }

    fn named(&self, kind: &str) -> TokenStream {
        let ident = self.ident(kind);
        let (_, arguments, _) = self.actor.generics.split_for_impl();
        quote!(#ident #arguments)
    }

    /// Whether there is a struct around the enum of the events.
    pub(super) fn has_events(&self) -> bool {
        // An open actor may publish every event, so the enum is the error type of its checks.
        !self.published.is_empty() || self.actor.open.as_ref().is_some_and(|open| open.is_unlisted)
    }

    /// The enum of the messages.
    pub(super) fn messages_inside(&self) -> TokenStream {
        if self.is_checked() { quote!(__Messages) } else { self.messages.ty(self) }
    }

    /// The enum of the events.
    pub(super) fn events_inside(&self) -> TokenStream {
        let private = &self.private;
        match self.has_events() {
            false => quote!(#private::NoEvents),
            true if self.is_checked() => quote!(__Events),
            true => self.events.ty(self),
        }
    }

    /// The declarations of aliases for both enums.
    pub(super) fn enums(&self) -> Option<TokenStream> {
        let messages = self.messages.ty(self);
        let events = self.has_events().then(|| {
            let events = self.events.ty(self);
            quote!(type __Events = #events;)
        });
        self.is_checked().then(|| quote!(type __Messages = #messages; #events))
    }

    pub(super) fn handled(&self) -> impl Iterator<Item = &InputVariant<'a>> {
        self.inputs.iter().filter(|input| input.kind == InputKind::Message)
    }

    pub(super) fn subscribed(&self) -> impl Iterator<Item = &InputVariant<'a>> {
        self.inputs.iter().filter(|input| input.kind == InputKind::Event)
    }
}

/// The position of a variant, as a generated literal.
fn position(place: usize) -> Index {
    Index { span: generated(), ..Index::from(place) }
}

impl<'a> InputVariant<'a> {
    fn new(actor: &ActorModel, input: &'a Input, aliases: &mut Aliases) -> Self {
        let cfgs = input.handler.cfgs();
        let user_ty = actor.without_self(input.ty.to_token_stream());
        Self {
            cfgs,
            ty: aliases.name(user_ty.clone(), cfgs),
            user_ty,
            place: position(0),
            name: spans::plain(&input.variant),
            is_entry: input.is_entry,
            kind: if input.is_event { InputKind::Event } else { InputKind::Message },
            call: match &input.handler {
                HandlerSource::Method(call) => Some(call),
                HandlerSource::Impl => None,
            },
        }
    }

    /// The variant of `#[on_terminated]`.
    fn terminated(actor: &ActorModel, hook: &'a TerminatedHook, private: &TokenStream) -> Self {
        let TerminatedHook { ty, call } = hook;
        let user_ty = ty.as_ref().map_or_else(|| call.method.to_token_stream(), ToTokens::to_token_stream);
        Self {
            cfgs: &call.cfgs,
            user_ty: actor.without_self(user_ty),
            ty: quote!(#private::Terminated),
            place: position(0),
            name: "Terminated".to_owned(),
            is_entry: false,
            kind: InputKind::Terminated,
            call: Some(call),
        }
    }
}

impl TargetActor {
    fn new(actor: &ActorModel, edge: &DeclaredEdge, aliases: &mut Aliases) -> Self {
        let user_ty = actor.without_self(edge.ty.to_token_stream());
        let ty = aliases.name(user_ty.clone(), &[]);
        Self { checked: aliases.checked(&ty), ty, user_ty, cycle: edge.cycle.clone(), kind: edge.kind }
    }
}

impl MessageToAny {
    fn new(actor: &ActorModel, edge: &DeclaredEdge, aliases: &mut Aliases) -> Self {
        let user_ty = actor.without_self(edge.ty.to_token_stream());
        let ty = aliases.name(user_ty.clone(), &[]);
        Self { checked: aliases.checked(&ty), ty, user_ty }
    }
}

impl<'a> EventVariant<'a> {
    fn new(actor: &ActorModel, event: &'a PublishedEvent, place: usize, aliases: &mut Aliases) -> Self {
        let ty = actor.without_self(event.ty.to_token_stream());
        Self {
            user_ty: &event.ty,
            ty: aliases.name(ty, &[]),
            place: position(place),
            name: spans::plain(&event.variant),
            cycle: event.cycle.as_ref(),
        }
    }
}

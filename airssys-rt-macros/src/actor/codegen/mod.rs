//! What `#[actor]` generates: two hidden enums, the `Actor` impl, the evidence of what the actor handles,
//! publishes, asks and tells, and its edges in a system.
//!
//! Generated items are well-formed whatever the user got wrong, and each rule is asserted once, at the user's
//! token, in `checks`. That is why no item here has a bound it could do without, and why the type of a reply
//! is taken from the method and not from the message.

mod behaviour;
mod checks;
mod enums;
mod evidence;
mod member;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Attribute;

use crate::actor::args::Args;
use crate::actor::method::Call;
use crate::actor::model::{Actor, By, Heard, Input, Published, Reached};
use crate::actor::names::Names;
use crate::{block, spans};

pub(super) fn expand(actor: &Actor, args: &Args) -> TokenStream {
    let plan = Plan::new(actor, args);
    let aliases = plan.names.declare();
    let parts = [
        enums::messages(&plan),
        enums::events(&plan),
        behaviour::implement(&plan),
        evidence::implement(&plan),
        member::implement(&plan),
        checks::assert(&plan),
    ];
    block::hidden(&actor.cfgs, &quote!(#aliases #(#parts)*))
}

/// The actor with a name for everything in it.
struct Plan<'a> {
    actor: &'a Actor,
    args: &'a Args,
    private: TokenStream,
    names: Names,
    /// The actor's type, pointing at the attribute.
    self_ty: TokenStream,
    inputs: Vec<Variant<'a>>,
    published: Vec<Event<'a>>,
    asks: Vec<Target>,
    tells: Vec<Target>,
    tells_any: Vec<Any>,
    spawns: Vec<Target>,
    messages: Enum,
    events: Enum,
}

/// A generated enum. It has the parameters of the actor if one of its types mentions one of them.
struct Enum {
    ident: Ident,
    is_generic: bool,
    /// The enum with its arguments.
    ty: TokenStream,
}

impl Enum {
    fn new(actor: &Actor, kind: &str, is_generic: bool) -> Self {
        let ident = format_ident!("{}{kind}", spans::plain(&actor.ident), span = Span::call_site());
        let (_, arguments, _) = actor.generics.split_for_impl();
        let ty = if is_generic { quote!(#ident #arguments) } else { quote!(#ident) };
        Self { ident, is_generic, ty }
    }
}

/// One variant of the message enum.
struct Variant<'a> {
    cfgs: &'a [Attribute],
    /// The type as the user wrote it.
    user_ty: TokenStream,
    ty: TokenStream,
    /// The type, once it is checked.
    checked: TokenStream,
    /// What the variant holds: the type, or what carries it. A type that mentions a parameter of the actor is held as
    /// it is.
    held: TokenStream,
    variant: TokenStream,
    name: String,
    /// It comes from outside.
    is_entry: bool,
    kind: Kind,
    /// The type of the reply; only a message has one.
    reply: Option<TokenStream>,
    /// The method that handles it; without one, it is an impl of a trait.
    call: Option<&'a Call>,
}

/// What comes in a variant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Message,
    Event,
    /// News of an end.
    Terminated,
}

/// An actor that this one reaches.
struct Target {
    /// The type as the user wrote it.
    user_ty: TokenStream,
    ty: TokenStream,
    /// The same, once it is checked. Not for the header of an impl: there rustc takes a projection of a type
    /// of another crate for any type.
    checked: TokenStream,
    /// Why a cycle through it is meant.
    cycle: Option<syn::LitStr>,
}

/// A message that this one tells to any actor.
struct Any {
    /// The type as the user wrote it.
    user_ty: TokenStream,
    ty: TokenStream,
    /// The type, once it is checked.
    checked: TokenStream,
}

/// One variant of the event enum.
struct Event<'a> {
    user_ty: &'a syn::Type,
    ty: TokenStream,
    variant: TokenStream,
    /// Why a cycle through it is meant.
    cycle: Option<&'a syn::LitStr>,
}

impl<'a> Plan<'a> {
    fn new(actor: &'a Actor, args: &'a Args) -> Self {
        let private = args.runtime.private();
        let mut names = Names::new(&actor.generics, &private);
        let mut inputs: Vec<_> =
            actor.inputs.iter().map(|input| Variant::new(actor, input, &mut names, &private)).collect();
        inputs.extend(actor.terminated.iter().map(|heard| Variant::terminated(actor, heard, &private)));
        let published: Vec<_> =
            actor.publishes.iter().map(|event| Event::new(actor, event, &mut names)).collect();
        let mut targets = |reached: &[Reached]| -> Vec<_> {
            reached.iter().map(|reached| Target::new(actor, reached, &mut names)).collect()
        };
        let (asks, tells, spawns) = (targets(&actor.asks), targets(&actor.tells), targets(&actor.spawns));
        let tells_any = actor.tells_any.iter().map(|any| Any::new(actor, any, &mut names)).collect();

        let generic_message = inputs.iter().any(|input| input.mentions(&names));
        let generic_event = published.iter().any(|event| names.is_generic(&event.ty));
        let mut events = Enum::new(actor, "Event", generic_event);
        if published.is_empty() {
            events.ty = quote!(#private::NoEvents);
        }
        Self {
            actor,
            args,
            messages: Enum::new(actor, "Message", generic_message),
            events,
            self_ty: spans::hidden(&actor.self_ty),
            private,
            names,
            inputs,
            published,
            asks,
            tells,
            tells_any,
            spawns,
        }
    }

    /// Whether its state can be checked by an alias, which has no parameters.
    fn has_state(&self) -> bool {
        self.actor.generics.params.is_empty()
    }

    fn handled(&self) -> impl Iterator<Item = (&Variant<'a>, &TokenStream)> {
        self.inputs.iter().filter_map(|input| input.reply.as_ref().map(|reply| (input, reply)))
    }

    fn subscribed(&self) -> impl Iterator<Item = &Variant<'a>> {
        self.inputs.iter().filter(|input| input.kind == Kind::Event)
    }
}

impl<'a> Variant<'a> {
    fn new(actor: &Actor, input: &'a Input, names: &mut Names, private: &TokenStream) -> Self {
        let cfgs = input.by.cfgs();
        let user_ty = actor.own(input.ty.to_token_stream());
        let ty = names.name(user_ty.clone(), cfgs);
        let (checked, held) = match (input.is_event, &input.by) {
            (true, By::Method(_)) => (ty.clone(), ty.clone()),
            (true, By::Impl) => (names.event(&user_ty), ty.clone()),
            // Whether it is a message is asked once, in the checks, so nothing may depend on it before.
            (false, _) if names.is_generic(&ty) => (ty.clone(), ty.clone()),
            (false, _) => {
                let checked = names.message(&user_ty, cfgs);
                let held = names.name(quote!(<#checked as #private::Carried>::Carrier), cfgs);
                (checked, held)
            }
        };
        let reply = (!input.is_event).then(|| match &input.by {
            By::Method(call) if !call.broken => names.name(call.output.reply().clone(), cfgs),
            _ if names.is_generic(&ty) => quote!(<#ty as #private::Message>::Reply),
            _ => names.name(quote!(<#checked as #private::Carried>::Answer), cfgs),
        });
        Self {
            cfgs,
            user_ty,
            ty,
            checked,
            held,
            variant: spans::hidden(&input.variant),
            name: spans::plain(&input.variant),
            is_entry: input.is_entry,
            kind: if input.is_event { Kind::Event } else { Kind::Message },
            reply,
            call: match &input.by {
                By::Method(call) => Some(call),
                By::Impl => None,
            },
        }
    }

    /// Its name is hidden, because a message of the user may be called `Terminated`.
    fn terminated(actor: &Actor, heard: &'a Heard, private: &TokenStream) -> Self {
        let Heard { ty, call } = heard;
        let user_ty = ty.as_ref().map_or_else(|| call.method.to_token_stream(), ToTokens::to_token_stream);
        let ty = quote!(#private::Terminated);
        Self {
            cfgs: &call.cfgs,
            user_ty: actor.own(user_ty),
            checked: ty.clone(),
            held: ty.clone(),
            ty,
            variant: quote!(__Terminated),
            name: "Terminated".to_owned(),
            is_entry: false,
            kind: Kind::Terminated,
            reply: None,
            call: Some(call),
        }
    }

    fn mentions(&self, names: &Names) -> bool {
        names.is_generic(&self.held) || self.reply.as_ref().is_some_and(|reply| names.is_generic(reply))
    }
}

impl Target {
    fn new(actor: &Actor, reached: &Reached, names: &mut Names) -> Self {
        let user_ty = actor.own(reached.ty.to_token_stream());
        let (ty, checked) = (names.name(user_ty.clone(), &[]), names.actor(&user_ty));
        Self { ty, checked, user_ty, cycle: reached.cycle.clone() }
    }
}

impl Any {
    fn new(actor: &Actor, reached: &Reached, names: &mut Names) -> Self {
        let user_ty = actor.own(reached.ty.to_token_stream());
        Self { ty: names.name(user_ty.clone(), &[]), checked: names.message(&user_ty, &[]), user_ty }
    }
}

impl<'a> Event<'a> {
    fn new(actor: &Actor, event: &'a Published, names: &mut Names) -> Self {
        let ty = actor.own(event.ty.to_token_stream());
        Self {
            user_ty: &event.ty,
            ty: names.name(ty, &[]),
            variant: spans::hidden(&event.variant),
            cycle: event.cycle.as_ref(),
        }
    }
}

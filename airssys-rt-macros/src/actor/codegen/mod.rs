//! What `#[actor]` generates: two hidden enums, the `Actor` impl, the evidence of what the actor handles, publishes, asks and tells, and its edges in a system.
//!
//! Generated items are well-formed whatever the user got wrong, and each rule is asserted once, at the user's token, in `checks`. That is why no item here has a
//! bound it could do without, and why the type of a reply is taken from the method and not from the message.

mod behaviour;
mod checks;
mod enums;
mod evidence;
mod member;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Attribute;

use super::args::Args;
use super::method::Call;
use super::model::Actor;
use super::names::Names;
use crate::spans;

pub(super) fn expand(actor: &Actor, args: &Args) -> TokenStream {
    let plan = Plan::new(actor, args);
    let cfgs = &actor.cfgs;
    let aliases = plan.names.declare(&plan.private);
    let parts = [
        enums::messages(&plan),
        enums::events(&plan),
        behaviour::implement(&plan),
        evidence::implement(&plan),
        member::implement(&plan),
        checks::assert(&plan),
    ];
    quote! {
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(
            clippy::all, clippy::pedantic, deprecated, missing_debug_implementations, non_camel_case_types, private_interfaces,
            single_use_lifetimes, unnameable_types, unreachable_pub, unused_lifetimes, unused_qualifications,
        )]
        const _: () = { #aliases #(#parts)* };
    }
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
    /// Type and alias of each actor that is asked.
    asks: Vec<(TokenStream, TokenStream)>,
    tells: Vec<(TokenStream, TokenStream)>,
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
    variant: TokenStream,
    name: String,
    /// The type of the reply; an event has none.
    reply: Option<TokenStream>,
    call: &'a Call,
}

/// One variant of the event enum.
struct Event<'a> {
    user_ty: &'a syn::Type,
    ty: TokenStream,
    variant: TokenStream,
}

impl<'a> Plan<'a> {
    fn new(actor: &'a Actor, args: &'a Args) -> Self {
        let private = args.runtime.private();
        let mut names = Names::new(&actor.generics);
        let inputs: Vec<_> =
            actor.inputs.iter().map(|input| Variant::new(actor, input, &mut names, &private)).collect();
        let published: Vec<_> =
            actor.publishes.iter().map(|event| Event::new(actor, event, &mut names)).collect();
        let mut targets = |types: &[syn::Type]| -> Vec<_> {
            let own = types.iter().map(|ty| actor.own(ty.to_token_stream()));
            own.map(|ty| (ty.clone(), names.name(ty, &[]))).collect()
        };
        let (asks, tells) = (targets(&actor.asks), targets(&actor.tells));

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
        }
    }

    fn handled(&self) -> impl Iterator<Item = (&Variant<'a>, &TokenStream)> {
        self.inputs.iter().filter_map(|input| input.reply.as_ref().map(|reply| (input, reply)))
    }

    fn subscribed(&self) -> impl Iterator<Item = &Variant<'a>> {
        self.inputs.iter().filter(|input| input.reply.is_none())
    }
}

impl<'a> Variant<'a> {
    fn new(actor: &Actor, input: &'a super::model::Input, names: &mut Names, private: &TokenStream) -> Self {
        let call = &input.call;
        let user_ty = actor.own(input.ty.to_token_stream());
        let ty = names.name(user_ty.clone(), &call.cfgs);
        let reply = (!input.is_event).then(|| match call.broken {
            true => quote!(<#ty as #private::Message>::Reply),
            false => names.name(call.output.reply().clone(), &call.cfgs),
        });
        Self {
            cfgs: &call.cfgs,
            user_ty,
            ty,
            variant: spans::hidden(&input.variant),
            name: spans::plain(&input.variant),
            reply,
            call,
        }
    }

    fn mentions(&self, names: &Names) -> bool {
        names.is_generic(&self.ty) || self.reply.as_ref().is_some_and(|reply| names.is_generic(reply))
    }
}

impl<'a> Event<'a> {
    fn new(actor: &Actor, event: &'a super::model::Published, names: &mut Names) -> Self {
        Self {
            user_ty: &event.ty,
            ty: names.name(actor.own(event.ty.to_token_stream()), &[]),
            variant: spans::hidden(&event.variant),
        }
    }
}

//! Generates the `Actor` impl: the dispatch of messages to handlers, the hooks, the mailbox policy.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;

use super::checks;
use super::plan::{ActorPlan, InputKind, InputVariant};
use crate::actor::role::MethodRole;
use crate::actor::signature::{Call, Output};
use crate::errors::Errors;
use crate::tokens::{Literal, generated, quote};
use crate::{assertions, spans};

pub(super) fn implement(plan: &ActorPlan<'_>) -> TokenStream {
    let ActorPlan { actor, private, self_ty, .. } = plan;
    let (messages, events) = (plan.message_type(), plan.event_type());
    let (parameters, _, bounds) = actor.generics.split_for_impl();
    let name = match &plan.args.name {
        Some(name) => name.to_token_stream(),
        None => Literal(spans::plain(&actor.ident)).to_token_stream(),
    };
    let (policy, mailbox) = mailbox(plan);
    let (dispatch, names) = (dispatch(plan), names(plan));
    let checked = match plan.is_checked() {
        true => quote!(__CHECKED),
        false => {
            let checks = checks::statements(plan);
            quote!({ #checks true })
        }
    };
    let hooks =
        actor.hooks.iter().filter(|(_, call)| !call.broken).map(|(role, call)| hook(plan, *role, call));
    let impl_token = spans::impl_token(&actor.ident);
    let content = spans::braces(
        &actor.ident,
        quote! {
            type Message = #messages;
            type Event = #events;
            const NAME: &'static ::core::primitive::str = #name;
            const CHECKED: ::core::primitive::bool = #checked;
            #mailbox
            #names
            #dispatch
            #(#hooks)*
        },
    );
    quote! {
        #policy
        #[automatically_derived]
        #impl_token #parameters #private::Actor for #self_ty #bounds #content
    }
}

/// The constant that checks each type that the user names, and that the state can be sent. If it is an error, the types of messages
/// and events are error types: rustc reports the check, at the user's token, and no use of the actor. An actor with parameters has
/// the checks in its impl, and rustc checks each of its futures.
pub(super) fn checked(plan: &ActorPlan<'_>, errors: Option<&Errors>) -> Option<TokenStream> {
    let ActorPlan { actor, private, .. } = plan;
    let (named, fields): (_, Vec<_>) =
        (checks::statements(plan), actor.fields.iter().map(|field| sent(plan, field)).collect());
    let state = match fields.is_empty() {
        true => assertions::state(&actor.self_ty, private),
        false => assertions::state_of_fields(&plan.self_ty, &fields, private),
    };
    // Not in the impl: there rustc suggests to make an unknown type a parameter of it, in one more error.
    let declared = Ident::new("__CHECKED", Span::call_site());
    plan.is_checked().then(|| {
        quote! {
            const #declared: ::core::primitive::bool = { #errors #named #state };
            type __Valid = <() as #private::assertions::If<{ __CHECKED }>>::Type;
        }
    })
}

/// The check of a field: it must be `Send`, unless the actor has its own `Send` impl.
fn sent(plan: &ActorPlan<'_>, field: &syn::Field) -> TokenStream {
    let private = &plan.private;
    let (cfgs, ty) = (spans::cfgs(&field.attrs), plan.actor.without_self(field.ty.to_token_stream()));
    quote!(#(#cfgs)* #private::assertions::field::<#ty, __IS_SEND>();)
}

/// Mentions the checks, at the start of a future without a message: rustc does not check it if they fail.
fn mention_checks(plan: &ActorPlan<'_>) -> Option<TokenStream> {
    let self_ty = &plan.self_ty;
    let checked = plan.aliases.checked(self_ty);
    plan.is_checked().then(|| quote!(let _: ::core::marker::PhantomData<#checked>;))
}

/// The policy as a constant of its own: rustc evaluates it even if it is not used, so a capacity of 0 is reported here.
fn mailbox(plan: &ActorPlan<'_>) -> (Option<TokenStream>, Option<TokenStream>) {
    let private = &plan.private;
    let Some(mailbox) = &plan.args.mailbox else {
        return (None, None);
    };
    let ty = quote!(#private::mailbox::MailboxPolicy);
    let policy = mailbox.policy(private);
    let is_own = plan.aliases.is_generic(&policy) || policy.to_string().contains("Self");
    let (constant, policy) = match is_own {
        true => (None, policy),
        false => (Some(quote!(const __MAILBOX: #ty = #policy;)), quote!(__MAILBOX)),
    };
    let option = quote!(::core::option::Option);
    (constant, Some(quote!(const MAILBOX: #option<#ty> = #option::Some(#policy);)))
}

/// The parameters and the output of a method. They have the span of the actor's name, because rustc reports a future that is
/// not `Send` there.
fn signature(plan: &ActorPlan<'_>, input: TokenStream, output: TokenStream) -> TokenStream {
    let ActorPlan { actor, private, .. } = plan;
    let place = actor.ident.span();
    let parameters = spans::parens(place, quote!(&mut self, #input __ctx: &mut #private::ActorContext<Self>));
    let output = spans::located(quote!(-> #output), place);
    quote!(#parameters #output)
}

fn done(private: &TokenStream) -> TokenStream {
    quote!(::core::result::Result<(), #private::Fault>)
}

fn dispatch(plan: &ActorPlan<'_>) -> TokenStream {
    let ActorPlan { private, inputs, .. } = plan;
    let messages = plan.message_type();
    let signature = signature(plan, quote!(__message: #messages,), done(private));
    let arms = inputs.iter().map(|input| {
        let (cfgs, variant) = (input.cfgs, plan.messages.variant(&input.place));
        let slot = match input.kind {
            InputKind::Message => quote!(__slot),
            _ => quote!(_),
        };
        let body = match input.call {
            Some(call) => arm(plan, input, call),
            None => delegate(plan, input),
        };
        quote!(#(#cfgs)* #variant(__message, #slot) => #body)
    });
    quote! {
        #[allow(unreachable_code)]
        async fn dispatch #signature { match __message.0 { #(#arms)* } }
    }
}

fn arm(plan: &ActorPlan<'_>, input: &InputVariant<'_>, call: &Call) -> TokenStream {
    if call.broken {
        // The error about its signature must stay the only one.
        return quote!({ ::core::unreachable!() });
    }
    // `Terminated` is the only possible type, so a wrong one is reported at the parameter.
    let message = match input.kind {
        InputKind::Terminated => spans::local("__message", spans::first(&input.user_ty)).into_token_stream(),
        InputKind::Message => unloaded(plan, input),
        InputKind::Event => quote!(__message),
    };
    let made = invoke(plan, call, Some(message));
    let handled = match (input.kind, &call.output) {
        (InputKind::Message, output) => {
            // A wrong type is reported at the argument, which has the place of the type.
            let outcome = spans::local("__outcome", spans::first(output.written()));
            quote!({ let #outcome = #made; __ctx.reply(__slot, #outcome) })
        }
        (_, Output::OrFault(_)) => quote!({ #made }),
        (_, Output::Named(ty)) => finished(plan, &made, ty),
        (_, Output::Value(_)) => quote!({ #made; ::core::result::Result::Ok(()) }),
    };
    match input.kind {
        InputKind::Terminated => {
            quote!({ if __ctx.wants(&__message) #handled else { ::core::result::Result::Ok(()) } })
        }
        _ => handled,
    }
}

/// The outcome of a method without an answer, whose type rustc compares: another type than `Result<(), Fault>` is reported there.
fn finished(plan: &ActorPlan<'_>, made: &TokenStream, ty: &TokenStream) -> TokenStream {
    let private = &plan.private;
    let outcome = spans::local("__outcome", spans::first(ty));
    quote!({ let #outcome = #made; #private::finished(#outcome) })
}

/// The expression that takes the message out of its carrier.
fn unloaded(plan: &ActorPlan<'_>, InputVariant { ty, .. }: &InputVariant<'_>) -> TokenStream {
    let private = &plan.private;
    quote!(#private::Carrier::<#ty>::unload(__message))
}

/// Calls the impl of the trait. A missing impl is reported at the entry of the list.
fn delegate(plan: &ActorPlan<'_>, input: &InputVariant<'_>) -> TokenStream {
    let ActorPlan { private, self_ty, .. } = plan;
    let ty = &plan.aliases.checked(&input.ty);
    let is_message = input.kind == InputKind::Message;
    let (method, message) = match is_message {
        true => (quote!(<#self_ty as #private::Handler<#ty>>::handle), unloaded(plan, input)),
        false => (quote!(<#self_ty as #private::Subscriber<#ty>>::on_event), quote!(__message)),
    };
    // With one span for everything, rustc reports the same mistake once.
    let place = spans::first(&input.user_ty);
    let (method, wait) = (spans::located(method, place), spans::located(quote!(.await), place));
    let passed = spans::parens(place, quote!(self, #message, __ctx));
    match is_message {
        true => quote!({ let __outcome = #method #passed #wait; __ctx.reply(__slot, __outcome) }),
        false => quote!({ #method #passed #wait }),
    }
}

/// Calls the user's method.
fn invoke(plan: &ActorPlan<'_>, call: &Call, input: Option<TokenStream>) -> TokenStream {
    let self_ty = &plan.self_ty;
    let method = spans::at_call_site(&call.method);
    // The context of another actor is reported at its type.
    let context = call.context.map(|place| spans::local("__ctx", place)).into_iter();
    let input = input.into_iter();
    let wait = call.awaits.then(|| quote!(.await));
    quote!(<#self_ty>::#method(self, #(#input,)* #(#context,)*) #wait)
}

/// The names of the variants and of the events, and the handled messages for the graph.
fn names(plan: &ActorPlan<'_>) -> TokenStream {
    let private = &plan.private;
    // A variant that is configured out has a place, and no name: another handler of the message may be configured in.
    let names = plan.inputs.iter().map(|InputVariant { cfgs, name, kind, .. }| {
        let is_last = *kind == InputKind::Terminated;
        let otherwise =
            (!cfgs.is_empty() && !is_last).then(|| spans::not_cfgs(cfgs)).map(|cfg| quote!(#cfg "",));
        let name = Literal(name);
        quote!(#(#cfgs)* #name, #otherwise)
    });
    let events = plan.published.iter().map(|event| Literal(&event.name));
    let events = (!plan.published.is_empty())
        .then(|| quote!(const EVENTS: &'static [&'static ::core::primitive::str] = &[#(#events),*];));
    let handled = handled(plan);
    quote! {
        const VARIANTS: &'static [&'static ::core::primitive::str] = &[#(#names)*];
        #events
        const MESSAGES: &'static [#private::graph::Handled] = #handled;
    }
}

/// The handled messages. The types of an actor without parameters are named once, by the list of entries; a message that may be
/// configured out, or that mentions a parameter, is written by itself.
fn handled(plan: &ActorPlan<'_>) -> TokenStream {
    let private = &plan.private;
    if plan.is_checked() && plan.inputs.iter().all(|input| input.cfgs.is_empty()) {
        let (names, marks): (Vec<_>, Vec<_>) =
            plan.handled().map(|input| (Literal(&input.name), Literal(input.is_entry))).unzip();
        let entries = plan.messages.entries();
        return quote! {
            &#private::graph::Handled::all(
                <<__Valid as #private::assertions::Then<#entries>>::Type as #private::one_of::NamedEntries>::NAMED,
                [#(#names),*],
                [#(#marks),*],
            )
        };
    }
    let handled = plan.handled().map(|InputVariant { cfgs, ty, name, is_entry, .. }| {
        // The graph does not judge a type that mentions a parameter.
        let handled = match plan.aliases.is_generic(ty) {
            true => quote!(generic::<#ty>),
            false => {
                let checked = plan.aliases.checked(ty);
                quote!(message::<#checked>)
            }
        };
        let (name, is_entry) = (Literal(name), Literal(is_entry));
        quote!(#(#cfgs)* #private::graph::Handled::#handled(#name, #is_entry),)
    });
    quote!(&[#(#handled)*])
}

fn hook(plan: &ActorPlan<'_>, role: MethodRole, call: &Call) -> TokenStream {
    let private = &plan.private;
    let cfgs = &call.cfgs;
    let (input, pass) = match role {
        MethodRole::OnError => (quote!(__fault: #private::Fault,), Some(quote!(__fault))),
        _ => (TokenStream::new(), None),
    };
    let made = invoke(plan, call, pass);
    let (output, body) = match (role, &call.output) {
        (MethodRole::OnError, _) => (quote!(#private::ErrorAction), made),
        (_, Output::OrFault(_)) => (done(private), made),
        (_, Output::Named(ty)) => (done(private), finished(plan, &made, ty)),
        (_, Output::Value(_)) => (done(private), quote!(#made; ::core::result::Result::Ok(()))),
    };
    let (signature, state) = (signature(plan, input, output), mention_checks(plan));
    let flag = match role {
        MethodRole::PreStart => {
            // Without a context it can ask no actor that is declared, and it waits only if it is `async`.
            let waits = call.awaits && call.context.is_some();
            let never =
                (!waits).then(|| quote!(#(#cfgs)* const START_WAITS: ::core::primitive::bool = false;));
            Some(quote!(#(#cfgs)* const STARTS: ::core::primitive::bool = true; #never))
        }
        MethodRole::PostStop => Some(quote!(#(#cfgs)* const STOPS: ::core::primitive::bool = true;)),
        _ => None,
    };
    let name = quote::format_ident!("{}", role.attribute(), span = generated());
    quote!(#flag #(#cfgs)* async fn #name #signature { #state #body })
}

//! Generates the `Actor` impl: the dispatch of messages to handlers, the hooks, the mailbox policy.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::enums;
use super::plan::{ActorPlan, InputKind, InputVariant};
use crate::actor::role::MethodRole;
use crate::actor::signature::{Call, Output};
use crate::{assertions, spans};

pub(super) fn implement(plan: &ActorPlan<'_>) -> TokenStream {
    let ActorPlan { actor, private, self_ty, .. } = plan;
    let (messages, events) = (&plan.messages.ty, &plan.events.ty);
    let (parameters, _, bounds) = actor.generics.split_for_impl();
    let name = match &plan.args.name {
        Some(name) => name.to_token_stream(),
        None => spans::plain(&actor.ident).to_token_stream(),
    };
    let (policy, mailbox) = mailbox(plan);
    let (dispatch, variant, refuse) = (dispatch(plan), variant(plan), refuse(plan));
    let checked = checked(plan);
    let hooks =
        actor.hooks.iter().filter(|(_, call)| !call.broken).map(|(role, call)| hook(plan, *role, call));
    let impl_token = spans::impl_token(&actor.ident);
    let content = spans::braces(
        &actor.ident,
        quote! {
            type Message = #messages;
            type Event = #events;
            const NAME: &'static ::core::primitive::str = #name;
            #checked
            #mailbox
            #dispatch
            #variant
            #refuse
            #(#hooks)*
        },
    );
    quote! {
        #policy
        #[automatically_derived]
        #impl_token #parameters #private::Actor for #self_ty #bounds #content
    }
}

/// The constant that reports an actor that cannot be sent, once. If it is an error, `__State` and each type that depends on it are
/// error types: rustc does not check a future that mentions one, and a system that lists the actor reports nothing more. An actor
/// with parameters has no such constant, and rustc checks each of its futures.
fn checked(plan: &ActorPlan<'_>) -> Option<TokenStream> {
    let ActorPlan { actor, private, .. } = plan;
    let fields: Vec<_> = actor.fields.iter().map(|field| sent(plan, field)).collect();
    let state = match fields.is_empty() {
        true => assertions::state(&actor.self_ty, private),
        false => assertions::state_of_fields(&plan.self_ty, &fields, private),
    };
    plan.has_state().then(|| quote!(const CHECKED: ::core::primitive::bool = #state;))
}

/// The check of a field: it must be `Send`, unless the actor has its own `Send` impl.
fn sent(plan: &ActorPlan<'_>, field: &syn::Field) -> TokenStream {
    let private = &plan.private;
    let (cfgs, ty) = (spans::cfgs(&field.attrs), plan.actor.without_self(field.ty.to_token_stream()));
    quote!(#(#cfgs)* #private::assertions::field::<#ty, __IS_SEND>();)
}

/// Mentions the checked state, at the start of each future.
fn mention_state(plan: &ActorPlan<'_>) -> Option<TokenStream> {
    let (self_ty, private) = (&plan.self_ty, &plan.private);
    let checked = quote!(<#self_ty as #private::Actor>::CHECKED);
    let state = quote!(<#self_ty as #private::assertions::If<{ #checked }>>::Type);
    plan.has_state().then(|| quote!(let _: ::core::marker::PhantomData<#state>;))
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
    let parameters = spans::parens(place, quote!(&mut self, #input ctx: &mut #private::ActorContext<Self>));
    let output = spans::located(quote!(-> #output), place);
    quote!(#parameters #output)
}

fn done(private: &TokenStream) -> TokenStream {
    quote!(::core::result::Result<(), #private::Fault>)
}

fn dispatch(plan: &ActorPlan<'_>) -> TokenStream {
    let ActorPlan { private, messages, inputs, .. } = plan;
    let (ident, ty) = (&messages.ident, &messages.ty);
    let signature = signature(plan, quote!(message: #ty,), done(private));
    let state = mention_state(plan);
    let arms = inputs.iter().map(|input| {
        let InputVariant { cfgs, variant, reply, .. } = input;
        let slot = reply.as_ref().map(|_| quote!(, slot));
        let body = match input.call {
            Some(call) => arm(plan, input, call),
            None => delegate(plan, input),
        };
        quote!(#(#cfgs)* #ident::#variant(message #slot) => #body)
    });
    let never = enums::never(messages, &quote!(*never));
    quote! {
        #[allow(unreachable_code)]
        async fn dispatch #signature {
            #state
            match message { #(#arms)* #never }
        }
    }
}

fn arm(plan: &ActorPlan<'_>, input: &InputVariant<'_>, call: &Call) -> TokenStream {
    if call.broken {
        // The error about its signature must stay the only one.
        return quote!({ ::core::unreachable!() });
    }
    // `Terminated` is the only possible type, so a wrong one is reported at the parameter.
    let message = match input.kind {
        InputKind::Terminated => spans::local("message", spans::first(&input.user_ty)).into_token_stream(),
        InputKind::Message => unloaded(plan, input),
        InputKind::Event => quote!(message),
    };
    let made = invoke(plan, call, Some(message));
    let handled = match (&input.reply, &call.output) {
        (Some(_), output) => {
            // A wrong type is reported at the argument, which has the place of the type.
            let outcome = spans::local("outcome", spans::first(output.written()));
            quote!({ let #outcome = #made; ctx.reply(slot, #outcome) })
        }
        (None, Output::OrFault(_)) => quote!({ #made }),
        (None, Output::Value(_)) => quote!({ #made; ::core::result::Result::Ok(()) }),
    };
    match input.kind {
        InputKind::Terminated => {
            quote!({ if ctx.wants(&message) #handled else { ::core::result::Result::Ok(()) } })
        }
        _ => handled,
    }
}

/// The expression that takes the message out of its carrier.
fn unloaded(plan: &ActorPlan<'_>, InputVariant { ty, held, .. }: &InputVariant<'_>) -> TokenStream {
    let private = &plan.private;
    quote!(<#held as #private::Carrier<#ty>>::unload(message))
}

/// Calls the impl of the trait. A missing impl is reported at the entry of the list.
fn delegate(plan: &ActorPlan<'_>, input: &InputVariant<'_>) -> TokenStream {
    let ActorPlan { private, self_ty, .. } = plan;
    let ty = &input.checked;
    let is_message = input.kind == InputKind::Message;
    let (method, message) = match is_message {
        true => (quote!(<#self_ty as #private::Handler<#ty>>::handle), unloaded(plan, input)),
        false => (quote!(<#self_ty as #private::Subscriber<#ty>>::on_event), quote!(message)),
    };
    // With one span for everything, rustc reports the same mistake once.
    let place = spans::first(&input.user_ty);
    let (method, wait) = (spans::located(method, place), spans::located(quote!(.await), place));
    let passed = spans::parens(place, quote!(self, #message, ctx));
    match is_message {
        true => quote!({ let outcome = #method #passed #wait; ctx.reply(slot, outcome) }),
        false => quote!({ #method #passed #wait }),
    }
}

/// Calls the user's method.
fn invoke(plan: &ActorPlan<'_>, call: &Call, input: Option<TokenStream>) -> TokenStream {
    let self_ty = &plan.self_ty;
    let method = spans::at_call_site(&call.method);
    // The context of another actor is reported at its type.
    let context = call.context.map(|place| spans::local("ctx", place)).into_iter();
    let input = input.into_iter();
    let wait = call.awaits.then(|| quote!(.await));
    quote!(<#self_ty>::#method(self, #(#input,)* #(#context,)*) #wait)
}

/// The numbers and names of the variants. An enum without data counts them, because a variant may be configured out.
fn variant(plan: &ActorPlan<'_>) -> TokenStream {
    let ActorPlan { messages, inputs, .. } = plan;
    let (ident, ty) = (&messages.ident, &messages.ty);
    let numbers = inputs.iter().map(|InputVariant { cfgs, variant, .. }| quote!(#(#cfgs)* #variant,));
    let names = inputs.iter().map(|InputVariant { cfgs, name, .. }| quote!(#(#cfgs)* #name,));
    let arms = inputs.iter().map(|InputVariant { cfgs, variant, .. }| {
        quote!(#(#cfgs)* #ident::#variant(..) => __Number::#variant as ::core::primitive::u16,)
    });
    let never = enums::never(messages, &quote!(*never));
    let private = &plan.private;
    let handled = plan.handled().map(|(InputVariant { cfgs, checked, ty, name, is_entry, .. }, _)| {
        // The name of a type that mentions a parameter is not known here.
        let handled = match plan.aliases.is_generic(ty) {
            true => quote!(unknown),
            false => quote!(message::<#checked>),
        };
        quote!(#(#cfgs)* #private::graph::Handled::#handled(#name, #is_entry),)
    });
    quote! {
        const MESSAGES: &'static [#private::graph::Handled] = &[#(#handled)*];
        const VARIANTS: &'static [&'static ::core::primitive::str] = &[#(#names)*];
        #[inline]
        fn variant(message: &#ty) -> ::core::primitive::u16 {
            enum __Number { #(#numbers)* }
            match *message { #(#arms)* #never }
        }
    }
}

fn refuse(plan: &ActorPlan<'_>) -> TokenStream {
    let ActorPlan { private, messages, inputs, .. } = plan;
    let (ident, ty) = (&messages.ident, &messages.ty);
    let arms = inputs.iter().map(|input| match input {
        InputVariant { cfgs, variant, reply: Some(_), .. } => {
            quote!(#(#cfgs)* #ident::#variant(_, ref mut slot) => slot.refuse(why),)
        }
        InputVariant { cfgs, variant, .. } => quote!(#(#cfgs)* #ident::#variant(_) => {}),
    });
    let never = enums::never(messages, &quote!(*never));
    quote! {
        fn refuse(message: &mut #ty, why: #private::Cause) { match *message { #(#arms)* #never } }
    }
}

fn hook(plan: &ActorPlan<'_>, role: MethodRole, call: &Call) -> TokenStream {
    let private = &plan.private;
    let cfgs = &call.cfgs;
    let (input, pass) = match role {
        MethodRole::OnError => (quote!(fault: #private::Fault,), Some(quote!(fault))),
        _ => (TokenStream::new(), None),
    };
    let made = invoke(plan, call, pass);
    let (output, body) = match (role, &call.output) {
        (MethodRole::OnError, _) => (quote!(#private::ErrorAction), made),
        (_, Output::OrFault(_)) => (done(private), made),
        (_, Output::Value(_)) => (done(private), quote!(#made; ::core::result::Result::Ok(()))),
    };
    let (signature, state) = (signature(plan, input, output), mention_state(plan));
    let flag = match role {
        MethodRole::PreStart => Some(quote!(#(#cfgs)* const STARTS: ::core::primitive::bool = true;)),
        MethodRole::PostStop => Some(quote!(#(#cfgs)* const STOPS: ::core::primitive::bool = true;)),
        _ => None,
    };
    let name = quote::format_ident!("{}", role.attribute());
    quote!(#flag #(#cfgs)* async fn #name #signature { #state #body })
}

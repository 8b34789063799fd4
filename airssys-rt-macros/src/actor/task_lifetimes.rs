//! Names the lifetimes of `self` and of the context in a method that moves one of them into a task.
//!
//! rustc reports such a task without words of the library: "argument requires that `'1` must outlive `'static`". A lifetime with a name
//! is printed in the place of `'1`, so the name says what to write. A method that moves neither keeps its signature.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{FnArg, GenericParam, Lifetime, LifetimeParam, Pat, ReceiverKind, Signature, Token, Type};

use super::item::Method;
use crate::tokens::{generated, parse_quote};

/// The lifetime of the context.
const CONTEXT: &str = "'in_a_task_use_ctx_publisher";
/// The lifetime of `self`.
const STATE: &str = "'a_task_owns_what_it_uses";

/// Names the lifetimes of what the method passes to a function that spawns.
pub(super) fn name(method: &mut Method) {
    let mut passed = Vec::new();
    spawned(&method.body.stream(), &mut passed);
    if passed.is_empty() {
        return;
    }
    let named: Vec<_> =
        method.signature.inputs.iter_mut().filter_map(|argument| of(argument, &passed)).collect();
    if named.is_empty() {
        return;
    }
    declare(&mut method.signature, named);
    method.attributes.push(parse_quote!(#[allow(clippy::needless_lifetimes, single_use_lifetimes)]));
}

/// Collects the names in the arguments of `spawn(..)`, `spawn_blocking(..)` and the like, but not those of `ctx.spawn(..)`.
fn spawned(body: &TokenStream, passed: &mut Vec<String>) {
    let tokens: Vec<_> = body.clone().into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let before = |back: usize| place.checked_sub(back).map(|place| tokens[place].to_string());
        let is_call = group.delimiter() == Delimiter::Parenthesis
            && before(1).is_some_and(|function| function.starts_with("spawn"));
        let is_child = before(2).is_some_and(|dot| dot == ".") && before(3).is_some_and(|word| word == "ctx");
        match is_call && !is_child {
            true => names(&group.stream(), passed),
            false => spawned(&group.stream(), passed),
        }
    }
}

fn names(tokens: &TokenStream, into: &mut Vec<String>) {
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(name) => into.push(name.to_string()),
            TokenTree::Group(group) => names(&group.stream(), into),
            _ => {}
        }
    }
}

/// Names the lifetime of a reference among the parameters, if it is passed.
fn of(argument: &mut FnArg, passed: &[String]) -> Option<Lifetime> {
    let is_passed = |name: &str| passed.iter().any(|passed| passed == name);
    let (place, lifetime, name) = match argument {
        FnArg::Receiver(receiver) if is_passed("self") => match &mut receiver.kind {
            ReceiverKind::Reference(sign, lifetime, _) => (sign.span, lifetime, STATE),
            _ => return None,
        },
        FnArg::Typed(argument) => match (&*argument.pat, &mut *argument.ty) {
            (Pat::Ident(pattern), Type::Reference(reference)) if is_passed(&pattern.ident.to_string()) => {
                (reference.and_token.span, &mut reference.lifetime, CONTEXT)
            }
            _ => return None,
        },
        FnArg::Receiver(_) => return None,
    };
    if lifetime.is_some() {
        return None;
    }
    let named = Lifetime::new(name, generated().located_at(place));
    *lifetime = Some(named.clone());
    Some(named)
}

/// Declares the lifetimes, before all parameters of the method.
fn declare(signature: &mut Signature, lifetimes: Vec<Lifetime>) {
    let generics = &mut signature.generics;
    if generics.params.is_empty() {
        (generics.lt_token, generics.gt_token) = (Some(Token![<](generated())), Some(Token![>](generated())));
    }
    for lifetime in lifetimes {
        generics.params.insert(0, GenericParam::Lifetime(LifetimeParam::new(lifetime)));
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::super::item::{ActorItem, Method};
    use crate::errors::Errors;

    /// The signature of a method with this body.
    fn named(body: &str) -> String {
        let block = format!("impl A {{ fn f(&mut self, m: M, ctx: &mut ActorContext<Self>) {{ {body} }} }}");
        let tokens = block.parse().expect("the text is made of tokens");
        let mut errors = Errors::default();
        let mut item = ActorItem::read(&tokens, &mut errors).expect("it is a block");
        let method: &mut Method = item.methods().next().expect("it has a method");
        super::name(method);
        method.signature.to_token_stream().to_string()
    }

    #[test]
    fn what_is_passed_to_a_function_that_spawns_has_a_lifetime_with_a_name() {
        for body in [
            "tokio::spawn(async move { ctx.id() });",
            "if true { tasks.spawn(later(ctx)); }",
            "std::thread::spawn(move || ctx.stop());",
            "spawn_blocking(move || { let it = &ctx; });",
        ] {
            let named = named(body);
            assert!(named.contains("ctx : & 'in_a_task_use_ctx_publisher mut"), "{named}");
            assert!(named.contains("(& mut self"), "{named}");
        }
        assert!(named("spawn(async move { self.n += 1 });").contains("& 'a_task_owns_what_it_uses mut self"));
    }

    #[test]
    fn other_methods_keep_their_signatures() {
        for body in [
            "ctx.stop();",
            "ctx.spawn(Child { parent: ctx.actor_ref() });",
            "spawn(m);",
            "ctx.tell(spawn, self.m);",
        ] {
            let named = named(body);
            assert!(!named.contains('\''), "{named}");
        }
    }
}

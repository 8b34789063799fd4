//! The aliases of the messages, events and actors that `#[actor]` names: a typo in a type is one error.

use std::collections::HashMap;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, GenericParam, Generics};

use crate::{assertions, impl_serde, spans};

/// An alias for each type that the user named, so that a typo in it is one error. A type that mentions a parameter of the
/// actor cannot have an alias and is used unchanged.
pub(super) struct Aliases {
    private: TokenStream,
    parameters: Vec<Ident>,
    aliases: Vec<TokenStream>,
    /// The alias of each type without `#[cfg(..)]`, by the text of the type.
    known: HashMap<String, TokenStream>,
    /// Whether an alias may be configured out.
    off: bool,
}

impl Aliases {
    pub(super) fn new(generics: &Generics, private: &TokenStream) -> Self {
        let parameters = generics.params.iter().filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => Some(parameter.ident.clone()),
            GenericParam::Const(parameter) => Some(parameter.ident.clone()),
            GenericParam::Lifetime(_) => None,
        });
        Self {
            private: private.clone(),
            parameters: parameters.collect(),
            aliases: Vec::new(),
            known: HashMap::new(),
            off: false,
        }
    }

    /// Whether the tokens mention a parameter of the actor.
    pub(super) fn is_generic(&self, tokens: &TokenStream) -> bool {
        tokens.clone().into_iter().any(|token| match token {
            TokenTree::Ident(ident) => self.parameters.contains(&ident),
            TokenTree::Group(group) => self.is_generic(&group.stream()),
            _ => false,
        })
    }

    /// The alias of a type, or the type itself with the span of the attribute.
    pub(super) fn name(&mut self, ty: TokenStream, cfgs: &[Attribute]) -> TokenStream {
        if self.is_generic(&ty) {
            return spans::at_call_site(&ty);
        }
        let text = ty.to_string();
        if cfgs.is_empty()
            && let Some(alias) = self.known.get(&text)
        {
            return alias.clone();
        }
        let alias = format_ident!("__T{}", self.aliases.len(), span = Span::call_site());
        self.aliases.push(quote!(#(#cfgs)* type #alias = #ty;));
        if cfgs.is_empty() {
            self.known.insert(text, alias.to_token_stream());
        } else {
            self.configured_out(&alias, cfgs);
        }
        alias.to_token_stream()
    }

    /// The alias of an actor that this one asks, tells or spawns. A type that is not an actor is reported where it is named,
    /// once.
    pub(super) fn actor(&mut self, ty: &TokenStream) -> TokenStream {
        if self.is_generic(ty) {
            return spans::at_call_site(ty);
        }
        let actor = assertions::actor(ty, &self.private);
        self.name(actor, &[])
    }

    /// The alias of a message. A type that is not a message is reported where it is named, once.
    pub(super) fn message(&mut self, ty: &TokenStream, cfgs: &[Attribute]) -> TokenStream {
        if self.is_generic(ty) {
            return spans::at_call_site(ty);
        }
        let message = assertions::message(ty, &self.private);
        self.name(message, cfgs)
    }

    /// The alias of an event. A type that is not an event is reported where it is named, once.
    pub(super) fn event(&mut self, ty: &TokenStream) -> TokenStream {
        if self.is_generic(ty) {
            return spans::at_call_site(ty);
        }
        let event = assertions::event(ty, &self.private);
        self.name(event, &[])
    }

    /// Declares the alias for the opposite configuration. Bounds cannot be configured out, so there the alias names a type that
    /// satisfies them.
    fn configured_out(&mut self, alias: &Ident, cfgs: &[Attribute]) {
        let conditions = cfgs.iter().filter_map(|cfg| match &cfg.meta {
            syn::Meta::List(list) => Some(&list.tokens),
            _ => None,
        });
        self.aliases.push(quote!(#[cfg(not(all(#(#conditions),*)))] type #alias = __Off;));
        self.off = true;
    }

    /// The declarations of all aliases.
    pub(super) fn declare(&self) -> TokenStream {
        let Self { private, aliases, .. } = self;
        let off = self.off.then(|| {
            let serde = impl_serde::of_nothing(&format_ident!("__Off", span = Span::call_site()), private);
            quote! {
                #[derive(Clone)] enum __Off {}
                #serde
                impl<__S: #private::System> #private::RoutedBy<__S> for __Off {
                    const INDEX: ::core::primitive::usize = ::core::primitive::usize::MAX;
                    fn wrap(self) -> __S::Event { match self {} }
                    fn get(_: &__S::Event) -> ::core::option::Option<Self> { ::core::option::Option::None }
                    fn unwrap(_: __S::Event) -> ::core::option::Option<Self> { ::core::option::Option::None }
                }
            }
        });
        quote!(#(#aliases)* #off)
    }
}

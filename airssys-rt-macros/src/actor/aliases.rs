//! The aliases of the messages, events and actors that `#[actor]` names: a typo in a type is one error.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident};
use syn::{Attribute, GenericParam, Generics};

use crate::spans;
use crate::tokens::{self, generated, quote};

/// An alias for each type that the user named, so that a typo in it is one error. A type that mentions a parameter of the
/// actor cannot have an alias and is used unchanged.
pub(super) struct Aliases {
    private: TokenStream,
    has_parameters: bool,
    parameters: Vec<Ident>,
    aliases: Vec<TokenStream>,
    /// The alias of each type without `#[cfg(..)]`, by the text of the type.
    known: HashMap<String, TokenStream>,
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
            has_parameters: !generics.params.is_empty(),
            parameters: parameters.collect(),
            aliases: Vec::new(),
            known: HashMap::new(),
        }
    }

    /// Whether the tokens mention a parameter of the actor.
    pub(super) fn is_generic(&self, tokens: &TokenStream) -> bool {
        !self.parameters.is_empty() && self.mentions_parameter(tokens.clone())
    }

    fn mentions_parameter(&self, tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => self.parameters.contains(&ident),
            TokenTree::Group(group) => self.mentions_parameter(group.stream()),
            _ => false,
        })
    }

    /// The alias of a type, or the type itself with the span of the attribute.
    pub(super) fn name(&mut self, ty: TokenStream, cfgs: &[Attribute]) -> TokenStream {
        if self.is_generic(&ty) {
            return spans::at_call_site(&ty);
        }
        let text = ty.to_string();
        if let Some(alias) = self.known.get(&text).filter(|_| cfgs.is_empty()) {
            return alias.clone();
        }
        let alias = format_ident!("__T{}", self.aliases.len(), span = generated());
        let declared = tokens::declared(&alias);
        self.aliases.push(quote!(#(#cfgs)* type #declared = #ty;));
        if cfgs.is_empty() {
            self.known.insert(text, alias.to_token_stream());
        } else {
            self.configured_out(&alias, cfgs);
        }
        alias.to_token_stream()
    }

    /// The type after the checks of the actor: an error type if one fails. Only in an actor without parameters, whose checks are a
    /// constant.
    pub(super) fn checked(&self, ty: &TokenStream) -> TokenStream {
        let private = &self.private;
        match self.has_parameters {
            true => ty.clone(),
            false => {
                quote!(<__Valid as #private::assertions::Then<#ty>>::Type)
            }
        }
    }

    /// Declares the alias for the opposite configuration. Bounds cannot be configured out, so there the alias names a type that
    /// satisfies them.
    fn configured_out(&mut self, alias: &Ident, cfgs: &[Attribute]) {
        let (private, otherwise) = (&self.private, spans::not_cfgs(cfgs));
        self.aliases.push(quote!(#otherwise type #alias = #private::one_of::ConfiguredOut;));
    }

    /// The declarations of all aliases.
    pub(super) fn declare(&self) -> TokenStream {
        let aliases = &self.aliases;
        quote!(#(#aliases)*)
    }
}

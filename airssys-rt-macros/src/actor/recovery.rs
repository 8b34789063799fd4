//! The recovery from a mistake in the item of an actor: what is emitted in its place, so that it is one error.

use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Type;

use super::item::{DataItem, ImplBlock, Method};
use super::role::MethodRole;
use crate::errors::Errors;
use crate::reply_type::Refusal;
use crate::tokens::{parse_quote, quote};
use crate::{borrowing, spans};

impl DataItem {
    /// Writes `'static` for each lifetime of the type. The item itself stays: its uses name its lifetimes.
    pub(super) fn own(&mut self, errors: &mut Errors) {
        let mut names = borrowing::remove(&mut self.generics);
        names.push(elided());
        let ty = |ty: &Type| syn::parse2(borrowing::replace(ty.to_token_stream(), &names));
        self.self_ty = errors.keep(ty(&self.self_ty)).unwrap_or_else(|| self.self_ty.clone());
        for field in &mut self.fields {
            field.ty = errors.keep(ty(&field.ty)).unwrap_or_else(|| field.ty.clone());
        }
    }
}

impl ImplBlock {
    /// Writes `'static` for each lifetime of the actor.
    pub(super) fn own(&mut self, errors: &mut Errors) {
        let names = borrowing::remove(&mut self.generics);
        let self_ty = borrowing::replace(self.self_ty.to_token_stream(), &[elided()]);
        self.self_ty = errors.keep(syn::parse2(self_ty)).unwrap_or_else(|| self.self_ty.clone());
        if let Some(owned) = errors.keep(syn::parse2(borrowing::replace(self.to_token_stream(), &names))) {
            *self = owned;
        }
    }
}

impl Method {
    /// Reports the type that the method returns, unless its message has an error for its own reply: then that is the same mistake.
    ///
    /// The error is the panic of a constant that mentions the type of the reply. A reply with an error is an error type, and rustc does
    /// not evaluate a constant that mentions one.
    pub(super) fn refuse(&mut self, refusal: &Refusal, message: &Type, private: &TokenStream) {
        let place = spans::first(&refusal.at);
        let answer = quote!(<#message as #private::Carried>::Answer);
        let text = &refusal.text;
        let panic = spans::located(quote!(::core::panic!("{}", #text)), place);
        let body = self.body.stream();
        let mut checked = Group::new(
            Delimiter::Brace,
            quote! {
                const _: () = {
                    let _: ::core::marker::PhantomData<#answer>;
                    #panic
                };
                #body
            },
        );
        checked.set_span(self.body.span());
        self.body = checked;
        // rustc reports a function that returns a type without a known size.
        if !refusal.is_returnable {
            let answer = spans::located(answer, place);
            self.signature.output = parse_quote!(-> #answer);
        }
    }
}

/// The name of the lifetime `'_`.
fn elided() -> Ident {
    Ident::new("_", Span::call_site())
}

/// The first `'_` among the tokens.
pub(super) fn elided_lifetime(tokens: TokenStream) -> Option<TokenStream> {
    let mut quote = None;
    for token in tokens {
        let before = quote.take();
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '\'' => quote = Some(mark),
            TokenTree::Ident(name) if name == "_" && before.is_some() => return Some(quote!(#before #name)),
            TokenTree::Group(group) => {
                if let Some(found) = elided_lifetime(group.stream()) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}

/// Removes the attributes that `#[actor]` reads from an item that it cannot expand: each that stays would be one more
/// error.
pub(super) fn without_roles(item: TokenStream) -> TokenStream {
    let mut kept = Vec::new();
    let mut tokens = item.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if is_hash(&token) && tokens.peek().is_some_and(is_role) {
            tokens.next();
            continue;
        }
        kept.push(match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let mut stripped = Group::new(Delimiter::Brace, without_roles(group.stream()));
                stripped.set_span(group.span());
                stripped.into()
            }
            token => token,
        });
    }
    kept.into_iter().collect()
}

fn is_hash(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '#' && punct.spacing() == Spacing::Alone)
}

fn is_role(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else {
        return false;
    };
    let first = group.stream().into_iter().next();
    group.delimiter() == Delimiter::Bracket
        && first.is_some_and(|word| MethodRole::named(&word.to_string()).is_some())
}

//! The impl block, parsed as far as it is needed.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream};
use syn::token::Brace;
use syn::{Attribute, Generics, ImplItem, Signature, Token, Type, Visibility};

use super::role::Role;
use crate::errors::Errors;
use crate::spans;

/// An inherent impl block. The bodies of its methods stay raw token trees: less to parse, and a half-typed
/// body cannot fail the attribute, which would take completion away from the editor.
pub(super) struct Block {
    pub(super) attributes: Vec<Attribute>,
    impl_token: Token![impl],
    pub(super) generics: Generics,
    pub(super) self_ty: Type,
    brace: Brace,
    pub(super) items: Vec<Member>,
}

pub(super) enum Member {
    Method(Box<Method>),
    Other(TokenStream),
}

pub(super) struct Method {
    pub(super) attributes: Vec<Attribute>,
    visibility: Visibility,
    pub(super) signature: Signature,
    body: Group,
}

impl Block {
    /// Reads the item; says what is wrong when it cannot be the block of an actor.
    pub(super) fn read(item: &TokenStream, errors: &mut Errors) -> Option<Self> {
        let item = safe(item);
        let keyword = spans::keyword(&item);
        if keyword.as_ref().is_some_and(|keyword| keyword.to_string() == "impl") {
            return errors.keep(syn::parse2(item));
        }
        errors.at(keyword, "`#[actor]` goes on the impl block that holds the handlers of the actor");
        None
    }
}

/// The item without `unsafe` before `impl`: rustc has refused that already when an attribute sees it.
fn safe(item: &TokenStream) -> TokenStream {
    let mut tokens = item.clone().into_iter().peekable();
    let mut kept = Vec::new();
    while let Some(token) = tokens.next() {
        let before_impl = tokens.peek().is_some_and(|next| next.to_string() == "impl");
        if !(before_impl && token.to_string() == "unsafe") {
            kept.push(token);
        }
    }
    kept.into_iter().collect()
}

impl Parse for Block {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let impl_token = input.parse()?;
        let mut generics = if input.peek(Token![<]) { input.parse()? } else { Generics::default() };
        let self_ty = input.parse()?;
        if input.peek(Token![for]) {
            return Err(syn::Error::new_spanned(
                self_ty,
                "`#[actor]` goes on an inherent impl block, `impl Account { .. }`, not on the impl of a trait",
            ));
        }
        generics.where_clause = input.parse()?;
        let content;
        let brace = syn::braced!(content in input);
        let inner = content.call(Attribute::parse_inner)?;
        let mut items: Vec<_> = inner.iter().map(|inner| Member::Other(inner.to_token_stream())).collect();
        while !content.is_empty() {
            items.push(content.parse()?);
        }
        Ok(Self { attributes, impl_token, generics, self_ty, brace, items })
    }
}

impl Parse for Member {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ahead = input.fork();
        if let Ok(method) = ahead.parse::<Method>() {
            input.advance_to(&ahead);
            return Ok(Self::Method(Box::new(method)));
        }
        Ok(Self::Other(input.parse::<ImplItem>()?.into_token_stream()))
    }
}

impl Parse for Method {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            attributes: input.call(Attribute::parse_outer)?,
            visibility: input.parse()?,
            signature: input.parse()?,
            body: input.parse()?,
        })
    }
}

impl ToTokens for Block {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (parameters, _, bounds) = self.generics.split_for_impl();
        tokens.extend(self.attributes.iter().map(ToTokens::to_token_stream));
        self.impl_token.to_tokens(tokens);
        parameters.to_tokens(tokens);
        self.self_ty.to_tokens(tokens);
        bounds.to_tokens(tokens);
        self.brace.surround(tokens, |tokens| {
            for item in &self.items {
                item.to_tokens(tokens);
            }
        });
    }
}

impl ToTokens for Member {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Method(method) => method.to_tokens(tokens),
            Self::Other(other) => other.to_tokens(tokens),
        }
    }
}

impl ToTokens for Method {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.attributes.iter().map(ToTokens::to_token_stream));
        self.visibility.to_tokens(tokens);
        self.signature.to_tokens(tokens);
        self.body.to_tokens(tokens);
    }
}

/// An item that is no block, without the attributes that `#[actor]` would have read: left in, each would be
/// one more error.
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
        && first.is_some_and(|word| Role::named(&word.to_string()).is_some())
}

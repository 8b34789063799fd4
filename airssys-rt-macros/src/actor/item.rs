//! Parses the item that has `#[actor]`: a struct, an enum or an impl block, as far as it is needed.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream};
use syn::token::Brace;
use syn::{
    Attribute, Field, Generics, ImplItem, Item, Signature, Token, Type, TypeParamBound, Visibility,
    WherePredicate,
};

use super::recovery::{self, without_roles};
use super::unfinished::UnfinishedItem;
use crate::errors::Errors;
use crate::spans;
use crate::tokens::parse_quote;

/// The item that has `#[actor]`.
pub(super) enum ActorItem {
    /// The struct form, whose handlers are impls of traits.
    Data(DataItem),
    /// The impl form, whose handlers are methods.
    Block(ImplBlock),
}

/// A struct or an enum, emitted unchanged.
pub(super) struct DataItem {
    attributes: Vec<Attribute>,
    pub(super) generics: Generics,
    pub(super) self_ty: Type,
    pub(super) fields: Vec<Field>,
    item: TokenStream,
    /// Whether it is a union or the impl of a trait, which is an error.
    is_misplaced: bool,
}

/// An inherent impl block. The bodies of its methods stay raw token trees: there is less to parse, and a half-typed body
/// cannot make the attribute fail, which would disable completion in the editor.
pub(super) struct ImplBlock {
    attributes: Vec<Attribute>,
    impl_token: Token![impl],
    pub(super) generics: Generics,
    pub(super) self_ty: Type,
    brace: Brace,
    items: Vec<BlockItem>,
}

/// An item of the block.
enum BlockItem {
    Method(Box<Method>),
    Other(TokenStream),
    Unfinished(UnfinishedItem),
}

/// A method of the block.
pub(super) struct Method {
    pub(super) attributes: Vec<Attribute>,
    visibility: Visibility,
    pub(super) signature: Signature,
    pub(super) body: Group,
}

const PLACE: &str =
    "`#[actor]` goes on the struct of the actor, or on the impl block that holds its handlers";

impl ActorItem {
    /// Reads the item, and reports one that cannot be that of an actor.
    pub(super) fn read(item: &TokenStream, errors: &mut Errors) -> Option<Self> {
        let item = safe(item);
        let keyword = spans::keyword(&item);
        match keyword.as_ref().map(ToString::to_string).as_deref() {
            Some("impl") => match DataItem::of_trait_impl(&item, errors) {
                Some(data) => Some(Self::Data(data)),
                None => errors.keep(syn::parse2(item)).map(|mut block: ImplBlock| {
                    block
                        .unfinished()
                        .filter_map(|item| item.error.take())
                        .for_each(|error| errors.push(error));
                    Self::Block(block)
                }),
            },
            Some("struct" | "enum") => DataItem::read(item, errors).map(Self::Data),
            Some("union") => {
                errors.at(keyword, PLACE);
                DataItem::read(item, errors).map(Self::Data)
            }
            _ => {
                errors.at(keyword, PLACE);
                None
            }
        }
    }

    pub(super) const fn self_ty(&self) -> &Type {
        match self {
            Self::Data(data) => &data.self_ty,
            Self::Block(block) => &block.self_ty,
        }
    }

    pub(super) const fn generics(&self) -> &Generics {
        match self {
            Self::Data(data) => &data.generics,
            Self::Block(block) => &block.generics,
        }
    }

    /// Reports a lifetime, and continues with `'static` in its place, so that no use of the actor is an error as well.
    pub(super) fn own(&mut self, errors: &mut Errors) {
        let elided = |ty: &Type| recovery::elided_lifetime(ty.to_token_stream());
        let named = self.generics().lifetimes().next().map(|parameter| parameter.lifetime.to_token_stream());
        let Some(lifetime) = named.or_else(|| elided(self.self_ty())) else { return };
        errors.at(
            lifetime,
            "an actor cannot borrow: it outlives the scope that spawns it\n\
             use owned types (`String`, `Arc<..>`) and drop the lifetime",
        );
        match self {
            Self::Data(data) => data.own(errors),
            Self::Block(block) => block.own(errors),
        }
    }

    /// Adds `Send + 'static` to each type parameter. Every actor type needs both, and a bound of the user that is missing would be
    /// reported for each part of the generated code that needs it. The block gets the bounds as well, because its methods name the
    /// context of the actor.
    pub(super) fn add_bounds(&mut self) {
        let generics = match self {
            Self::Data(data) => &mut data.generics,
            Self::Block(block) => &mut block.generics,
        };
        let given: Vec<_> =
            generics.where_clause.iter().flat_map(|clause| clause.predicates.clone()).collect();
        for parameter in generics.type_params_mut() {
            let ident = &parameter.ident;
            let of_parameter = given.iter().filter_map(|predicate| match predicate {
                WherePredicate::Type(of) => Some(of),
                _ => None,
            });
            let of_parameter = of_parameter
                .filter(|of| matches!(&of.bounded_ty, Type::Path(path) if path.path.is_ident(ident)))
                .flat_map(|of| &of.bounds);
            let bounds: Vec<_> = of_parameter.chain(&parameter.bounds).cloned().collect();
            // A parameter that is an actor is `'static`, and stands in references, which are `Send`.
            if bounds.iter().any(|bound| is_named(bound, "Actor")) {
                continue;
            }
            let is_send = bounds.iter().any(|bound| is_named(bound, "Send"));
            let is_static = bounds.iter().any(|bound| match bound {
                TypeParamBound::Lifetime(lifetime) => lifetime.ident == "static",
                _ => false,
            });
            if !is_send {
                parameter.bounds.push(parse_quote!(::core::marker::Send));
            }
            if !is_static {
                parameter.bounds.push(parse_quote!('static));
            }
        }
    }

    pub(super) fn attributes(&self) -> &[Attribute] {
        match self {
            Self::Data(data) => &data.attributes,
            Self::Block(block) => &block.attributes,
        }
    }

    /// The methods of the block; a struct has none.
    pub(super) fn methods(&mut self) -> impl Iterator<Item = &mut Method> {
        let items = match self {
            Self::Data(_) => &mut [],
            Self::Block(block) => block.items.as_mut_slice(),
        };
        items.iter_mut().filter_map(|member| match member {
            BlockItem::Method(method) => Some(&mut **method),
            BlockItem::Other(_) | BlockItem::Unfinished(_) => None,
        })
    }

    /// Whether an item of the block is left out.
    pub(super) fn is_unfinished(&self) -> bool {
        match self {
            Self::Data(_) => false,
            Self::Block(block) => block.items.iter().any(|item| matches!(item, BlockItem::Unfinished(_))),
        }
    }

    /// Whether the attribute is on an item of another kind, which is reported.
    pub(super) const fn is_misplaced(&self) -> bool {
        match self {
            Self::Data(data) => data.is_misplaced,
            Self::Block(_) => false,
        }
    }

    /// The fields of the struct or of the enum; empty for a block, which does not know them.
    pub(super) fn fields(&self) -> &[Field] {
        match self {
            Self::Data(data) => &data.fields,
            Self::Block(_) => &[],
        }
    }
}

/// Whether the bound is a trait of that name.
fn is_named(bound: &TypeParamBound, name: &str) -> bool {
    match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last().is_some_and(|last| last.ident == name),
        _ => false,
    }
}

impl DataItem {
    fn read(item: TokenStream, errors: &mut Errors) -> Option<Self> {
        let parsed = errors.keep(syn::parse2(item.clone()))?;
        let is_misplaced = matches!(parsed, Item::Union(_));
        let (attributes, ident, generics, fields) = match parsed {
            Item::Struct(item) => (item.attrs, item.ident, item.generics, item.fields.into_iter().collect()),
            Item::Union(item) => {
                (item.attrs, item.ident, item.generics, item.fields.named.into_iter().collect())
            }
            Item::Enum(item) => {
                let fields = item.variants.into_iter().flat_map(|variant| variant.fields).collect();
                (item.attrs, item.ident, item.generics, fields)
            }
            _ => return None,
        };
        let (_, arguments, _) = generics.split_for_impl();
        let self_ty = parse_quote!(#ident #arguments);
        Some(Self { attributes, generics, self_ty, fields, item, is_misplaced })
    }

    /// Reports an impl of a trait, and reads it as the type that it is for. The attribute of a type that has its handlers in impls of
    /// `Handler` and `Subscriber` is on the type itself, so the impl of such a trait gets no code.
    fn of_trait_impl(item: &TokenStream, errors: &mut Errors) -> Option<Self> {
        // The parse of all bodies takes longer than the rest of the attribute.
        if !item.clone().into_iter().any(|token| is_ident(&token, "for")) {
            return None;
        }
        let Ok(Item::Impl(parsed)) = syn::parse2(item.clone()) else { return None };
        let path = &parsed.trait_.as_ref()?.0;
        errors.at(
            path,
            "`#[actor]` goes on an inherent impl block, `impl Account { .. }`, not on the impl of a trait",
        );
        Some(Self {
            attributes: parsed.attrs,
            generics: parsed.generics,
            self_ty: *parsed.self_ty,
            fields: Vec::new(),
            item: without_roles(item.clone()),
            is_misplaced: true,
        })
    }
}
/// Removes `unsafe` before `impl`: rustc reports it before it runs the attribute.
fn safe(item: &TokenStream) -> TokenStream {
    if !item.clone().into_iter().any(|token| is_ident(&token, "unsafe")) {
        return item.clone();
    }
    let mut tokens = item.clone().into_iter().peekable();
    let mut kept = Vec::new();
    while let Some(token) = tokens.next() {
        let before_impl = tokens.peek().is_some_and(|next| is_ident(next, "impl"));
        if !(before_impl && is_ident(&token, "unsafe")) {
            kept.push(token);
        }
    }
    kept.into_iter().collect()
}

fn is_ident(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == name)
}

impl ImplBlock {
    fn unfinished(&mut self) -> impl Iterator<Item = &mut UnfinishedItem> {
        self.items.iter_mut().filter_map(|item| match item {
            BlockItem::Unfinished(item) => Some(item),
            _ => None,
        })
    }
}

impl Parse for ImplBlock {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let impl_token = input.parse()?;
        let mut generics = if input.peek(Token![<]) { input.parse()? } else { Generics::default() };
        let self_ty = input.parse()?;
        generics.where_clause = input.parse()?;
        let content;
        let brace = syn::braced!(content in input);
        let inner = content.call(Attribute::parse_inner)?;
        let mut items: Vec<_> = inner.iter().map(|inner| BlockItem::Other(inner.to_token_stream())).collect();
        while !content.is_empty() {
            items.push(content.parse()?);
        }
        Ok(Self { attributes, impl_token, generics, self_ty, brace, items })
    }
}

impl Parse for BlockItem {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ahead = input.fork();
        if let Ok(method) = ahead.parse::<Method>() {
            input.advance_to(&ahead);
            return Ok(Self::Method(Box::new(method)));
        }
        let ahead = input.fork();
        match ahead.parse::<ImplItem>() {
            Ok(item) => {
                input.advance_to(&ahead);
                Ok(match item {
                    ImplItem::Verbatim(tokens) => Self::Unfinished(UnfinishedItem::without_body(tokens)),
                    item => Self::Other(item.into_token_stream()),
                })
            }
            Err(error) => UnfinishedItem::read(input, error).map(Self::Unfinished),
        }
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

impl ToTokens for ActorItem {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Data(data) => data.item.to_tokens(tokens),
            Self::Block(block) => block.to_tokens(tokens),
        }
    }
}

impl ToTokens for ImplBlock {
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

impl ToTokens for BlockItem {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Method(method) => method.to_tokens(tokens),
            Self::Other(other) => other.to_tokens(tokens),
            Self::Unfinished(item) => item.to_tokens(tokens),
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

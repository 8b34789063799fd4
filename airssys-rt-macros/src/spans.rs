//! The spans of generated tokens: which token of the user each points at.
//!
//! Go-to-definition and rename find every token that has a user's span, so a type that the user wrote appears once with its
//! own span. Of a generated impl only the `impl` keyword and the braces have the span of the type: this is enough for rustc to
//! report the errors about the impl there.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Token, Type};

use crate::tokens::{call_site, generated, quote};

/// The span of the first token. Tokens that a `macro_rules` macro passes on have the span where its user wrote them.
pub(crate) fn first(tokens: &impl ToTokens) -> Span {
    match tokens.to_token_stream().into_iter().next() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => first(&group.stream()),
        Some(token) => token.span(),
        None => Span::call_site(),
    }
}

/// The span of the last token.
pub(crate) fn last(tokens: &impl ToTokens) -> Span {
    match tokens.to_token_stream().into_iter().last() {
        Some(TokenTree::Group(group)) => group.span_close(),
        Some(token) => token.span(),
        None => Span::call_site(),
    }
}

/// The `impl` keyword of an impl whose errors rustc reports at `tokens`.
pub(crate) fn impl_token(tokens: &impl ToTokens) -> Token![impl] {
    Token![impl](first(tokens))
}

/// The braces of an impl whose errors rustc reports at `tokens`.
pub(crate) fn braces(tokens: &impl ToTokens, body: TokenStream) -> TokenStream {
    group(Delimiter::Brace, last(tokens), body)
}

/// Parentheses with a span.
pub(crate) fn parens(span: Span, body: TokenStream) -> TokenStream {
    group(Delimiter::Parenthesis, span, body)
}

fn group(delimiter: Delimiter, span: Span, body: TokenStream) -> TokenStream {
    let mut group = Group::new(delimiter, body);
    group.set_span(span);
    TokenTree::from(group).into()
}

/// The same tokens with the span of the attribute. Names are resolved as before.
pub(crate) fn at_call_site(tokens: &impl ToTokens) -> TokenStream {
    moved(tokens.to_token_stream(), &|token| call_site().resolved_at(token.span()))
}

/// The same tokens with the span `place`: rustc reports their errors there, as if the user had written them.
pub(crate) fn located(tokens: TokenStream, place: Span) -> TokenStream {
    moved(tokens, &|token| match token {
        // The span of `$crate` determines which crate it is, so only its location changes.
        TokenTree::Ident(ident) if ident == "$crate" => place.resolved_at(ident.span()),
        _ => place,
    })
}

/// A variable of a generated function, whose errors rustc reports at `place`. Variables are hygienic, so its name is resolved
/// as that of generated code.
pub(crate) fn local(name: &str, place: Span) -> Ident {
    Ident::new(name, generated().located_at(place))
}

fn moved(tokens: TokenStream, span: &dyn Fn(&TokenTree) -> Span) -> TokenStream {
    let move_token = |mut token: TokenTree| {
        let place = span(&token);
        if let TokenTree::Group(group) = token {
            token = Group::new(group.delimiter(), moved(group.stream(), span)).into();
        }
        token.set_span(place);
        token
    };
    tokens.into_iter().map(move_token).collect()
}

/// The last segment of the path of a type, which is also the name of its variant.
pub(crate) fn type_ident(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last().map(|segment| &segment.ident),
        Type::Group(group) => type_ident(&group.elem),
        _ => None,
    }
}

/// The text of the tokens as the user wrote them, to be quoted in an error.
pub(crate) fn quoted(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (spaced, written) in [(" :: ", "::"), (" < ", "<"), (" >", ">"), (" ,", ","), ("& ", "&")] {
        text = text.replace(spaced, written);
    }
    text
}

/// The name without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    syn::ext::IdentExt::unraw(ident).to_string()
}

/// The `#[cfg(..)]` attributes among these. An attribute macro runs before they are evaluated, so the items that it generates
/// must repeat them.
pub(crate) fn cfgs(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).cloned().collect()
}

/// The `#[cfg(..)]` that holds where one of these does not.
pub(crate) fn not_cfgs(cfgs: &[Attribute]) -> TokenStream {
    let conditions = cfgs.iter().filter_map(|cfg| match &cfg.meta {
        syn::Meta::List(list) => Some(&list.tokens),
        _ => None,
    });
    quote!(#[cfg(not(all(#(#conditions),*)))])
}

/// The keyword of an item: `struct`, `fn`, `impl` and so on.
pub(crate) fn keyword(item: &TokenStream) -> Option<TokenTree> {
    const BEFORE: [&str; 6] = ["pub", "async", "const", "unsafe", "extern", "default"];
    item.clone().into_iter().find(|token| match token {
        TokenTree::Ident(ident) => !BEFORE.iter().any(|word| ident == word),
        _ => false,
    })
}

/// Whether the name is among the tokens.
pub(crate) fn mentions(tokens: &TokenStream, name: &Ident) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}

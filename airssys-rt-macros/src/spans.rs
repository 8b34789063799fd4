//! Which token of the user a generated token points at.
//!
//! Spans are a budget. What carries a user's span is found by go-to-definition and rename, so a type that the
//! user wrote appears once with its own span. Of a generated impl only the `impl` keyword and the braces
//! carry it: enough for rustc to put the errors about that impl there.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Token, Type};

/// Where `tokens` begin. What a `macro_rules` macro was given is where its user wrote it.
pub(crate) fn first(tokens: &impl ToTokens) -> Span {
    match tokens.to_token_stream().into_iter().next() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => first(&group.stream()),
        Some(token) => token.span(),
        None => Span::call_site(),
    }
}

/// Where `tokens` end.
pub(crate) fn last(tokens: &impl ToTokens) -> Span {
    match tokens.to_token_stream().into_iter().last() {
        Some(TokenTree::Group(group)) => group.span_close(),
        Some(token) => token.span(),
        None => Span::call_site(),
    }
}

/// The `impl` keyword of an impl whose errors belong at `tokens`.
pub(crate) fn impl_token(tokens: &impl ToTokens) -> Token![impl] {
    Token![impl](first(tokens))
}

/// The braces of an impl whose errors belong at `tokens`.
pub(crate) fn braces(tokens: &impl ToTokens, body: TokenStream) -> TokenStream {
    group(Delimiter::Brace, last(tokens), body)
}

pub(crate) fn parens(span: Span, body: TokenStream) -> TokenStream {
    group(Delimiter::Parenthesis, span, body)
}

fn group(delimiter: Delimiter, span: Span, body: TokenStream) -> TokenStream {
    let mut group = Group::new(delimiter, body);
    group.set_span(span);
    TokenTree::from(group).into()
}

/// The same tokens, resolved in the same way, which point at the attribute instead of the user's tokens.
pub(crate) fn hidden(tokens: &impl ToTokens) -> TokenStream {
    moved(tokens.to_token_stream(), &|token| Span::call_site().resolved_at(token.span()))
}

/// The same tokens, which rustc takes for what the user wrote at `place`.
pub(crate) fn located(tokens: TokenStream, place: Span) -> TokenStream {
    moved(tokens, &|token| match token {
        // Its span says which crate it is.
        TokenTree::Ident(ident) if ident == "$crate" => place.resolved_at(ident.span()),
        _ => place,
    })
}

/// A variable of a generated function, which errors show at `place`. Variables are hygienic, so it cannot be
/// resolved as what the user wrote.
pub(crate) fn local(name: &str, place: Span) -> Ident {
    Ident::new(name, Span::call_site().located_at(place))
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

/// The last segment of the path of a type: what the user calls it, and the name of its variant.
pub(crate) fn type_ident(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last().map(|segment| &segment.ident),
        Type::Group(group) => type_ident(&group.elem),
        _ => None,
    }
}

/// The tokens as the user wrote them, to be quoted in a text.
pub(crate) fn text(tokens: &impl ToTokens) -> String {
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

/// The `#[cfg(..)]` among the attributes. An attribute macro sees them before they are evaluated, so what is
/// generated for an item must repeat them.
pub(crate) fn cfgs(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).cloned().collect()
}

/// The keyword that says what kind of item this is.
pub(crate) fn keyword(item: &TokenStream) -> Option<TokenTree> {
    const BEFORE: [&str; 6] = ["pub", "async", "const", "unsafe", "extern", "default"];
    item.clone().into_iter().find(|token| match token {
        TokenTree::Ident(ident) => !BEFORE.iter().any(|word| ident == word),
        _ => false,
    })
}

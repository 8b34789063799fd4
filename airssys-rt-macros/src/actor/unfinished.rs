//! An item of the block that cannot be parsed, for example a method that is being typed.
//!
//! It is left out, and the block keeps its other items: otherwise each use of the actor would be one more error. The actor may then
//! handle every message, because the item may have been a handler.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{Attribute, Token};

use super::recovery::without_roles;
use crate::editor;

/// An item that cannot be parsed.
pub(super) struct UnfinishedItem {
    tokens: TokenStream,
    /// Whether rustc reports it in the expansion.
    is_kept: bool,
    /// Why it cannot be parsed. `None` if rustc has reported it: rustc parses the block before it runs the attribute.
    pub(super) error: Option<syn::Error>,
}

/// The words before the keyword of an item.
const BEFORE: [&str; 6] = ["pub", "async", "const", "unsafe", "extern", "default"];

impl UnfinishedItem {
    /// Reads the tokens of the item: to its body or its semicolon, or to the next item.
    pub(super) fn read(input: ParseStream<'_>, error: syn::Error) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer).unwrap_or_default();
        let mut tokens: TokenStream = attributes.iter().map(ToTokens::to_token_stream).collect();
        let (mut is_ended, mut is_named, mut is_signed, mut last) = (false, false, true, String::new());
        while !(input.is_empty() || is_ended || is_named && starts_item(input)) {
            let token: TokenTree = input.parse()?;
            let text = token.to_string();
            is_ended = match &token {
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                TokenTree::Punct(punct) => punct.as_char() == ';',
                TokenTree::Literal(_) => false,
                TokenTree::Ident(_) => {
                    is_named |= !BEFORE.contains(&text.as_str());
                    // A method has parameters.
                    if last == "fn" {
                        is_signed = input.peek(Token![<]) || input.peek(syn::token::Paren);
                    }
                    false
                }
            };
            last = text;
            tokens.extend([token]);
        }
        // Every item of a block ends with a body or with a semicolon.
        let error = (is_ended && is_signed).then_some(error);
        Ok(Self { tokens, is_kept: false, error })
    }

    /// A method or a constant that has a semicolon in the place of its body or value.
    pub(super) const fn without_body(tokens: TokenStream) -> Self {
        Self { tokens, is_kept: true, error: None }
    }
}

/// Whether the next tokens begin an item.
fn starts_item(input: ParseStream<'_>) -> bool {
    (input.peek(Token![#]) && input.peek2(syn::token::Bracket))
        || input.peek(Token![pub])
        || input.peek(Token![fn])
        || input.peek(Token![async])
        || input.peek(Token![const])
        || input.peek(Token![unsafe])
        || input.peek(Token![type])
}

impl ToTokens for UnfinishedItem {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        // An editor completes in it; rustc would report one that cannot be parsed again.
        if self.is_kept || editor::is_on() {
            tokens.extend(without_roles(self.tokens.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::expand::expand;

    /// A handler beside another item: the actor, its handler and the errors of the expansion.
    fn check(item: &str, is_reported: bool) {
        let block = format!(
            "impl A {{ #[handler] fn first(&mut self, m: M) {{}} {item} #[handler] fn last(&mut self, n: N) {{}} }}"
        );
        let block = block.parse().expect("the text is made of tokens");
        let text = expand(proc_macro2::TokenStream::new(), block).to_string();
        let has = |part: &str| text.contains(part);
        assert!(has("Actor for A") && has(":: first (") && has(":: last ("), "after `{item}`:\n{text}");
        assert_eq!(has("compile_error"), is_reported, "after `{item}`:\n{text}");
        assert!(!has("# [handler]"), "after `{item}`:\n{text}");
    }

    #[test]
    fn an_unfinished_item_is_reported_by_rustc_and_the_others_stay() {
        for item in [
            "#[handler] async fn wi",
            "#[handler] pub(crate) async fn wi(&mut self, w: Wi)",
            "#[handler] fn wi(&mut self, w: Wi) -> ",
            "#[handler] fn wi {}",
            "#[handler] fn wi(&mut self, w: Wi);",
            "asy",
            "const N: u8",
        ] {
            check(item, false);
        }
    }

    #[test]
    fn an_item_with_a_body_that_cannot_be_parsed_is_an_error_and_the_others_stay() {
        check("#[handler] fn wi(&mut self, w: ) {}", true);
        check("#[handler] fn wi(&mut self, w: Wi) -> {}", true);
    }
}

//! The text of a type or an attribute in a schema, with the same spaces for every layout.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

/// The text of a type, with the same spaces however the user laid it out.
pub(crate) fn canonical(tokens: &impl ToTokens) -> String {
    let mut text = String::new();
    add(&mut text, tokens.to_token_stream());
    text
}

fn add(text: &mut String, tokens: TokenStream) {
    use proc_macro2::Delimiter::{Brace, Bracket, None, Parenthesis};
    let mut tokens = tokens.into_iter().peekable();
    // Whether a separator was found: a tuple of one type keeps its trailing comma.
    let mut is_list = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Parenthesis => ("(", ")"),
                    Bracket => ("[", "]"),
                    Brace => ("{", "}"),
                    None => ("", ""),
                };
                text.push_str(open);
                add(text, group.stream());
                text.push_str(close);
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' if is_bracket(tokens.peek()) || (is_list && tokens.peek().is_none()) => {}
                ',' if tokens.peek().is_none() => text.push(','),
                letter @ (',' | ';') => {
                    is_list = true;
                    text.extend([letter, ' ']);
                }
                letter @ ('+' | '=') => text.extend([' ', letter, ' ']),
                // The first half of an arrow; the arm below it writes the second.
                '-' => text.push_str(" -"),
                '>' if text.ends_with('-') => text.push_str("> "),
                letter => text.push(letter),
            },
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                if text.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
                    text.push(' ');
                }
                text.push_str(&token.to_string());
            }
        }
    }
}

fn is_bracket(next: Option<&TokenTree>) -> bool {
    matches!(next, Some(TokenTree::Punct(punct)) if punct.as_char() == '>')
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn a_type_has_one_text_however_it_is_laid_out() {
        for (laid_out, one) in [
            ("Result < u64 ,Overdrawn , >", "Result<u64, Overdrawn>"),
            ("[ u8;32 ]", "[u8; 32]"),
            ("& 'static   str", "&'static str"),
            ("Box<dyn Fn ( u8 )->u8+Send>", "Box<dyn Fn(u8) -> u8 + Send>"),
            ("( u8 , )", "(u8,)"),
            ("(u8,u16,)", "(u8, u16)"),
            (":: std :: vec :: Vec<u8>", "::std::vec::Vec<u8>"),
            ("< T as Iterator > :: Item", "<T as Iterator>::Item"),
            ("Money < { N + 1 } >", "Money<{N + 1}>"),
        ] {
            let tokens: proc_macro2::TokenStream = laid_out.parse().expect("the text is made of tokens");
            assert_eq!(canonical(&tokens), one);
        }
    }
}

//! Parses the arguments of an attribute, a list of keys: `#[actor(publishes(..), name = "..")]`.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{LitStr, Token, Type};

use crate::editor;
use crate::errors::Errors;

/// An attribute and the keys that it takes.
pub(crate) struct Keys {
    pub(crate) attribute: &'static str,
    pub(crate) known: &'static [&'static str],
    /// The keys that take a list. Two lists of one key are merged.
    pub(crate) lists: &'static [&'static str],
}

impl Keys {
    /// Reads `args`, and calls `value` after each key. A misspelt key is reported and then read as the key that was probably
    /// meant, so that its absence causes no further error.
    pub(crate) fn read(
        &self,
        args: TokenStream,
        errors: &mut Errors,
        mut value: impl FnMut(&Ident, &str, ParseStream<'_>, &mut Errors) -> syn::Result<()>,
    ) {
        let mut seen = Vec::new();
        let parser = |input: ParseStream<'_>| {
            while !input.is_empty() {
                let read = self.key(input, &mut seen, errors).and_then(|key| match key {
                    Some((ident, key)) => {
                        let is_bare = input.is_empty() || input.peek(Token![,]);
                        let read = value(&ident, key, input, errors);
                        // A missing value has no span, so its error is at the key.
                        read.map_err(|error| match is_bare {
                            true => syn::Error::new(ident.span(), error),
                            false => error,
                        })
                    }
                    None => {
                        skip(input);
                        Ok(())
                    }
                });
                if read.and_then(|()| comma(input)).map_err(|error| errors.push(error)).is_err() {
                    skip(input);
                    let _: Option<Token![,]> = input.parse()?;
                }
            }
            Ok(())
        };
        // The parser consumes all of its input and keeps its own errors.
        let outcome = parser.parse2(args);
        errors.keep(outcome);
    }

    fn key(
        &self,
        input: ParseStream<'_>,
        seen: &mut Vec<&'static str>,
        errors: &mut Errors,
    ) -> syn::Result<Option<(Ident, &'static str)>> {
        let ident = input.call(Ident::parse_any)?;
        editor::word(self.attribute, &ident);
        let word = ident.to_string();
        let Some(key) = self.known.iter().find(|known| **known == word) else {
            let meant = nearest(&word, self.known);
            errors.at(&ident, self.unknown(&word, meant));
            return Ok(meant.map(|key| (ident, key)));
        };
        if seen.contains(key) {
            let merge = if self.lists.contains(key) { "; merge the two lists" } else { "" };
            errors.at(&ident, format!("`{key}` is given twice{merge}"));
        }
        seen.push(key);
        Ok(Some((ident, key)))
    }

    fn unknown(&self, word: &str, meant: Option<&str>) -> String {
        let hint = meant.map(|key| format!("; did you mean `{key}`?")).unwrap_or_default();
        let known: Vec<_> = self.known.iter().map(|key| format!("`{key}`")).collect();
        format!("unknown key `{word}` in `{}`{hint}\nexpected one of: {}", self.attribute, known.join(", "))
    }
}

fn comma(input: ParseStream<'_>) -> syn::Result<()> {
    if !input.is_empty() {
        input.parse::<Token![,]>()?;
    }
    Ok(())
}

/// Skips the tokens before the next comma.
pub(crate) fn skip(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<proc_macro2::TokenTree>().is_err() {
            return;
        }
    }
}

/// Reads `(Type, ..)` after the key. The first item that cannot be read is reported, and the others are kept, so that their
/// absence causes no further error.
pub(crate) fn list<T>(
    key: &Ident,
    name: &str,
    input: ParseStream<'_>,
    errors: &mut Errors,
    mut item: impl FnMut(ParseStream<'_>, &mut Errors) -> syn::Result<T>,
) -> syn::Result<Vec<T>> {
    if !input.peek(syn::token::Paren) {
        return Err(syn::Error::new(key.span(), format!("expected a list: `{name}(Type, ..)`")));
    }
    let content;
    syn::parenthesized!(content in input);
    let (mut items, mut broken) = (Vec::new(), None);
    while !content.is_empty() {
        let read = item(&content, errors).map(|item| items.push(item));
        if let Err(error) = read.and_then(|()| comma(&content)) {
            broken.get_or_insert(error);
            skip(&content);
            let _: Option<Token![,]> = content.parse()?;
        }
    }
    errors.keep(broken.map_or(Ok(()), Err));
    Ok(items)
}

/// Checks a key without a value: a value is reported and skipped.
pub(crate) fn no_value(key: &Ident, input: ParseStream<'_>, errors: &mut Errors) {
    if !input.is_empty() && !input.peek(Token![,]) {
        errors.at(key, format!("`{key}` takes no value: write `{key}`, or leave it out"));
        skip(input);
    }
}

/// Reads the `=` before a value.
pub(crate) fn equals(input: ParseStream<'_>) -> syn::Result<()> {
    match input.parse::<Option<Token![=]>>()? {
        Some(_) => Ok(()),
        None => Err(syn::Error::new(input.span(), "expected a value: `= ..`")),
    }
}

/// Reads `= Type` after the key. `form` is the right form, for the error.
pub(crate) fn assigned_type(input: ParseStream<'_>, form: &str) -> syn::Result<Type> {
    if input.parse::<Option<Token![=]>>()?.is_none() {
        return Err(syn::Error::new(input.span(), format!("expected a type: {form}")));
    }
    named_type(input)
}

/// Reads a type. The error for a type in quotes says how it is written.
pub(crate) fn named_type(input: ParseStream<'_>) -> syn::Result<Type> {
    if !input.peek(syn::Lit) {
        return input.parse().inspect(editor::named_type);
    }
    let written: syn::Lit = input.parse()?;
    let text = match &written {
        syn::Lit::Str(text) if text.parse::<Type>().is_ok() => {
            format!("a type is written without quotes: `{}`", text.value())
        }
        _ => "expected a type".to_owned(),
    };
    Err(syn::Error::new(written.span(), text))
}

/// Reads `= Name` after the key.
pub(crate) fn assigned_ident(key: &str, input: ParseStream<'_>) -> syn::Result<Ident> {
    let expected = || syn::Error::new(input.span(), format!("expected a name: `{key} = Name`"));
    input.parse::<Token![=]>().map_err(|_| expected())?;
    input.parse().map_err(|_| expected())
}

/// Reads `= "text"` after the key.
pub(crate) fn assigned_name(input: ParseStream<'_>) -> syn::Result<LitStr> {
    equals(input)?;
    let name: LitStr = input.parse()?;
    if name.value().is_empty() {
        return Err(syn::Error::new(name.span(), "a name cannot be empty"));
    }
    Ok(name)
}

/// The known word with the smallest distance to `word`, which is at most two.
fn nearest(word: &str, of: &[&'static str]) -> Option<&'static str> {
    of.iter()
        .map(|known| (distance(word, known), *known))
        .filter(|(far, _)| *far <= 2)
        .min()
        .map(|(_, known)| known)
}

/// The Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for column in 0..b.len() {
            let above = row[column + 1];
            let change = diagonal + usize::from(letter != b[column]);
            row[column + 1] = change.min(row[column] + 1).min(above + 1);
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_key_is_at_most_two_letters_away() {
        let keys = ["publishes", "asks", "tells"];
        assert_eq!(nearest("publish", &keys), Some("publishes"));
        assert_eq!(nearest("ask", &keys), Some("asks"));
        assert_eq!(nearest("handles", &keys), None);
    }
}

//! Parses an entry of a list: `Type`, `any Type`, `entry Type`, or with a reason, `Type, cycle = ".."`.
//!
//! A mistake around a type is reported, and the type is kept, so that its absence causes no further error.

use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token, Type};

use crate::attr_args;
use crate::editor;
use crate::errors::Errors;

const REASON: &str = "cycle = \"why it cannot deadlock\"";

/// A type in a list.
pub(crate) struct ListEntry {
    /// Whether the word stands before it.
    pub(crate) marked: bool,
    pub(crate) ty: Type,
    /// The reason why a cycle through it cannot deadlock.
    pub(crate) cycle: Option<LitStr>,
}

/// The words and settings that a list takes around its types.
#[derive(Clone, Copy)]
pub(crate) struct EntryForm {
    /// The word that may stand before a type.
    pub(crate) word: Option<&'static str>,
    /// Whether a `cycle = ".."` may stand after it.
    pub(crate) reasons: bool,
}

impl EntryForm {
    pub(crate) const TYPES: Self = Self { word: None, reasons: false };
    pub(crate) const EDGES: Self = Self { word: None, reasons: true };
    pub(crate) const ANY: Self = Self { word: Some("any"), reasons: true };
    pub(crate) const ENTRIES: Self = Self { word: Some("entry"), reasons: false };

    pub(crate) fn read(
        self,
        key: &str,
        input: ParseStream<'_>,
        errors: &mut Errors,
    ) -> syn::Result<ListEntry> {
        let before = self.before(key, input, errors)?;
        let marked = self.marked(key, input, errors)?;
        let ty = attr_args::named_type(input)?;
        let cycle = self.after(key, input, errors)?.or(before);
        if let Some(reason) = cycle.as_ref().filter(|_| marked && self.reasons) {
            errors.at(
                reason,
                "a message that is told to any actor is in no cycle that is checked: it needs no reason",
            );
        }
        Ok(ListEntry { marked, ty, cycle })
    }

    /// Reads and reports a reason that stands before its type.
    fn before(self, key: &str, input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Option<LitStr>> {
        if !(input.peek(Ident::peek_any) && input.peek2(Token![=])) {
            return Ok(None);
        }
        let setting = input.call(Ident::parse_any)?;
        match self.reasons {
            true => errors.at(&setting, format!("a reason comes after its type: `{key}(Type, {REASON})`")),
            false => errors.at(&setting, unknown(key, &setting)),
        }
        let reason = value(input)?;
        input.parse::<Option<Token![,]>>()?;
        Ok(reason.ok())
    }

    /// Consumes the word before a type. Returns whether it was there.
    pub(crate) fn marked(self, key: &str, input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<bool> {
        let ahead = input.fork();
        let Ok(found) = ahead.parse::<Ident>() else { return Ok(false) };
        // A type may have the same name as the word: then no other type follows.
        let is_type = ahead.is_empty()
            || ahead.peek(Token![,])
            || ahead.peek(Token![as])
            || ahead.peek(Token![::])
            || ahead.peek(Token![<]);
        if is_type {
            return Ok(false);
        }
        if self.word.is_some_and(|word| found == word) {
            editor::word("entry", &input.parse::<Ident>()?);
            return Ok(true);
        }
        // A capitalized name is a type: then a comma is missing, which the caller reports.
        let is_word = found.to_string().starts_with(char::is_lowercase)
            && (ahead.peek(Ident) || ahead.peek(Token![crate]))
            && !ahead.peek2(Token![=]);
        if is_word && ahead.parse::<Type>().is_ok() && (ahead.is_empty() || ahead.peek(Token![,])) {
            input.parse::<Ident>()?;
            let expected = match self.word {
                Some(word) if key != "asks" => format!("`Type` or `{word} Type`"),
                _ => "`Type`".to_owned(),
            };
            errors.at(&found, format!("unknown word `{found}` in `{key}(..)`: expected {expected}"));
        }
        Ok(false)
    }

    /// Reads `, cycle = ".."` after a type.
    pub(crate) fn after(
        self,
        key: &str,
        input: ParseStream<'_>,
        errors: &mut Errors,
    ) -> syn::Result<Option<LitStr>> {
        let mut reason = None;
        while let Some(setting) = setting(input, errors)? {
            editor::word("entry", &setting);
            let value = value(input)?;
            if !self.reasons {
                errors.at(&setting, unknown(key, &setting));
                continue;
            }
            if setting != "cycle" {
                let text =
                    format!("unknown setting `{setting}` in `{key}(..)`: expected `{key}(Type, {REASON})`");
                errors.at(&setting, text);
            } else if reason.is_some() {
                errors.at(&setting, "`cycle` is given twice");
            }
            match value {
                Ok(value) if setting == "cycle" && value.value().trim().is_empty() => {
                    errors.at(
                        &value,
                        "say why the cycle cannot deadlock: `cycle = \"parents only ask children\"`",
                    );
                    reason = Some(value);
                }
                Ok(value) => reason = Some(value),
                Err(found) => {
                    if setting == "cycle" {
                        match found {
                            Some(found) => errors.at(found, format!("expected a reason: `{REASON}`")),
                            None => errors.at(&setting, format!("expected a reason: `{REASON}`")),
                        }
                    }
                    // With a reason, the cycle is not reported as well.
                    reason = Some(LitStr::new("", setting.span()));
                }
            }
        }
        Ok(reason)
    }
}

/// Reads `, word` in `, word = ..`.
fn setting(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Option<Ident>> {
    let ahead = input.fork();
    let comma: Option<Token![,]> = ahead.parse()?;
    let Ok(setting) = ahead.call(Ident::parse_any) else { return Ok(None) };
    if !ahead.peek(Token![=]) {
        return Ok(None);
    }
    input.parse::<Option<Token![,]>>()?;
    input.call(Ident::parse_any)?;
    if comma.is_none() {
        errors.at(&setting, format!("expected `,` before `{setting}`"));
    }
    Ok(Some(setting))
}

/// Reads `= ".."`, or the token that stands there instead of the text.
fn value(input: ParseStream<'_>) -> syn::Result<Result<LitStr, Option<TokenTree>>> {
    input.parse::<Token![=]>()?;
    if input.peek(LitStr) {
        return input.parse().map(Ok);
    }
    match input.is_empty() || input.peek(Token![,]) {
        true => Ok(Err(None)),
        false => input.parse().map(Some).map(Err),
    }
}

fn unknown(key: &str, setting: &Ident) -> String {
    let reason = if setting == "cycle" {
        "\na reason belongs in `asks(..)`, `tells(..)`, `publishes(..)` or `spawns(..)`"
    } else {
        ""
    };
    format!("`{key}(..)` takes no `{setting}`{reason}")
}

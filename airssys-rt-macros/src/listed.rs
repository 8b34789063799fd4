//! One type in a list: `Type`, marked by a word in front of it, `any Type`, or with a reason behind it,
//! `Type, cycle = ".."`.

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{LitStr, Token, Type};

use crate::errors::Errors;

mod word {
    syn::custom_keyword!(cycle);
}

pub(crate) struct Listed {
    /// Whether the word stands in front of it.
    pub(crate) marked: bool,
    pub(crate) ty: Type,
    /// Why a cycle through it is meant.
    pub(crate) cycle: Option<LitStr>,
}

impl Listed {
    /// `Type` or `any Type`.
    pub(crate) fn any(input: ParseStream<'_>) -> syn::Result<Self> {
        Self::parse(input, "any")
    }

    /// `Type` or `entry Type`.
    pub(crate) fn entry(input: ParseStream<'_>) -> syn::Result<Self> {
        let marked = mark(input, "entry")?;
        Ok(Self { marked, ty: input.parse()?, cycle: None })
    }

    /// `Type`, perhaps with a reason.
    pub(crate) fn plain(input: ParseStream<'_>) -> syn::Result<Self> {
        let ty = input.parse()?;
        Ok(Self { marked: false, ty, cycle: reason(input)? })
    }

    fn parse(input: ParseStream<'_>, word: &str) -> syn::Result<Self> {
        let marked = mark(input, word)?;
        Ok(Self { marked, ..Self::plain(input)? })
    }

    /// A reason that says nothing is reported.
    pub(crate) fn check(&self, errors: &mut Errors) {
        if let Some(reason) = &self.cycle
            && reason.value().trim().is_empty()
        {
            errors.at(reason, "say why the cycle cannot deadlock: `cycle = \"parents only ask children\"`");
        }
    }
}

/// Whether the word stands in front of a type; it is consumed.
pub(crate) fn mark(input: ParseStream<'_>, word: &str) -> syn::Result<bool> {
    let ahead = input.fork();
    // A type may be called like it: then no other type comes next.
    let marked = ahead.parse::<Ident>().is_ok_and(|found| found == word)
        && !(ahead.is_empty()
            || ahead.peek(Token![,])
            || ahead.peek(Token![as])
            || ahead.peek(Token![::])
            || ahead.peek(Token![<]));
    if marked {
        input.parse::<Ident>()?;
    }
    Ok(marked)
}

/// `, cycle = ".."` behind a type.
fn reason(input: ParseStream<'_>) -> syn::Result<Option<LitStr>> {
    if !(input.peek(Token![,]) && input.peek2(word::cycle) && input.peek3(Token![=])) {
        return Ok(None);
    }
    input.parse::<Token![,]>()?;
    input.parse::<word::cycle>()?;
    input.parse::<Token![=]>()?;
    input.parse().map(Some)
}

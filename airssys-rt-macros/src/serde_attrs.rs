//! Reads the serde attributes of a type, a field or a variant, as the schema shows them.
//!
//! They are only read: serde checks them. An attribute inside of `cfg_attr` holds if its condition does, which rustc decides: the
//! generated code has an alternative for each case.

use proc_macro2::TokenStream;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Token};

use crate::serde_rename::{RenameRules, Renamed};
use crate::tokens::quote;
use crate::type_text::canonical;

/// The most conditions of which each case has an alternative.
const MOST_CONDITIONS: usize = 4;

/// The serde attributes of a type, a field or a variant, in one case of the conditions.
#[derive(Default)]
pub(crate) struct SerdeAttrs {
    /// The name on the wire, as it is written.
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    /// The function that returns the default; empty for that of the type.
    pub(crate) default: Option<String>,
    pub(crate) is_skipped: bool,
    /// The rules for the fields of a struct or a variant, or for the variants of an enum.
    pub(crate) renames: RenameRules,
    /// The rules for the fields of the variants of an enum.
    pub(crate) rename_fields: RenameRules,
    /// The texts of all other attributes that have an effect on the wire.
    pub(crate) other: Vec<String>,
}

/// The attributes in one case of the conditions of `cfg_attr`, and the condition of the case, if there is one.
pub(crate) struct SerdeCase {
    pub(crate) cfg: Option<TokenStream>,
    metas: Vec<Meta>,
}

impl SerdeCase {
    /// Returns each case of the conditions; only one if there are none.
    pub(crate) fn all(attributes: &[Attribute]) -> Vec<Self> {
        let mut found = Vec::new();
        attributes.iter().for_each(|attribute| inside(&attribute.meta, &[], &mut found));
        let mut conditions: Vec<TokenStream> = Vec::new();
        for condition in found.iter().flat_map(|(given, _)| given) {
            if !conditions.iter().any(|known| known.to_string() == condition.to_string()) {
                conditions.push(condition.clone());
            }
        }
        if conditions.is_empty() {
            return vec![Self { cfg: None, metas: found.into_iter().map(|(_, meta)| meta).collect() }];
        }
        if conditions.len() > MOST_CONDITIONS {
            // It is kept as text, so that a change cannot be judged.
            let metas = attributes.iter().map(|attribute| attribute.meta.clone());
            return vec![Self { cfg: None, metas: metas.filter(|meta| key(meta) == "cfg_attr").collect() }];
        }
        (0..1_usize << conditions.len()).map(|case| Self::of_case(&found, &conditions, case)).collect()
    }

    /// The case in which the conditions hold whose bit in `case` is set.
    fn of_case(found: &[(Vec<TokenStream>, Meta)], conditions: &[TokenStream], case: usize) -> Self {
        let texts: Vec<_> = conditions.iter().map(ToString::to_string).collect();
        let holds = |condition: &TokenStream| {
            let text = condition.to_string();
            texts.iter().position(|known| *known == text).is_none_or(|at| case & (1 << at) != 0)
        };
        let held = found.iter().filter(|(given, _)| given.iter().all(holds));
        let parts = conditions.iter().map(|condition| match holds(condition) {
            true => quote!(#condition),
            false => quote!(not(#condition)),
        });
        Self {
            cfg: Some(quote!(#[cfg(all(#(#parts),*))])),
            metas: held.map(|(_, meta)| meta.clone()).collect(),
        }
    }
}

impl SerdeAttrs {
    /// Reads those of a field or a variant with this name in the program.
    pub(crate) fn of(case: &SerdeCase, renamed: Renamed, name: &str, rules: &RenameRules) -> Self {
        let (mut attrs, mut own) = (Self::default(), RenameRules::default());
        for meta in &case.metas {
            match (key(meta).as_str(), value(meta)) {
                ("rename", Some(name)) => {
                    own = RenameRules { written: Some(name.clone()), read: Some(name) };
                }
                ("rename", None) => own = both(meta).or(&own),
                ("alias", Some(alias)) => attrs.aliases.push(alias),
                ("default", function) => attrs.default = Some(function.unwrap_or_default()),
                ("skip", _) => attrs.is_skipped = true,
                ("rename_all", _) => attrs.renames = both(meta).or(&attrs.renames),
                ("bound" | "borrow", _) => {}
                _ => attrs.other.push(canonical(meta)),
            }
        }
        let rule = |rule: &Option<String>| renamed.apply(rule.as_deref(), name);
        attrs.name = own.written.unwrap_or_else(|| rule(&rules.written));
        let read = own.read.unwrap_or_else(|| rule(&rules.read));
        if read != attrs.name {
            attrs.other.push(format!("rename(deserialize = {read:?})"));
        }
        attrs.other.sort();
        attrs
    }

    /// Reads those of a type, whose name does not come from serde.
    pub(crate) fn of_type(case: &SerdeCase) -> Self {
        let mut attrs = Self::default();
        for meta in &case.metas {
            match key(meta).as_str() {
                "default" => attrs.default = Some(value(meta).unwrap_or_default()),
                "rename_all" => attrs.renames = both(meta).or(&attrs.renames),
                "rename_all_fields" => attrs.rename_fields = both(meta).or(&attrs.rename_fields),
                "bound" | "crate" | "rename" | "expecting" => {}
                _ => attrs.other.push(canonical(meta)),
            }
        }
        attrs.other.sort();
        attrs
    }
}

/// The two values of `rename = ".."` or `rename(serialize = "..", deserialize = "..")`.
fn both(meta: &Meta) -> RenameRules {
    if let Some(text) = value(meta) {
        return RenameRules { written: Some(text.clone()), read: Some(text) };
    }
    let Meta::List(list) = meta else { return RenameRules::default() };
    let content = list_of(list.tokens.clone()).unwrap_or_default();
    let of = |name: &str| content.iter().find(|meta| key(meta) == name).and_then(value);
    RenameRules { written: of("serialize"), read: of("deserialize") }
}

/// Adds the items of `serde(..)`, also inside of `cfg_attr(.., serde(..))`, each with its conditions. serde reports those that cannot
/// be read.
fn inside(meta: &Meta, conditions: &[TokenStream], found: &mut Vec<(Vec<TokenStream>, Meta)>) {
    let Meta::List(list) = meta else { return };
    if list.path.is_ident("serde") {
        let content = list_of(list.tokens.clone()).unwrap_or_default();
        found.extend(content.into_iter().map(|meta| (conditions.to_vec(), meta)));
    } else if list.path.is_ident("cfg_attr") {
        let Some((condition, content)) = conditional(list.tokens.clone()) else { return };
        let conditions = [conditions, &[condition]].concat();
        content.iter().for_each(|meta| inside(meta, &conditions, found));
    }
}

/// Splits the content of a `cfg_attr`. Its condition may be `true`, which is no path.
fn conditional(tokens: TokenStream) -> Option<(TokenStream, Punctuated<Meta, Token![,]>)> {
    let is_comma = |token: &proc_macro2::TokenTree| matches!(token, proc_macro2::TokenTree::Punct(punct) if punct.as_char() == ',');
    let mut tokens = tokens.into_iter();
    let condition: TokenStream = tokens.by_ref().take_while(|token| !is_comma(token)).collect();
    list_of(tokens.collect()).map(|content| (condition, content))
}

fn list_of(tokens: TokenStream) -> Option<Punctuated<Meta, Token![,]>> {
    use syn::parse::Parser;
    Punctuated::parse_terminated.parse2(tokens).ok()
}

fn key(meta: &Meta) -> String {
    meta.path().get_ident().map(ToString::to_string).unwrap_or_default()
}

fn value(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{SerdeAttrs, SerdeCase};
    use crate::serde_rename::{RenameRules, Renamed};

    fn rules(rule: &str) -> RenameRules {
        RenameRules { written: Some(rule.to_owned()), read: Some(rule.to_owned()) }
    }

    #[test]
    fn the_serde_attributes_are_read() {
        let field: syn::Field = syn::parse_quote! {
            #[serde(rename = "cents", alias = "amount", default, with = "money")] #[doc = "skip"] the_amount: u64
        };
        let [case] = &SerdeCase::all(&field.attrs)[..] else { panic!("there is no condition") };
        let attrs = SerdeAttrs::of(case, Renamed::Field, "the_amount", &rules("camelCase"));
        assert_eq!((attrs.name.as_str(), attrs.default.as_deref()), ("cents", Some("")));
        assert_eq!(attrs.aliases, ["amount"]);
        assert!(!attrs.is_skipped);
        assert_eq!(attrs.other, ["with = \"money\""]);
        let item: syn::ItemEnum = syn::parse_quote! {
            #[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase", bound = "")]
            enum Order { #[serde(skip)] Never, #[serde(rename(deserialize = "last"))] AtLast { the_amount: u64 } }
        };
        let attrs = SerdeAttrs::of_type(&SerdeCase::all(&item.attrs)[0]);
        assert_eq!(attrs.other, ["tag = \"kind\""]);
        let of = |at: usize| &item.variants[at].attrs;
        let [never, last] = [0, 1]
            .map(|at| SerdeAttrs::of(&SerdeCase::all(of(at))[0], Renamed::Variant, "AtLast", &attrs.renames));
        assert!(never.is_skipped);
        assert_eq!(
            (last.name.as_str(), &last.other[..]),
            ("at_last", &[String::from("rename(deserialize = \"last\")")][..])
        );
        assert_eq!(attrs.rename_fields.written.as_deref(), Some("camelCase"));
    }

    /// An attribute under a condition holds in the cases in which its condition does.
    #[test]
    fn each_case_of_the_conditions_is_an_alternative() {
        let field: syn::Field = syn::parse_quote! {
            #[cfg_attr(feature = "a", serde(default), cfg_attr(b, serde(skip)))] amount: u64
        };
        let said: Vec<_> = SerdeCase::all(&field.attrs)
            .iter()
            .map(|case| {
                let attrs = SerdeAttrs::of(case, Renamed::Field, "amount", &RenameRules::default());
                (
                    case.cfg.as_ref().map(ToString::to_string).unwrap_or_default(),
                    attrs.default.is_some(),
                    attrs.is_skipped,
                )
            })
            .collect();
        let cfg = |a: &str, b: &str| format!("# [cfg (all ({a} , {b}))]");
        let (a, not_a) = ("feature = \"a\"", "not (feature = \"a\")");
        assert_eq!(
            said,
            [
                (cfg(not_a, "not (b)"), false, false),
                (cfg(a, "not (b)"), true, false),
                (cfg(not_a, "b"), false, false),
                (cfg(a, "b"), true, true),
            ]
        );
    }
}

//! What the attributes of serde say of the wire. They are read, never written: serde checks them itself.

use proc_macro2::TokenStream;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Token};

use crate::schema::text;

/// Of a type, a field or a variant.
#[derive(Default)]
pub(crate) struct Rules {
    /// What it is called on the wire.
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) is_default: bool,
    pub(crate) is_skipped: bool,
    /// All others, as they are written.
    pub(crate) other: Vec<String>,
}

impl Rules {
    /// Of what goes by `name`, if it is not renamed.
    pub(crate) fn of(attributes: &[Attribute], name: String) -> Self {
        let mut rules = Self { name, ..Self::default() };
        for meta in attributes.iter().flat_map(of_serde) {
            match (key(&meta).as_str(), value(&meta)) {
                ("rename", Some(name)) => rules.name = name,
                ("alias", Some(alias)) => rules.aliases.push(alias),
                ("default", _) => rules.is_default = true,
                ("skip", _) => rules.is_skipped = true,
                ("bound", _) => {}
                _ => rules.other.push(text(&meta)),
            }
        }
        rules
    }

    /// Of a type, which has its name from elsewhere.
    pub(crate) fn of_type(attributes: &[Attribute]) -> Self {
        let mut rules = Self::default();
        for meta in attributes.iter().flat_map(of_serde) {
            match key(&meta).as_str() {
                "default" => rules.is_default = true,
                "bound" | "crate" | "rename" => {}
                _ => rules.other.push(text(&meta)),
            }
        }
        rules
    }
}

/// What stands in `serde(..)`, on its own or in a `cfg_attr(.., serde(..))`. What cannot be read is serde's to report.
fn of_serde(attribute: &Attribute) -> Vec<Meta> {
    fn inside(meta: &Meta, found: &mut Vec<Meta>) {
        let Meta::List(list) = meta else { return };
        let Some(content) = list_of(list.tokens.clone()) else { return };
        if list.path.is_ident("serde") {
            found.extend(content);
        } else if list.path.is_ident("cfg_attr") {
            content.iter().skip(1).for_each(|meta| inside(meta, found));
        }
    }
    let mut found = Vec::new();
    inside(&attribute.meta, &mut found);
    found
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
    use super::Rules;

    #[test]
    fn the_rules_of_serde_are_read() {
        let field: syn::Field = syn::parse_quote! {
            #[serde(rename = "cents", alias = "amount")]
            #[cfg_attr(feature = "wire", serde(default, with = "money"))]
            #[doc = "skip"]
            amount: u64
        };
        let rules = Rules::of(&field.attrs, String::from("amount"));
        assert_eq!(rules.name, "cents");
        assert_eq!(rules.aliases, ["amount"]);
        assert!(rules.is_default && !rules.is_skipped);
        assert_eq!(rules.other, ["with = \"money\""]);
        let item: syn::ItemEnum = syn::parse_quote! {
            #[serde(tag = "kind", rename_all = "snake_case", bound = "")] enum Order { #[serde(skip)] Never }
        };
        assert_eq!(Rules::of_type(&item.attrs).other, ["tag = \"kind\"", "rename_all = \"snake_case\""]);
        assert!(Rules::of(&item.variants[0].attrs, String::new()).is_skipped);
    }
}

//! Reads the serde attributes of a type, a field or a variant, as the schema shows them.
//!
//! They are only read: serde checks them.

use proc_macro2::TokenStream;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Token};

use crate::type_text::canonical;

/// The serde attributes of a type, a field or a variant.
#[derive(Default)]
pub(crate) struct SerdeAttrs {
    /// The name on the wire.
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) is_default: bool,
    pub(crate) is_skipped: bool,
    /// The texts of all other attributes.
    pub(crate) other: Vec<String>,
}

impl SerdeAttrs {
    /// Reads those of a field or a variant; `name` is its name if it is not renamed.
    pub(crate) fn of(attributes: &[Attribute], name: String) -> Self {
        let mut attrs = Self { name, ..Self::default() };
        for meta in attributes.iter().flat_map(of_serde) {
            match (key(&meta).as_str(), value(&meta)) {
                ("rename", Some(name)) => attrs.name = name,
                ("alias", Some(alias)) => attrs.aliases.push(alias),
                ("default", _) => attrs.is_default = true,
                ("skip", _) => attrs.is_skipped = true,
                ("bound", _) => {}
                _ => attrs.other.push(canonical(&meta)),
            }
        }
        attrs
    }

    /// Reads those of a type, whose name does not come from serde.
    pub(crate) fn of_type(attributes: &[Attribute]) -> Self {
        let mut attrs = Self::default();
        for meta in attributes.iter().flat_map(of_serde) {
            match key(&meta).as_str() {
                "default" => attrs.is_default = true,
                "bound" | "crate" | "rename" => {}
                _ => attrs.other.push(canonical(&meta)),
            }
        }
        attrs
    }
}

/// The items of `serde(..)`, also inside of `cfg_attr(.., serde(..))`. serde reports those that cannot be read.
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
    use super::SerdeAttrs;

    #[test]
    fn the_serde_attributes_are_read() {
        let field: syn::Field = syn::parse_quote! {
            #[serde(rename = "cents", alias = "amount")]
            #[cfg_attr(feature = "wire", serde(default, with = "money"))]
            #[doc = "skip"]
            amount: u64
        };
        let attrs = SerdeAttrs::of(&field.attrs, String::from("amount"));
        assert_eq!(attrs.name, "cents");
        assert_eq!(attrs.aliases, ["amount"]);
        assert!(attrs.is_default && !attrs.is_skipped);
        assert_eq!(attrs.other, ["with = \"money\""]);
        let item: syn::ItemEnum = syn::parse_quote! {
            #[serde(tag = "kind", rename_all = "snake_case", bound = "")] enum Order { #[serde(skip)] Never }
        };
        assert_eq!(SerdeAttrs::of_type(&item.attrs).other, ["tag = \"kind\"", "rename_all = \"snake_case\""]);
        assert!(SerdeAttrs::of(&item.variants[0].attrs, String::new()).is_skipped);
    }
}

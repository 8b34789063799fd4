//! Generates the schema of a message or an event: a constant that describes its fields and their types.
//!
//! The type of a field may be a message itself. Only rustc knows whether it is: `Probe::<Money>::MESSAGE` is one constant if
//! it is and another if it is not. Types of the standard library, which most fields have, are not probed.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Attribute, Field, Fields, Generics, Item, Type, Variant};

use crate::serde_attrs::SerdeAttrs;
use crate::spans;
use crate::tokens::{Literal, quote};
use crate::type_text::canonical;

/// Types that are never messages; only their arguments may be.
const KNOWN: &[&str] = &[
    "Arc", "BTreeMap", "BTreeSet", "Box", "Cow", "HashMap", "HashSet", "Option", "Rc", "Result", "String",
    "Vec", "VecDeque", "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str",
    "u128", "u16", "u32", "u64", "u8", "usize",
];

/// The input of a schema.
pub(crate) struct Schema<'a> {
    pub(crate) private: &'a TokenStream,
    pub(crate) item: &'a Item,
    pub(crate) generics: &'a Generics,
}

impl Schema<'_> {
    /// The constructor of a message, with its place and its reply.
    pub(crate) fn of_message(&self, place: &TokenStream, reply: Option<&Type>) -> TokenStream {
        let schema = self.path();
        let reply = reply.map_or_else(|| (String::from("()"), None), |reply| self.ty(reply));
        let (shape, (text, parts), serde) = (self.body(), reply, serde_text(&self.serde_attrs()));
        let reply = called(&quote!(#schema::Type), &[text], parts);
        quote!(message(#place, #shape, #reply) #serde)
    }

    /// The constructor of an event, with its place.
    pub(crate) fn of_event(&self, place: &TokenStream) -> TokenStream {
        let (shape, serde) = (self.body(), serde_text(&self.serde_attrs()));
        quote!(event(#place, #shape) #serde)
    }

    fn path(&self) -> TokenStream {
        let private = self.private;
        quote!(#private::schema)
    }

    fn serde_attrs(&self) -> SerdeAttrs {
        let attributes: &[Attribute] = match self.item {
            Item::Struct(item) => &item.attrs,
            Item::Enum(item) => &item.attrs,
            _ => &[],
        };
        SerdeAttrs::of_type(attributes)
    }

    fn body(&self) -> TokenStream {
        let schema = self.path();
        match self.item {
            Item::Struct(item) => self.fields(&item.fields, self.serde_attrs().is_default),
            Item::Enum(item) => {
                let variants = item.variants.iter().filter_map(|variant| self.variant(variant));
                quote!(#schema::Shape::Enum(&[#(#variants)*]))
            }
            _ => quote!(#schema::Shape::Unknown),
        }
    }

    fn variant(&self, variant: &Variant) -> Option<TokenStream> {
        let schema = self.path();
        let attrs = SerdeAttrs::of(&variant.attrs, spans::plain(&variant.ident));
        let (cfgs, name, shape) =
            (spans::cfgs(&variant.attrs), &attrs.name, self.fields(&variant.fields, false));
        let (name, aliases, other) = (Literal(name), aliases(&attrs), serde_text(&attrs));
        (!attrs.is_skipped).then(|| quote!(#(#cfgs)* #schema::Variant::new(#name, #shape) #aliases #other,))
    }

    fn fields(&self, fields: &Fields, is_default: bool) -> TokenStream {
        let schema = self.path();
        let shape = match fields {
            Fields::Unit => return quote!(#schema::Shape::Unit),
            Fields::Unnamed(_) => quote!(Tuple),
            Fields::Named(_) => quote!(Struct),
        };
        let all = fields.iter().enumerate().filter_map(|(at, field)| self.field(at, field, is_default));
        quote!(#schema::Shape::#shape(&[#(#all)*]))
    }

    fn field(&self, at: usize, field: &Field, is_default: bool) -> Option<TokenStream> {
        let schema = self.path();
        let attrs =
            SerdeAttrs::of(&field.attrs, field.ident.as_ref().map_or_else(|| at.to_string(), spans::plain));
        let (cfgs, name, (text, parts)) = (spans::cfgs(&field.attrs), &attrs.name, self.ty(&field.ty));
        let default = (is_default || attrs.is_default).then(|| quote!(.default()));
        let field = called(&quote!(#schema::Field), &[name.clone(), text], parts);
        let (aliases, other) = (aliases(&attrs), serde_text(&attrs));
        (!attrs.is_skipped).then(|| quote!(#(#cfgs)* #field #default #aliases #other,))
    }

    /// The text of a type, and the parts of it that may be messages, if there are any.
    fn ty(&self, ty: &Type) -> (String, Option<TokenStream>) {
        let schema = self.path();
        let mut types = NamedTypes { generics: self.generics, found: Vec::new() };
        types.visit_type(ty);
        let whole = canonical(ty);
        let parts = types.found.iter().map(|(text, leaf)| {
            // rustc reports an unknown type here too. Both reports are the same, and shown once, if the type is a generic argument
            // here exactly if it is one in the field.
            let is_argument = *text != whole || mentions(leaf.clone(), &[String::from("Self")]);
            let (alias, leaf) = match is_argument {
                true => (None, leaf.clone()),
                false => (Some(quote!(type __T = #leaf;)), quote!(__T)),
            };
            let (probe, text) = (quote!(#schema::SchemaOf::<#leaf>), Literal(text));
            quote!({ #alias #schema::TypePart::new(#text, #probe::MESSAGE, #probe::EVENT) })
        });
        let parts = match types.found.is_empty() {
            true => None,
            false => Some(quote!({ use #schema::NoSchema as _; &[#(#parts),*] })),
        };
        (whole, parts)
    }
}

/// The call of a constructor: `new` with parts, and otherwise `of`, which is less to check.
fn called(ty: &TokenStream, texts: &[String], parts: Option<TokenStream>) -> TokenStream {
    let texts = texts.iter().map(Literal);
    match parts {
        Some(parts) => quote!(#ty::new(#(#texts,)* #parts)),
        None => quote!(#ty::of(#(#texts),*)),
    }
}

fn aliases(attrs: &SerdeAttrs) -> Option<TokenStream> {
    let aliases: Vec<_> = attrs.aliases.iter().map(Literal).collect();
    (!aliases.is_empty()).then(|| quote!(.aliases(&[#(#aliases),*])))
}

fn serde_text(attrs: &SerdeAttrs) -> Option<TokenStream> {
    let other = attrs.other.join(", ");
    let text = Literal(&other);
    (!other.is_empty()).then(|| quote!(.serde(#text)))
}

/// The named types in a type that may be messages, the outer before the inner. A type that mentions a parameter is left out:
/// nothing is known about it here.
struct NamedTypes<'a> {
    generics: &'a Generics,
    found: Vec<(String, TokenStream)>,
}

impl Visit<'_> for NamedTypes<'_> {
    fn visit_type(&mut self, ty: &Type) {
        // Function pointers and trait objects are left out: they bind lifetimes.
        match ty {
            Type::Path(path) if path.qself.is_none() => {
                let text = canonical(ty);
                let is_new = !self.found.iter().any(|(known, _)| *known == text);
                // A type with a name of one letter is a parameter that is missing from the generics.
                let is_letter = text.len() == 1;
                if is_new && !is_letter && !is_known(&path.path) && !self.is_generic(ty) {
                    self.found.push((text, ty.to_token_stream()));
                }
                visit::visit_type_path(self, path);
            }
            Type::Tuple(_)
            | Type::Array(_)
            | Type::Slice(_)
            | Type::Paren(_)
            | Type::Group(_)
            | Type::Reference(_) => {
                visit::visit_type(self, ty);
            }
            _ => {}
        }
    }

    fn visit_expr(&mut self, _: &syn::Expr) {}
}

impl NamedTypes<'_> {
    fn is_generic(&self, ty: &Type) -> bool {
        let mut parameters: Vec<_> = self.generics.type_params().map(|one| one.ident.to_string()).collect();
        parameters.extend(self.generics.const_params().map(|one| one.ident.to_string()));
        if !parameters.is_empty() {
            parameters.push(String::from("Self"));
        }
        mentions(ty.to_token_stream(), &parameters)
    }
}

fn mentions(tokens: TokenStream, words: &[String]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => words.iter().any(|word| ident == word),
        TokenTree::Group(group) => mentions(group.stream(), words),
        _ => false,
    })
}

/// Whether the path is a known name alone, or begins with a crate of the standard library.
fn is_known(path: &syn::Path) -> bool {
    let mut segments = path.segments.iter().map(|segment| segment.ident.to_string());
    match (segments.next(), path.segments.len()) {
        (Some(only), 1) => KNOWN.contains(&only.as_str()),
        (Some(first), _) => ["std", "core", "alloc"].contains(&first.as_str()),
        _ => false,
    }
}

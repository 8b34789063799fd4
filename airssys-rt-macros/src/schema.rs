//! Generates the schema of a message, an event or a part: a constant that describes its fields and their types.
//!
//! The type of a field may be described itself. Only rustc knows whether it is: `SchemaOf::<Money>::MESSAGE` is one constant if
//! it is a message and another if it is not. Types of the standard library, which most fields have, are not probed.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Attribute, Field, Fields, GenericParam, Generics, Item, Type, Variant};

use crate::serde_attrs::{SerdeAttrs, SerdeCase};
use crate::serde_rename::{RenameRules, Renamed};
use crate::spans;
use crate::tokens::{Literal, quote};
use crate::type_text::canonical;

/// Types of the standard library; only their arguments may be described.
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

/// The constructor of a schema in one case of the conditions of `cfg_attr`.
pub(crate) struct SchemaCase {
    pub(crate) cfg: Option<TokenStream>,
    pub(crate) made: TokenStream,
}

impl Schema<'_> {
    /// The constructors of a message, with its place and its reply.
    pub(crate) fn of_message(&self, place: &TokenStream, reply: Option<&Type>) -> Vec<SchemaCase> {
        let schema = self.path();
        let (text, parts) = reply.map_or_else(|| (String::from("()"), None), |reply| self.ty(reply));
        let reply = called(&quote!(#schema::Type), &[text], parts);
        self.cases(|shape| quote!(message(#place, #shape, #reply)))
    }

    /// The constructors of an event or a part, with its place.
    pub(crate) fn of_event(&self, place: &TokenStream) -> Vec<SchemaCase> {
        self.cases(|shape| quote!(event(#place, #shape)))
    }

    fn path(&self) -> TokenStream {
        let private = self.private;
        quote!(#private::schema)
    }

    fn cases(&self, made: impl Fn(TokenStream) -> TokenStream) -> Vec<SchemaCase> {
        let attributes: &[Attribute] = match self.item {
            Item::Struct(item) => &item.attrs,
            Item::Enum(item) => &item.attrs,
            _ => &[],
        };
        let arguments = self.arguments();
        let of = |case: SerdeCase| {
            let attrs = SerdeAttrs::of_type(&case);
            let (made, serde) = (made(self.body(&attrs)), serde_text(&attrs));
            SchemaCase { cfg: case.cfg, made: quote!(#made #serde #arguments) }
        };
        SerdeCase::all(attributes).into_iter().map(of).collect()
    }

    /// The arguments of an instance of a generic type. Their names are known where the schema is used.
    fn arguments(&self) -> Option<TokenStream> {
        let schema = self.path();
        let arguments = self.generics.params.iter().filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => {
                let (ident, text) = (&parameter.ident, Literal(spans::plain(&parameter.ident)));
                Some(quote!(#schema::TypeArgument::ty::<#ident>(#text, #schema::SchemaOf::<#ident>::PART)))
            }
            GenericParam::Const(parameter) => {
                let (ident, text) = (&parameter.ident, Literal(spans::plain(&parameter.ident)));
                Some(quote!(#schema::TypeArgument::constant(#text, || ::std::format!("{:?}", #ident))))
            }
            GenericParam::Lifetime(_) => None,
        });
        let arguments: Vec<_> = arguments.collect();
        let allowed = quote!(#[allow(unused_imports)]);
        (!arguments.is_empty())
            .then(|| quote!(.arguments({ #allowed use #schema::NoSchema as _; &[#(#arguments),*] })))
    }

    fn body(&self, attrs: &SerdeAttrs) -> TokenStream {
        let schema = self.path();
        match self.item {
            Item::Struct(item) => {
                let default = attrs.default.as_ref().map(|function| match function.is_empty() {
                    true => "Self::default()",
                    false => function,
                });
                self.fields(&item.fields, &attrs.renames, default)
            }
            Item::Enum(item) => {
                let variants = item.variants.iter().flat_map(|variant| self.variant(variant, attrs));
                quote!(#schema::Shape::Enum(&[#(#variants)*]))
            }
            _ => quote!(#schema::Shape::Unknown),
        }
    }

    /// A variant, in each case of its conditions.
    fn variant(&self, variant: &Variant, of_type: &SerdeAttrs) -> Vec<TokenStream> {
        let (schema, cfgs) = (self.path(), spans::cfgs(&variant.attrs));
        let of = |case: SerdeCase| {
            let name = spans::plain(&variant.ident);
            let attrs = SerdeAttrs::of(&case, Renamed::Variant, &name, &of_type.renames);
            let shape = self.fields(&variant.fields, &attrs.renames.or(&of_type.rename_fields), None);
            let (cfg, name) = (case.cfg, Literal(&attrs.name));
            let (aliases, other) = (aliases(&attrs), serde_text(&attrs));
            (!attrs.is_skipped)
                .then(|| quote!(#(#cfgs)* #cfg #schema::Variant::new(#name, #shape) #aliases #other,))
        };
        SerdeCase::all(&variant.attrs).into_iter().filter_map(of).collect()
    }

    fn fields(&self, fields: &Fields, rules: &RenameRules, default: Option<&str>) -> TokenStream {
        let schema = self.path();
        let shape = match fields {
            Fields::Unit => return quote!(#schema::Shape::Unit),
            Fields::Unnamed(_) => quote!(Tuple),
            Fields::Named(_) => quote!(Struct),
        };
        let all = fields.iter().enumerate().flat_map(|(at, field)| self.field(at, field, rules, default));
        quote!(#schema::Shape::#shape(&[#(#all)*]))
    }

    /// A field, in each case of its conditions. A skipped field counts in a tuple: serde writes a struct with one field as this field.
    fn field(
        &self,
        at: usize,
        field: &Field,
        rules: &RenameRules,
        default: Option<&str>,
    ) -> Vec<TokenStream> {
        let (schema, cfgs) = (self.path(), spans::cfgs(&field.attrs));
        let cases = SerdeCase::all(&field.attrs).into_iter();
        let of = |case: SerdeCase| {
            let name = field.ident.as_ref().map_or_else(|| at.to_string(), spans::plain);
            let mut attrs = SerdeAttrs::of(&case, Renamed::Field, &name, rules);
            let cfg = case.cfg;
            if attrs.is_skipped {
                attrs.other.push(String::from("skip"));
                let (name, text, other) = (Literal(name), Literal(canonical(&field.ty)), serde_text(&attrs));
                return field
                    .ident
                    .is_none()
                    .then(|| quote!(#(#cfgs)* #cfg #schema::Field::of(#name, #text) #other,));
            }
            let (text, parts) = self.ty(&field.ty);
            let default = attrs.default.as_deref().or(default).map(|function| match function {
                "" => quote!(.default()),
                function => {
                    let function = Literal(function);
                    quote!(.default_of(#function))
                }
            });
            let made = called(&quote!(#schema::Field), &[attrs.name.clone(), text], parts);
            let (aliases, other) = (aliases(&attrs), serde_text(&attrs));
            Some(quote!(#(#cfgs)* #cfg #made #default #aliases #other,))
        };
        cases.filter_map(of).collect()
    }

    /// The text of a type, and the parts of it that may be described, if there are any.
    fn ty(&self, ty: &Type) -> (String, Option<TokenStream>) {
        let schema = self.path();
        let mut types = NamedTypes { generics: self.generics, found: Vec::new(), lengths: Vec::new() };
        types.visit_type(ty);
        let whole = canonical(ty);
        let parts = types.found.iter().map(|(text, leaf)| {
            // rustc reports an unknown type here too. Both reports are the same, and shown once, if the type is a generic argument
            // here exactly if it is one in the field.
            let is_argument = *text != whole || mentions(leaf.clone(), &[String::from("Self")]);
            let (alias, leaf) = match is_argument || self.is_generic(leaf) {
                true => (None, leaf.clone()),
                false => (Some(quote!(type __T = #leaf;)), quote!(__T)),
            };
            let (probe, text) = (quote!(#schema::SchemaOf::<#leaf>), Literal(text));
            quote!({ #alias #schema::TypePart::new(#text, #probe::MESSAGE, #probe::EVENT, #probe::PART) })
        });
        let lengths = types.lengths.iter().map(|(text, length)| {
            let text = Literal(text);
            quote!(#schema::TypePart::length(#text, #length))
        });
        let parts: Vec<_> = parts.chain(lengths).collect();
        let import = (!types.found.is_empty()).then(|| quote!(use #schema::NoSchema as _;));
        let parts = (!parts.is_empty()).then(|| quote!({ #import &[#(#parts),*] }));
        (whole, parts)
    }

    /// Whether the type mentions a parameter.
    fn is_generic(&self, ty: &TokenStream) -> bool {
        let parameters: Vec<_> = self.generics.params.iter().filter_map(parameter).collect();
        !parameters.is_empty() && mentions(ty.clone(), &[&parameters[..], &[String::from("Self")]].concat())
    }
}

fn parameter(parameter: &GenericParam) -> Option<String> {
    match parameter {
        GenericParam::Type(parameter) => Some(parameter.ident.to_string()),
        GenericParam::Const(parameter) => Some(parameter.ident.to_string()),
        GenericParam::Lifetime(_) => None,
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

/// The named types in a type that may be described, the outer before the inner, and the lengths of arrays that are no number. A
/// parameter is left out: the argument is known where the schema is used.
struct NamedTypes<'a> {
    generics: &'a Generics,
    found: Vec<(String, TokenStream)>,
    lengths: Vec<(String, TokenStream)>,
}

impl Visit<'_> for NamedTypes<'_> {
    fn visit_type(&mut self, ty: &Type) {
        // Function pointers and trait objects are left out: they bind lifetimes.
        match ty {
            Type::Path(path) if path.qself.is_none() => {
                let text = canonical(ty);
                let is_new = !self.found.iter().any(|(known, _)| *known == text);
                if is_new && !is_known(&path.path) && !self.is_parameter(&text) {
                    self.found.push((text, ty.to_token_stream()));
                }
                visit::visit_type_path(self, path);
            }
            Type::Array(array) => {
                self.length(&array.len);
                visit::visit_type(self, ty);
            }
            Type::Tuple(_) | Type::Slice(_) | Type::Paren(_) | Type::Group(_) | Type::Reference(_) => {
                visit::visit_type(self, ty);
            }
            _ => {}
        }
    }

    fn visit_expr(&mut self, _: &syn::Expr) {}
}

impl NamedTypes<'_> {
    fn is_parameter(&self, text: &str) -> bool {
        self.generics.params.iter().filter_map(parameter).any(|parameter| parameter == text)
    }

    /// Adds the length of an array. In a constant, rustc cannot compute with the parameters of the type.
    fn length(&mut self, length: &syn::Expr) {
        let text = canonical(length);
        let mut parameters: Vec<_> = self.generics.params.iter().filter_map(parameter).collect();
        if !parameters.is_empty() {
            parameters.push(String::from("Self"));
        }
        let is_number = matches!(length, syn::Expr::Lit(literal) if matches!(&literal.lit, syn::Lit::Int(number) if number.to_string().bytes().all(|digit| digit.is_ascii_digit())));
        let is_new = !self.lengths.iter().any(|(known, _)| *known == text);
        if !is_number && is_new && !mentions(length.to_token_stream(), &parameters) {
            self.lengths.push((text, length.to_token_stream()));
        }
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

//! The schema of a message or an event: what is in it, as a constant.
//!
//! A type of a field may be a message itself. Whether it is, only rustc knows: `Probe::<Money>::MESSAGE` is one constant if
//! it is and another if not. What the standard library has is not asked, which is most of what messages hold.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::{Attribute, Field, Fields, Generics, Item, Type, Variant};

use crate::serde::Rules;
use crate::spans;

/// Never messages, only what is in them may be one.
const KNOWN: &[&str] = &[
    "Arc", "BTreeMap", "BTreeSet", "Box", "Cow", "HashMap", "HashSet", "Option", "Rc", "Result", "String",
    "Vec", "VecDeque", "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str",
    "u128", "u16", "u32", "u64", "u8", "usize",
];

/// What the schema says of the type itself.
pub(crate) struct Schema<'a> {
    pub(crate) private: &'a TokenStream,
    /// What it is called on the wire. Not `Self::NAME`: of a message that cannot be sent, that would be one more error.
    pub(crate) name: &'a TokenStream,
    pub(crate) item: &'a Item,
    pub(crate) generics: &'a Generics,
}

impl Schema<'_> {
    /// The constant, of a message with its reply.
    pub(crate) fn of_message(&self, reply: Option<&Type>) -> TokenStream {
        let schema = self.path();
        let reply = reply.map_or_else(|| (String::from("()"), quote!(&[])), |reply| self.ty(reply));
        let (name, shape, (text, parts)) = (self.name, self.body(), reply);
        self.constant(&quote!(message(#name, #shape, #schema::Type::new(#text, #parts))))
    }

    /// The constant, of an event.
    pub(crate) fn of_event(&self) -> TokenStream {
        let (name, shape) = (self.name, self.body());
        self.constant(&quote!(event(#name, #shape)))
    }

    fn constant(&self, made: &TokenStream) -> TokenStream {
        let schema = self.path();
        let rules = of_serde(&self.rules());
        quote!(const SCHEMA: &'static #schema::Schema = &#schema::Schema::#made #rules;)
    }

    fn path(&self) -> TokenStream {
        let private = self.private;
        quote!(#private::schema)
    }

    fn rules(&self) -> Rules {
        let attributes: &[Attribute] = match self.item {
            Item::Struct(item) => &item.attrs,
            Item::Enum(item) => &item.attrs,
            _ => &[],
        };
        Rules::of_type(attributes)
    }

    fn body(&self) -> TokenStream {
        let schema = self.path();
        match self.item {
            Item::Struct(item) => self.fields(&item.fields, self.rules().is_default),
            Item::Enum(item) => {
                let variants = item.variants.iter().filter_map(|variant| self.variant(variant));
                quote!(#schema::Shape::Enum(&[#(#variants)*]))
            }
            _ => quote!(#schema::Shape::Unknown),
        }
    }

    fn variant(&self, variant: &Variant) -> Option<TokenStream> {
        let schema = self.path();
        let rules = Rules::of(&variant.attrs, spans::plain(&variant.ident));
        let (cfgs, name, shape) =
            (spans::cfgs(&variant.attrs), &rules.name, self.fields(&variant.fields, false));
        let (aliases, other) = (aliases(&rules), of_serde(&rules));
        (!rules.is_skipped).then(|| quote!(#(#cfgs)* #schema::Variant::new(#name, #shape) #aliases #other,))
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
        let rules =
            Rules::of(&field.attrs, field.ident.as_ref().map_or_else(|| at.to_string(), spans::plain));
        let (cfgs, name, (text, parts)) = (spans::cfgs(&field.attrs), &rules.name, self.ty(&field.ty));
        let default = (is_default || rules.is_default).then(|| quote!(.default()));
        let (aliases, other) = (aliases(&rules), of_serde(&rules));
        (!rules.is_skipped)
            .then(|| quote!(#(#cfgs)* #schema::Field::new(#name, #text, #parts) #default #aliases #other,))
    }

    /// The text of a type, and the types in it that may be messages.
    fn ty(&self, ty: &Type) -> (String, TokenStream) {
        let schema = self.path();
        let mut leaves = Leaves { generics: self.generics, found: Vec::new() };
        leaves.visit_type(ty);
        let whole = text(ty);
        let parts = leaves.found.iter().map(|(text, leaf)| {
            // If there is no such type, rustc says so here too: in the same words, and then only once, if it stands among
            // arguments here exactly if it does so there.
            let is_argument = *text != whole || mentions(leaf.clone(), &[String::from("Self")]);
            let (alias, leaf) = match is_argument {
                true => (None, leaf.clone()),
                false => (Some(quote!(type __T = #leaf;)), quote!(__T)),
            };
            let probe = quote!(#schema::Probe::<#leaf>);
            quote!({ #alias #schema::Part::new(#text, #probe::MESSAGE, #probe::EVENT) })
        });
        let parts = match leaves.found.is_empty() {
            true => quote!(&[]),
            false => quote!({ use #schema::NoSchema as _; &[#(#parts),*] }),
        };
        (whole, parts)
    }
}

fn aliases(rules: &Rules) -> Option<TokenStream> {
    let aliases = &rules.aliases;
    (!aliases.is_empty()).then(|| quote!(.aliases(&[#(#aliases),*])))
}

fn of_serde(rules: &Rules) -> Option<TokenStream> {
    let other = rules.other.join(", ");
    (!other.is_empty()).then(|| quote!(.serde(#other)))
}

/// The types in a type that may be messages, the outer before the inner. One that mentions a parameter is not asked: nothing
/// is known of it.
struct Leaves<'a> {
    generics: &'a Generics,
    found: Vec<(String, TokenStream)>,
}

impl Visit<'_> for Leaves<'_> {
    fn visit_type(&mut self, ty: &Type) {
        // Not into pointers to functions and trait objects, which bind lifetimes.
        match ty {
            Type::Path(path) if path.qself.is_none() => {
                let text = text(ty);
                let is_new = !self.found.iter().any(|(known, _)| *known == text);
                // What is called `T` is a parameter that was forgotten.
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

impl Leaves<'_> {
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

/// By its name alone, or below a crate of the standard library.
fn is_known(path: &syn::Path) -> bool {
    let mut segments = path.segments.iter().map(|segment| segment.ident.to_string());
    match (segments.next(), path.segments.len()) {
        (Some(only), 1) => KNOWN.contains(&only.as_str()),
        (Some(first), _) => ["std", "core", "alloc"].contains(&first.as_str()),
        _ => false,
    }
}

/// The tokens of a type with one way to space them, whatever the way it is laid out.
pub(crate) fn text(tokens: &impl ToTokens) -> String {
    let mut text = String::new();
    add(&mut text, tokens.to_token_stream());
    text
}

fn add(text: &mut String, tokens: TokenStream) {
    use proc_macro2::Delimiter::{Brace, Bracket, None, Parenthesis};
    let mut tokens = tokens.into_iter().peekable();
    // A tuple of one type keeps its comma.
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
                // Of an arrow.
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
    use super::text;

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
            let tokens: proc_macro2::TokenStream = laid_out.parse().expect("it is made of tokens");
            assert_eq!(text(&tokens), one);
        }
    }
}

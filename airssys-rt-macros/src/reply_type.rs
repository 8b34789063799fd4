//! The types that cannot be a reply, by their syntax: `impl Trait`, a borrow, and a type without a known size.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type};

use crate::spans::quoted;

/// Why a type is not that of a reply.
pub(crate) struct Refusal {
    /// The tokens to report.
    pub(crate) at: TokenStream,
    pub(crate) text: String,
    /// Whether a function can return the type: then it is no error of the method.
    pub(crate) is_returnable: bool,
}

impl Refusal {
    fn new(at: &impl ToTokens, text: impl Into<String>) -> Self {
        Self { at: at.to_token_stream(), text: text.into(), is_returnable: true }
    }
}

/// Refuses a reply that a message declares.
pub(crate) fn of_message(ty: &Type) -> Option<Refusal> {
    unnamed_or_unsized(ty).or_else(|| borrowed(ty))
}

/// Refuses a type that no function can return, or that has no name.
pub(crate) fn unnamed_or_unsized(ty: &Type) -> Option<Refusal> {
    let owned = match ty {
        Type::ImplTrait(_) => {
            let text = "a reply needs a named type: `impl Trait` cannot be the reply type of a message";
            return Some(Refusal::new(ty, text));
        }
        Type::Group(inner) => return unnamed_or_unsized(&inner.elem),
        Type::Paren(inner) => return unnamed_or_unsized(&inner.elem),
        Type::Path(path) if path.path.is_ident("str") => "String".to_owned(),
        Type::Slice(slice) => format!("Vec<{}>", quoted(&slice.elem)),
        Type::TraitObject(object) if object.bounds.iter().any(|bound| quoted(bound) == "Send") => {
            format!("Box<{}>", quoted(ty))
        }
        Type::TraitObject(_) => format!("Box<{} + Send>", quoted(ty)),
        _ => return None,
    };
    let text = format!("a reply is moved, so its size is known: use `{owned}` in place of `{}`", quoted(ty));
    Some(Refusal { is_returnable: false, ..Refusal::new(ty, text) })
}

/// Refuses a lifetime other than `'static`.
fn borrowed(ty: &Type) -> Option<Refusal> {
    const TEXT: &str = "a reply cannot borrow: it is moved to another task\n\
                        use an owned type: `String`, `Vec<..>`, `Arc<..>`";
    match ty {
        Type::Reference(reference) => match &reference.lifetime {
            Some(lifetime) if lifetime.ident == "static" => borrowed(&reference.elem),
            _ => Some(Refusal::new(&reference.and_token, TEXT)),
        },
        Type::Group(inner) => borrowed(&inner.elem),
        Type::Paren(inner) => borrowed(&inner.elem),
        Type::Array(array) => borrowed(&array.elem),
        Type::Slice(slice) => borrowed(&slice.elem),
        Type::Tuple(tuple) => tuple.elems.iter().find_map(borrowed),
        Type::Path(path) => {
            let arguments = path.path.segments.iter().filter_map(|segment| match &segment.arguments {
                PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
                _ => None,
            });
            arguments.flatten().find_map(|argument| match argument {
                GenericArgument::Type(ty) => borrowed(ty),
                GenericArgument::Lifetime(lifetime) if lifetime.ident != "static" => {
                    Some(Refusal::new(lifetime, TEXT))
                }
                _ => None,
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::of_message;

    fn refused(text: &str) -> Option<(String, String)> {
        let ty = syn::parse_str(text).expect("the text is a type");
        of_message(&ty).map(|refusal| (refusal.at.to_string(), refusal.text))
    }

    #[test]
    fn a_type_without_a_size_is_refused_with_its_owned_form() {
        for (unsized_, owned) in [
            ("str", "`String`"),
            ("[u8]", "`Vec<u8>`"),
            ("dyn Debug", "`Box<dyn Debug + Send>`"),
            ("dyn Debug + Send", "`Box<dyn Debug + Send>`"),
        ] {
            let (_, text) = refused(unsized_).expect("it is refused");
            assert!(text.contains(owned), "{text}");
        }
    }

    #[test]
    fn a_borrow_is_refused_wherever_it_is() {
        for (borrow, at) in
            [("&str", "&"), ("Option<&'a str>", "&"), ("(u8, [&str; 2])", "&"), ("Cow<'_, str>", "'_")]
        {
            assert_eq!(refused(borrow).expect("it is refused").0, at);
        }
    }

    #[test]
    fn other_types_are_not_refused() {
        for sent in ["()", "&'static str", "Box<str>", "Box<dyn Fn(&str) + Send>", "fn(&str)", "Vec<u8>", "T"]
        {
            assert!(refused(sent).is_none(), "{sent}");
        }
    }
}

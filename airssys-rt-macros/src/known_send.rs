//! Which types are known to be `Send` by their names, so that no generated constant has to check them.
//!
//! A constant takes as long to check as a small function, and most messages consist of such types. A type of the user that has the
//! name of one of these and is not `Send` is reported by rustc as any other is, with more errors.

use syn::{Fields, GenericArgument, Item, PathArguments, Type};

/// Types without arguments.
const SEND: [&str; 25] = [
    "bool",
    "char",
    "f32",
    "f64",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "String",
    "Duration",
    "Instant",
    "SystemTime",
    "PathBuf",
    "ActorId",
    "MessageId",
    "IpAddr",
    "SocketAddr",
];

/// Types that are `Send` if their arguments are.
const SEND_IF: [&str; 10] = [
    "Vec",
    "Option",
    "Result",
    "Box",
    "VecDeque",
    "HashMap",
    "HashSet",
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
];

/// References to actors, which are `Send` whatever their argument is.
const SEND_ALWAYS: [&str; 2] = ["ActorRef", "Recipient"];

/// Whether each field of the type is known to be `Send`.
pub(crate) fn is_item(item: &Item) -> bool {
    let fields = |fields: &Fields| fields.iter().all(|field| is_type(&field.ty));
    match item {
        Item::Struct(item) => fields(&item.fields),
        Item::Enum(item) => item.variants.iter().all(|variant| fields(&variant.fields)),
        _ => false,
    }
}

/// Whether the type is known to be `Send` and `Sized`.
pub(crate) fn is_type(ty: &Type) -> bool {
    match ty {
        Type::Tuple(tuple) => tuple.elems.iter().all(is_type),
        Type::Array(array) => is_type(&array.elem),
        Type::Paren(inner) => is_type(&inner.elem),
        Type::Group(inner) => is_type(&inner.elem),
        Type::Path(path) if path.qself.is_none() && path.path.segments.len() == 1 => {
            let segment = &path.path.segments[0];
            let is = |names: &[&str]| names.iter().any(|name| segment.ident == name);
            match &segment.arguments {
                PathArguments::None => is(&SEND),
                PathArguments::AngleBracketed(arguments) => {
                    let mut types = arguments.args.iter().map(|argument| match argument {
                        GenericArgument::Type(ty) => Some(ty),
                        _ => None,
                    });
                    is(&SEND_ALWAYS) || (is(&SEND_IF) && types.all(|ty| ty.is_some_and(is_type)))
                }
                PathArguments::Parenthesized(_) => false,
            }
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_item, is_type};

    fn ty(text: &str) -> bool {
        is_type(&syn::parse_str(text).expect("the text is a type"))
    }

    #[test]
    fn names_and_containers_of_the_standard_library_are_known() {
        assert!(ty("u64") && ty("()") && ty("(u8, String)") && ty("[u8; 4]"));
        assert!(ty("Vec<Option<u64>>") && ty("HashMap<String, Vec<ActorRef<Other>>>"));
        assert!(is_item(&syn::parse_str("struct M { n: u64, to: ActorRef<A> }").expect("an item")));
    }

    #[test]
    fn other_types_are_not_known() {
        assert!(
            !ty("Rc<u8>") && !ty("Vec<Rc<u8>>") && !ty("Mine") && !ty("&'static str") && !ty("my::String")
        );
        assert!(!ty("dyn Debug") && !ty("str") && !ty("Box<dyn Fn()>"));
        assert!(!is_item(&syn::parse_str("enum M { A, B(Rc<u8>) }").expect("an item")));
    }
}

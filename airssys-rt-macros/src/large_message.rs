//! Generates the warning about a large message, which should be boxed.
//!
//! The attribute does not know the size of a type, so a generated constant compares it. There is none if the fields show that
//! the type is small, because hundreds of such constants take a seventh of the time of checking a program.

use proc_macro2::{Ident, TokenStream};
use syn::{Attribute, Fields, GenericArgument, Item, PathArguments, Type};

use crate::spans;
use crate::tokens::{Literal, quote};

/// The number of bytes above which a message should be boxed.
const LARGE: usize = 128;

/// The number of fields that are small together if each is small; it leaves space for the tag of an enum.
const SMALL_FIELDS: usize = 4;

/// Types of at most 24 bytes, on any machine.
const SMALL: [&str; 18] = [
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64",
    "u128", "usize", "String", "ActorId",
];

/// Types of at most 24 bytes with any sized type as their argument.
const SMALL_OF_ANY: [&str; 4] = ["ActorRef", "Arc", "Box", "Vec"];

/// Whether the type is certainly small, judged by the names of its fields' types: there is no warning for a large type that the
/// user has called `String`.
pub(crate) fn is_small(item: &Item) -> bool {
    match item {
        Item::Struct(item) => is_plain(&item.attrs) && are_small(&item.fields),
        Item::Enum(item) => {
            is_plain(&item.attrs) && item.variants.iter().all(|variant| are_small(&variant.fields))
        }
        _ => false,
    }
}

/// Whether no attribute can make the type larger than its fields, as an alignment does.
fn is_plain(attributes: &[Attribute]) -> bool {
    !attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("repr") || attribute.path().is_ident("cfg_attr"))
}

fn are_small(fields: &Fields) -> bool {
    fields.len() <= SMALL_FIELDS && fields.iter().all(|field| is_small_type(&field.ty))
}

fn is_small_type(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let (None, Some(ident), Some(last)) =
        (&path.qself, path.path.segments.first().map(|first| &first.ident), path.path.segments.last())
    else {
        return false;
    };
    let is = |names: &[&str]| path.path.segments.len() == 1 && names.iter().any(|name| ident == name);
    match &last.arguments {
        PathArguments::None => is(&SMALL),
        PathArguments::AngleBracketed(arguments) => {
            let is_one = arguments.args.len() == 1;
            is(&SMALL_OF_ANY) && is_one && matches!(arguments.args[0], GenericArgument::Type(_))
        }
        PathArguments::Parenthesized(_) => false,
    }
}

/// The warning: of two constants of one name, the one for large messages is deprecated.
pub(crate) fn warning(ident: &Ident, attributes: &[Attribute]) -> TokenStream {
    let (own, cfgs) = (spans::at_call_site(ident), spans::cfgs(attributes));
    let limit = Literal(LARGE);
    let note = Literal(format!(
        "`{ident}` takes more than {LARGE} bytes in every slot of the mailbox; box it: `#[message(boxed)]`"
    ));
    let warned = spans::located(quote!(__Slot::<__IS_LARGE>::LARGE_MESSAGE), ident.span());
    // `#[allow(deprecated)]` on the message turns the warning off.
    let allowed = attributes.iter().filter(|attribute| attribute.path().is_ident("allow"));
    quote! {
        #(#cfgs)* #(#allowed)* #[doc(hidden)] #[allow(clippy::all, clippy::pedantic, clippy::nursery, dead_code)]
        const _: () = {
            struct __Slot<const IS_LARGE: ::core::primitive::bool>;
            impl __Slot<false> { const LARGE_MESSAGE: () = (); }
            impl __Slot<true> { #[deprecated(note = #note)] const LARGE_MESSAGE: () = (); }
            #[allow(deprecated)]
            const __IS_LARGE: ::core::primitive::bool = ::core::mem::size_of::<#own>() > #limit;
            #warned
        };
    }
}

#[cfg(test)]
mod tests {
    use super::is_small;

    fn check(item: &str, small: bool) {
        assert_eq!(is_small(&syn::parse_str(item).expect("the text is an item")), small, "{item}");
    }

    #[test]
    fn a_message_of_small_fields_is_small() {
        check("struct M;", true);
        check("struct M(u64, String, Vec<[u8; 4096]>, Box<Large>);", true);
        check("enum M { One, Two { to: ActorRef<A>, n: u128 } }", true);
    }

    #[test]
    fn a_message_that_may_be_large_is_measured() {
        check("struct M([u8; 4096]);", false);
        check("struct M(Large);", false);
        check("struct M(my::String);", false);
        check("struct M(Vec<u8, 4096>);", false);
        check("struct M(Vec<4096>);", false);
        check("struct M(u8, u8, u8, u8, u8);", false);
        check("#[repr(align(256))] struct M(u8);", false);
        check("#[cfg_attr(all(), repr(align(256)))] struct M(u8);", false);
        check("enum M { One, Two(Large) }", false);
        check("union M { a: u8 }", false);
    }
}

//! The trait `Part`: a type inside of messages and events whose wire format is described.

use crate::message::{
    Declared,
    schema::{PartNames, Schema},
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque},
    marker::PhantomData,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    num, path,
    rc::Rc,
    sync::Arc,
    time::{Duration, SystemTime},
};

/// A type inside of messages and events whose wire format is described.
///
/// `#[message(part)]` implements it for a struct or an enum. It is implemented for the types of the standard library that serde
/// supports, if their arguments implement it. A type alias has the description of its type. A parameter of a generic message is
/// described if it has the bound: `struct Changed<T: Part>`.
///
/// ```
/// use airssys_rt::{message::schema::Part, prelude::*};
///
/// #[message(part)]
/// pub struct Money { pub cents: u64 }
///
/// #[message(reply = Option<Money>)]
/// pub struct Pay<T: Part> { pub amount: Money, pub note: T }
///
/// let mut parts = Pay::<String>::SCHEMA.reply.unwrap().parts().collect::<Vec<_>>();
/// let (text, money) = parts.pop().unwrap();
/// assert_eq!((text, money.fingerprint()), ("Money", Money::SCHEMA.fingerprint()));
/// ```
#[diagnostic::on_unimplemented(
    message = "the wire format of `{Self}` is not described",
    label = "not described",
    note = "annotate `{Self}` with `#[message(part)]`"
)]
pub trait Part {
    /// For generated code: the source of the schema.
    #[doc(hidden)]
    const DECLARED: Declared = Declared::by_hand("unknown", None);
    /// The wire format of a struct or an enum. For a type of the standard library its shape is unknown.
    const SCHEMA: &'static Schema = &Self::DECLARED.schema;
    /// For the types of the standard library: returns the text of the type.
    #[doc(hidden)]
    fn text(names: &mut PartNames<'_>) -> String {
        names(Self::SCHEMA)
    }
}

/// Types without parameters, by the text of each in a schema.
macro_rules! plain {
    ($($ty:ty => $text:literal),* $(,)?) => {
        $(impl Part for $ty {
            fn text(_: &mut PartNames<'_>) -> String {
                String::from($text)
            }
        })*
    };
}

plain! {
    u8 => "u8", u16 => "u16", u32 => "u32", u64 => "u64", u128 => "u128", usize => "usize",
    i8 => "i8", i16 => "i16", i32 => "i32", i64 => "i64", i128 => "i128", isize => "isize",
    f32 => "f32", f64 => "f64", bool => "bool", char => "char", str => "String", String => "String", () => "()",
    Duration => "std::time::Duration", SystemTime => "std::time::SystemTime",
    IpAddr => "std::net::IpAddr", Ipv4Addr => "std::net::Ipv4Addr", Ipv6Addr => "std::net::Ipv6Addr",
    SocketAddr => "std::net::SocketAddr", path::PathBuf => "std::path::PathBuf",
    num::NonZeroU8 => "std::num::NonZero<u8>", num::NonZeroU16 => "std::num::NonZero<u16>",
    num::NonZeroU32 => "std::num::NonZero<u32>", num::NonZeroU64 => "std::num::NonZero<u64>",
    num::NonZeroUsize => "std::num::NonZero<usize>",
    num::NonZeroI8 => "std::num::NonZero<i8>", num::NonZeroI16 => "std::num::NonZero<i16>",
    num::NonZeroI32 => "std::num::NonZero<i32>", num::NonZeroI64 => "std::num::NonZero<i64>",
    num::NonZeroIsize => "std::num::NonZero<isize>",
}

/// Types with parameters: the pattern of the text, in which each `{}` is the text of a parameter.
macro_rules! generic {
    ($([$($bounds:tt)*] $ty:ty => $text:literal, $($parameter:ident),+;)*) => {
        $(impl<$($bounds)*> Part for $ty {
            fn text(names: &mut PartNames<'_>) -> String {
                format!($text, $($parameter::text(names)),+)
            }
        })*
    };
}

generic! {
    [T: Part] Option<T> => "Option<{}>", T;
    [T: Part] Vec<T> => "Vec<{}>", T;
    [T: Part] [T] => "Vec<{}>", T;
    [T: Part] VecDeque<T> => "VecDeque<{}>", T;
    [T: Part] LinkedList<T> => "LinkedList<{}>", T;
    [T: Part] BTreeSet<T> => "BTreeSet<{}>", T;
    [T: Part, S] HashSet<T, S> => "HashSet<{}>", T;
    [K: Part, V: Part] BTreeMap<K, V> => "BTreeMap<{}, {}>", K, V;
    [K: Part, V: Part, S] HashMap<K, V, S> => "HashMap<{}, {}>", K, V;
    [T: Part, E: Part] Result<T, E> => "Result<{}, {}>", T, E;
    [T: Part + ?Sized] Box<T> => "{}", T;
    [T: Part + ?Sized] Rc<T> => "{}", T;
    [T: Part + ?Sized] Arc<T> => "{}", T;
    [T: Part + ToOwned + ?Sized] Cow<'_, T> => "{}", T;
    [T: Part + ?Sized] &T => "{}", T;
    [A: Part] (A,) => "({},)", A;
    [A: Part, B: Part] (A, B) => "({}, {})", A, B;
    [A: Part, B: Part, C: Part] (A, B, C) => "({}, {}, {})", A, B, C;
    [A: Part, B: Part, C: Part, D: Part] (A, B, C, D) => "({}, {}, {}, {})", A, B, C, D;
}

impl<T: Part, const N: usize> Part for [T; N] {
    fn text(names: &mut PartNames<'_>) -> String {
        format!("[{}; {N}]", T::text(names))
    }
}

/// It is written as a unit, whatever its parameter is.
impl<T: ?Sized> Part for PhantomData<T> {
    fn text(_: &mut PartNames<'_>) -> String {
        String::from("std::marker::PhantomData")
    }
}

//! What the generated types need: samples of values, and facts about a value that another version must find as well.
#![allow(dead_code)]

pub(crate) use serde::{Deserialize, Serialize};
use std::cell::Cell;
pub(crate) use std::collections::{BTreeMap, BTreeSet};

/// Makes values: many numbers give many values.
pub(crate) trait Sample: Sized {
    fn sample(n: u64) -> Self;
}

/// Says what a value is: by the identities of its variants, by the positions of unnamed fields and by the names of the others.
pub(crate) trait Facts {
    fn facts(&self, path: &str, out: &mut Vec<(String, String)>);
}

thread_local! {
    /// Whether the facts are those of a reader: a field is known by each name that it is read from.
    pub(crate) static READS: Cell<bool> = const { Cell::new(false) };
}

/// The facts of a field. The first name is the one that is written.
pub(crate) fn facts_of(field: &impl Facts, path: &str, names: &[&str], out: &mut Vec<(String, String)>) {
    let names = if READS.get() { names } else { &names[..1] };
    names.iter().for_each(|name| field.facts(&format!("{path}.{name}"), out));
}

/// Mixes two numbers.
pub(crate) fn mix(n: u64, with: u64) -> u64 {
    let mixed = (n ^ with.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 29)
}

macro_rules! numbers {
    ($($ty:ty as $shown:ty: [$($value:expr),*]),*) => {
        $(
            impl Sample for $ty {
                fn sample(n: u64) -> Self {
                    const VALUES: &[$ty] = &[$($value),*];
                    VALUES[(n % VALUES.len() as u64) as usize]
                }
            }

            impl Facts for $ty {
                fn facts(&self, path: &str, out: &mut Vec<(String, String)>) {
                    out.push((path.to_owned(), format!("{}", *self as $shown)));
                }
            }
        )*
    };
}

// A wider float has more digits of the same number.
numbers! {
    u8 as u8: [0, 1, 7, u8::MAX], u32 as u32: [0, 1, 300, u32::MAX], u64 as u64: [0, 1, 70_000, u64::MAX],
    usize as usize: [0, 1, 70_000, 1 << 40], u128 as u128: [0, 1, 70_000, u128::MAX],
    i8 as i8: [0, 1, -1, i8::MIN, i8::MAX], i32 as i32: [0, 1, -300, i32::MIN, i32::MAX],
    i64 as i64: [0, 1, -70_000, i64::MIN, i64::MAX], f32 as f32: [0.0, 1.5, -2.25, f32::MAX, f32::NAN, f32::INFINITY],
    f64 as f32: [0.0, 1.5, -2.25, 1e300, f64::NAN], bool as bool: [false, true], char as char: ['a', 'ß', '\u{1f600}']
}

impl Sample for String {
    fn sample(n: u64) -> Self {
        ["", "a", "some text", "7", "null", "{}"][(n % 6) as usize].to_owned()
    }
}

impl Facts for String {
    fn facts(&self, path: &str, out: &mut Vec<(String, String)>) {
        out.push((path.to_owned(), format!("{self:?}")));
    }
}

impl Sample for () {
    fn sample(_: u64) -> Self {}
}

impl Facts for () {
    fn facts(&self, path: &str, out: &mut Vec<(String, String)>) {
        out.push((path.to_owned(), String::from("unit")));
    }
}

impl<T: Sample> Sample for Option<T> {
    fn sample(n: u64) -> Self {
        (n % 3 != 0).then(|| T::sample(mix(n, 1)))
    }
}

impl<T: Facts> Facts for Option<T> {
    fn facts(&self, path: &str, out: &mut Vec<(String, String)>) {
        match self {
            Some(value) => value.facts(path, out),
            None => out.push((path.to_owned(), String::from("none"))),
        }
    }
}

impl<T: Sample> Sample for Box<T> {
    fn sample(n: u64) -> Self {
        Box::new(T::sample(n))
    }
}

impl<T: Facts> Facts for Box<T> {
    fn facts(&self, path: &str, out: &mut Vec<(String, String)>) {
        (**self).facts(path, out);
    }
}

fn list<'a, T: Facts + 'a>(
    all: impl IntoIterator<Item = &'a T>,
    path: &str,
    out: &mut Vec<(String, String)>,
) {
    let mut count = 0;
    for one in all {
        one.facts(&format!("{path}[{count}]"), out);
        count += 1;
    }
    out.push((format!("{path}#"), count.to_string()));
}

impl<T: Sample> Sample for Vec<T> {
    fn sample(n: u64) -> Self {
        // The same value twice: a set loses one.
        (0..n % 4).map(|at| T::sample(mix(n, at / 2))).collect()
    }
}

impl<T: Facts> Facts for Vec<T> {
    fn facts(&self, path: &str, out: &mut Vec<(String, String)>) {
        list(self, path, out);
    }
}

impl<T: Sample + Ord> Sample for BTreeSet<T> {
    fn sample(n: u64) -> Self {
        (0..n % 4).map(|at| T::sample(mix(n, at))).collect()
    }
}

impl<T: Facts> Facts for BTreeSet<T> {
    fn facts(&self, path: &str, out: &mut Vec<(String, String)>) {
        list(self, path, out);
    }
}

impl<K: Sample + Ord, V: Sample> Sample for BTreeMap<K, V> {
    fn sample(n: u64) -> Self {
        (0..n % 3).map(|at| (K::sample(mix(n, at)), V::sample(mix(n, at + 9)))).collect()
    }
}

impl<K: std::fmt::Debug, V: Facts> Facts for BTreeMap<K, V> {
    fn facts(&self, path: &str, out: &mut Vec<(String, String)>) {
        out.push((format!("{path}#"), self.len().to_string()));
        self.iter().for_each(|(key, value)| value.facts(&format!("{path}[{key:?}]"), out));
    }
}

impl<T: Sample, const N: usize> Sample for [T; N] {
    fn sample(n: u64) -> Self {
        std::array::from_fn(|at| T::sample(mix(n, at as u64)))
    }
}

impl<T: Facts, const N: usize> Facts for [T; N] {
    fn facts(&self, path: &str, out: &mut Vec<(String, String)>) {
        list(self, path, out);
    }
}

macro_rules! tuples {
    ($(($($ty:ident $at:tt),+))*) => {
        $(
            impl<$($ty: Sample),+> Sample for ($($ty,)+) {
                fn sample(n: u64) -> Self {
                    ($($ty::sample(mix(n, $at)),)+)
                }
            }

            impl<$($ty: Facts),+> Facts for ($($ty,)+) {
                fn facts(&self, path: &str, out: &mut Vec<(String, String)>) {
                    $(self.$at.facts(&format!("{path}[{}]", $at), out);)+
                }
            }
        )*
    };
}

tuples! { (A 0) (A 0, B 1) (A 0, B 1, C 2) }

pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A default that is not that of the type.
pub(crate) fn other<T: Sample>() -> T {
    T::sample(5)
}

/// Functions for `with`: a number as text.
pub(crate) mod text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(number: &u64, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&number.to_string())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// Functions for `with`: a number that is doubled.
pub(crate) mod twice {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(number: &u64, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(number.wrapping_mul(2))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
        u64::deserialize(from).map(|number| number / 2)
    }
}

/// Types that are not described. Those of the second kind have another content.
#[macro_export]
macro_rules! opaque {
    (0) => { $crate::opaque!(Opaque0 u8, Opaque1 String, Opaque2 bool); };
    (1) => { $crate::opaque!(Opaque0 u32, Opaque1 u8, Opaque2 bool); };
    ($($name:ident $ty:ty),*) => {
        $(
            #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
            pub struct $name(pub $ty);

            impl $crate::prelude::Sample for $name {
                fn sample(n: u64) -> Self {
                    $name($crate::prelude::Sample::sample(n))
                }
            }

            impl $crate::prelude::Facts for $name {
                fn facts(&self, path: &str, out: &mut Vec<(String, String)>) {
                    self.0.facts(path, out);
                }
            }
        )*
    };
}

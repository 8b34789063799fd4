//! For generated code: how its enums are written and read, without a derive for each.

use serde::{
    Deserializer, Serialize, Serializer,
    de::{DeserializeSeed, EnumAccess, Error, Unexpected, VariantAccess, Visitor},
    ser,
};
use std::{fmt, marker::PhantomData};

/// What an enum and its variants are called in the data.
#[derive(Debug)]
pub struct Names {
    /// The enum.
    pub name: &'static str,
    /// Its variants, in the order of their numbers.
    pub variants: &'static [&'static str],
}

/// An enum of which each variant holds one value.
pub trait Variants<'de>: Sized {
    /// Reads the variant of that number.
    ///
    /// # Errors
    ///
    /// If there is none, or it has other data.
    fn read<V: VariantAccess<'de>>(number: u32, from: V) -> Result<Self, V::Error>;
}

/// Writes the data of one variant.
///
/// # Errors
///
/// If the format cannot hold it.
pub fn serialize<S: Serializer>(
    to: S,
    names: &'static Names,
    number: u32,
    data: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    to.serialize_newtype_variant(names.name, number, names.variants[number as usize], data)
}

/// The error of a variant that is not written.
#[must_use]
pub fn stays<E: ser::Error>(names: &Names) -> E {
    E::custom(format_args!("`{}`: the news that an actor has ended stays in its system", names.name))
}

/// Reads an enum.
///
/// # Errors
///
/// If it is no variant of that enum.
pub fn deserialize<'de, T: Variants<'de>, D: Deserializer<'de>>(
    from: D,
    names: &'static Names,
) -> Result<T, D::Error> {
    from.deserialize_enum(names.name, names.variants, Reader { names, read: PhantomData })
}

/// The error of a number that no variant has.
#[must_use]
pub fn unknown<E: Error>(names: &'static Names, number: u32) -> E {
    E::invalid_value(Unexpected::Unsigned(number.into()), &Number(names))
}

struct Reader<T> {
    names: &'static Names,
    read: PhantomData<T>,
}

impl<'de, T: Variants<'de>> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "enum {}", self.names.name)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, from: A) -> Result<T, A::Error> {
        let (number, from) = from.variant_seed(Number(self.names))?;
        T::read(number, from)
    }
}

/// Reads which variant it is: by its number or by its name, as the format has it.
struct Number(&'static Names);

impl<'de> DeserializeSeed<'de> for Number {
    type Value = u32;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<u32, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Number {
    type Value = u32;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a variant of {}", self.0.name)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<u32, E> {
        let known = u32::try_from(number).ok().filter(|number| (*number as usize) < self.0.variants.len());
        known.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<u32, E> {
        let found = (0..).zip(self.0.variants).find(|(_, known)| **known == name);
        found.map(|(number, _)| number).ok_or_else(|| E::unknown_variant(name, self.0.variants))
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<u32, E> {
        self.visit_str(&String::from_utf8_lossy(name))
    }
}

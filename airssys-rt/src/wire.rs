//! Serialization of generated message and event enums under the feature `wire`, without a serde derive for each.
//!
//! For generated code.

use serde::{
    Deserializer, Serialize, Serializer,
    de::{DeserializeSeed, EnumAccess, Error, Unexpected, VariantAccess, Visitor},
    ser,
};
use std::{fmt, marker::PhantomData};

/// The names of an enum and its variants in the serialized data.
#[derive(Debug)]
pub struct EnumNames {
    /// The name of the enum.
    pub name: &'static str,
    /// The names of the variants, in the order of their numbers.
    pub variants: &'static [&'static str],
}

/// An enum in which each variant holds one value.
pub trait ReadVariant<'de>: Sized {
    /// Reads the data of the variant with this number.
    ///
    /// # Errors
    ///
    /// If there is no such variant, or the data does not match it.
    fn read<V: VariantAccess<'de>>(number: u32, from: V) -> Result<Self, V::Error>;
}

/// Writes one variant with its data.
///
/// # Errors
///
/// If the data cannot be serialized in this format.
pub fn serialize_variant<S: Serializer>(
    to: S,
    names: &'static EnumNames,
    number: u32,
    data: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    to.serialize_newtype_variant(names.name, number, names.variants[number as usize], data)
}

/// Makes the error for the variant of `#[on_terminated]`, which is not serialized.
#[must_use]
pub fn not_serializable<E: ser::Error>(names: &EnumNames) -> E {
    E::custom(format_args!(
        "`{}`: the notification that an actor has terminated cannot be serialized",
        names.name
    ))
}

/// Reads an enum.
///
/// # Errors
///
/// If the data is not a variant of the enum.
pub fn deserialize_enum<'de, T: ReadVariant<'de>, D: Deserializer<'de>>(
    from: D,
    names: &'static EnumNames,
) -> Result<T, D::Error> {
    from.deserialize_enum(names.name, names.variants, EnumVisitor { names, ty: PhantomData })
}

/// Makes the error for a number that no variant has.
#[must_use]
pub fn unknown_variant<E: Error>(names: &'static EnumNames, number: u32) -> E {
    E::invalid_value(Unexpected::Unsigned(number.into()), &VariantNumber(names))
}

struct EnumVisitor<T> {
    names: &'static EnumNames,
    ty: PhantomData<T>,
}

impl<'de, T: ReadVariant<'de>> Visitor<'de> for EnumVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "enum {}", self.names.name)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, from: A) -> Result<T, A::Error> {
        let (number, from) = from.variant_seed(VariantNumber(self.names))?;
        T::read(number, from)
    }
}

/// Reads the number of a variant, which the format stores as a number or as a name.
struct VariantNumber(&'static EnumNames);

impl<'de> DeserializeSeed<'de> for VariantNumber {
    type Value = u32;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<u32, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for VariantNumber {
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

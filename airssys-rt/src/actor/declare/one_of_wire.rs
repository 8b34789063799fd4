//! The serde impls of the enums of an actor, under the feature `wire`. Each holds if the entries have the trait.

use crate::{
    actor::declare::{
        enum_sizes::for_each_enum,
        one_of::{Absent, ConfiguredOut, Ended, Entry, EntrySlot, InPlace, Labels, Received},
    },
    message::Carried,
    wire::{EnumNames, ReadVariant, deserialize_enum, not_serializable, serialize_variant, unknown_variant},
};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, VariantAccess},
};

/// The names of an enum and of its variants on the wire.
trait WireNames {
    const NAMES: &'static EnumNames;
}

impl<L: Labels> WireNames for L {
    const NAMES: &'static EnumNames = &EnumNames { name: L::ACTOR, variants: L::LABELS };
}

/// An entry that can be written.
pub trait SerializeEntry: Entry {
    /// Writes what a variant holds.
    ///
    /// # Errors
    ///
    /// If it cannot be serialized in this format.
    fn write<S: Serializer>(
        held: &Self::Held,
        number: u32,
        names: &'static EnumNames,
        to: S,
    ) -> Result<S::Ok, S::Error>;
}

/// An entry that can be read.
pub trait DeserializeEntry<'de>: Entry {
    /// Reads what a variant holds.
    ///
    /// # Errors
    ///
    /// If the data does not match the variant.
    fn read<V: VariantAccess<'de>>(
        number: u32,
        names: &'static EnumNames,
        from: V,
    ) -> Result<Self::Held, V::Error>;
}

impl<M> SerializeEntry for M
where
    M: Carried,
    M::Carrier: Serialize,
{
    fn write<S: Serializer>(
        held: &M::Carrier,
        number: u32,
        names: &'static EnumNames,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        serialize_variant(to, names, number, held)
    }
}

impl<'de, M> DeserializeEntry<'de> for M
where
    M: Carried,
    M::Carrier: Deserialize<'de>,
{
    fn read<V: VariantAccess<'de>>(_: u32, _: &'static EnumNames, from: V) -> Result<M::Carrier, V::Error> {
        from.newtype_variant()
    }
}

impl<M: Carried + Serialize> SerializeEntry for InPlace<M> {
    fn write<S: Serializer>(
        held: &M,
        number: u32,
        names: &'static EnumNames,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        serialize_variant(to, names, number, held)
    }
}

impl<'de, M: Carried + Deserialize<'de>> DeserializeEntry<'de> for InPlace<M> {
    fn read<V: VariantAccess<'de>>(_: u32, _: &'static EnumNames, from: V) -> Result<M, V::Error> {
        from.newtype_variant()
    }
}

impl<E: Serialize> SerializeEntry for Received<E> {
    fn write<S: Serializer>(
        held: &E,
        number: u32,
        names: &'static EnumNames,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        serialize_variant(to, names, number, held)
    }
}

impl<'de, E: Deserialize<'de>> DeserializeEntry<'de> for Received<E> {
    fn read<V: VariantAccess<'de>>(_: u32, _: &'static EnumNames, from: V) -> Result<E, V::Error> {
        from.newtype_variant()
    }
}

/// A notification has no meaning in another process.
impl SerializeEntry for Ended {
    fn write<S: Serializer>(
        _: &Self::Held,
        _: u32,
        names: &'static EnumNames,
        _: S,
    ) -> Result<S::Ok, S::Error> {
        Err(not_serializable(names))
    }
}

impl<'de> DeserializeEntry<'de> for Ended {
    fn read<V: VariantAccess<'de>>(
        number: u32,
        names: &'static EnumNames,
        _: V,
    ) -> Result<Self::Held, V::Error> {
        Err(unknown_variant(names, number))
    }
}

impl Serialize for ConfiguredOut {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }
}

impl<'de> Deserialize<'de> for ConfiguredOut {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(D::Error::custom("the handler of this message is configured out"))
    }
}

impl SerializeEntry for Absent {
    fn write<S: Serializer>(
        held: &Self::Held,
        _: u32,
        _: &'static EnumNames,
        _: S,
    ) -> Result<S::Ok, S::Error> {
        match *held {}
    }
}

impl<'de> DeserializeEntry<'de> for Absent {
    fn read<V: VariantAccess<'de>>(
        number: u32,
        names: &'static EnumNames,
        _: V,
    ) -> Result<Self::Held, V::Error> {
        Err(unknown_variant(names, number))
    }
}

macro_rules! wire {
    ($name:ident: $($variant:ident $entry:ident $number:literal)+) => {
        impl<L: Labels, $($entry: SerializeEntry),+> Serialize for super::one_of::$name<L, $($entry),+> {
            fn serialize<Z: Serializer>(&self, to: Z) -> Result<Z::Ok, Z::Error> {
                match self {
                    $(Self::$variant(held, _) => $entry::write(held, $number, L::NAMES, to),)+
                    Self::Never(_, never) => match *never {},
                }
            }
        }

        impl<'de, L: Labels, $($entry: DeserializeEntry<'de>),+> ReadVariant<'de>
            for super::one_of::$name<L, $($entry),+>
        {
            fn read<V: VariantAccess<'de>>(number: u32, from: V) -> Result<Self, V::Error> {
                match number {
                    $($number => Ok(Self::$variant($entry::read(number, L::NAMES, from)?, EntrySlot::EMPTY)),)+
                    _ => Err(unknown_variant(L::NAMES, number)),
                }
            }
        }

        impl<'de, L: Labels, $($entry: DeserializeEntry<'de>),+> Deserialize<'de>
            for super::one_of::$name<L, $($entry),+>
        {
            fn deserialize<Z: Deserializer<'de>>(from: Z) -> Result<Self, Z::Error> {
                deserialize_enum(from, L::NAMES)
            }
        }
    };
}

for_each_enum!(wire);

//! Reads and writes an [`ActorAddress`].

use crate::id::{ActorAddress, ActorId};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The form on the wire, whose name is owned.
#[derive(Serialize, Deserialize)]
#[serde(rename = "ActorAddress", rename_all = "snake_case")]
enum Form<T> {
    Id(ActorId),
    Named(T),
}

impl Serialize for ActorAddress {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            ActorAddress::Id(id) => Form::Id(*id),
            ActorAddress::Named(name) => Form::Named(&**name),
        }
        .serialize(to)
    }
}

impl<'de> Deserialize<'de> for ActorAddress {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match Form::<String>::deserialize(from)? {
            Form::Id(id) => ActorAddress::Id(id),
            Form::Named(name) => ActorAddress::named(name),
        })
    }
}

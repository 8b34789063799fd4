//! The wire format (schema) of messages and events: their fields and types, as they are written in the program.
//!
//! The attributes generate a [`Schema`] as plain data in a constant. A program that does not use it pays nothing.
//!
//! ```
//! use airssys_rt::{message::schema::Shape, prelude::*};
//!
//! #[message(name = "money")]
//! pub struct Money { pub cents: u64 }
//!
//! #[message(reply = bool, name = "pay")]
//! pub struct Pay { pub amount: Option<Money>, pub to: String }
//!
//! let Shape::Struct(fields) = Pay::SCHEMA.shape else { panic!("it has named fields") };
//! assert_eq!(fields.iter().map(|field| field.name).collect::<Vec<_>>(), ["amount", "to"]);
//! assert_eq!(fields[0].ty.to_string(), "Option<Money>");
//! let (_, money) = fields[0].ty.parts().next().expect("it holds a message");
//! assert_eq!(money.name, "money");
//! ```
//!
//! # What is described
//!
//! | type of a field | in the schema |
//! |---|---|
//! | a message, an event, a type with `#[message(part)]` | its content |
//! | a type of the standard library that is written with its usual name or its path from `std` | the type |
//! | an alias of one of these, and a constant as the length of an array | the type, the number |
//! | a parameter of a generic message | the argument: a type of the standard library, or any type if the parameter has the bound [`Part`] |
//! | any other type: without an attribute, of another crate, a trait that is implemented by hand | its text; a lock file lists it as opaque |
//!
//! A type that is named `Option`, `Vec`, `String` and so on without a path is taken for that of the standard library.
//!
//! # Generic types
//!
//! Each instance has a schema and a name of its own: [`Schema::wire_name`] has the arguments, as `bank::Changed<u64>`.
//! [`Message::NAME`](crate::message::Message::NAME) is one for all instances.
//!
//! # Serde attributes
//!
//! The attributes of serde are part of the schema, also inside `cfg_attr`, where they hold if its condition does. `rename`,
//! `rename_all` and `rename_all_fields` change the names of fields and variants, `alias` and `default` are recorded, a named field
//! or a variant under `skip` is left out, and any other attribute that has an effect on the wire is kept as text.

mod described;
mod fingerprint;
mod parsed_type;
mod part;
mod schema;
mod schema_of;
mod serde_list;
mod text;

pub use fingerprint::Fingerprint;
pub use part::Part;
pub use schema::{Field, Found, PartNames, Schema, Shape, Type, TypeArgument, TypePart, Variant};
pub use schema_of::{NoSchema, SchemaOf};

pub(crate) use parsed_type::ParsedType;
pub(crate) use serde_list::SerdeList;
#[cfg(feature = "testkit")]
pub(crate) use text::quoted;

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
//! For a type that is neither a message nor an event, only its text is known, not its content. To include the content, make
//! the type a `#[message]`, even if it is never sent on its own. For a parameter (`T`) of a generic message, too, only the text
//! is known, so all instances of the message have one schema.
//!
//! # Serde attributes
//!
//! The attributes of serde are part of the schema, also inside `cfg_attr`: `rename` changes the name of a field, `alias` and
//! `default` are recorded, a field under `skip` is left out, and any other attribute is kept as text.

mod fingerprint;
mod parsed_type;
mod schema;
mod schema_of;
mod text;

pub use fingerprint::Fingerprint;
pub use schema::{Field, Found, Schema, Shape, Type, TypePart, Variant};
pub use schema_of::{NoSchema, SchemaOf};

pub(crate) use parsed_type::ParsedType;
#[cfg(feature = "testkit")]
pub(crate) use text::quoted;

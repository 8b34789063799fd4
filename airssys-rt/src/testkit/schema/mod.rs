//! `schema.lock`, a file with the wire format of the messages of a system: a test fails if a change breaks it.
//!
//! A broken format separates this program from older versions that are running.
//!
//! ```
//! # use airssys_rt::{prelude::*, testkit};
//! # #[message] pub struct Deposit { pub cents: u64 }
//! # pub struct Account;
//! # #[actor] impl Account { #[handler] fn deposit(&mut self, _: Deposit) {} }
//! # #[actor_system(actors(entry Account))] pub struct Bank;
//! # let folder = std::env::temp_dir().join(format!("schema-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder).unwrap();
//! # // In CI the file must be there.
//! # std::fs::write(folder.join("schema.lock"), testkit::schema::Lock::of::<Bank>().to_string()).unwrap();
//! # macro_rules! concat { ($($any:tt)*) => { folder.join("schema.lock") } }
//! // in a test
//! testkit::schema::check::<Bank>(concat!(env!("CARGO_MANIFEST_DIR"), "/schema.lock"));
//! # std::fs::remove_dir_all(&folder).unwrap();
//! ```
//!
//! The file is written when there is none, except in CI; commit it. From then on [`check`] panics if the messages differ from the file, and lists
//! for each change whether older versions and this program can still read each other's messages. If the change is intended,
//! `UPDATE_SCHEMA=1 cargo test` writes the file again.
//!
//! # What is compatible
//!
//! A change is compatible if this program reads all that an older version writes, and an older version all that this program
//! writes: both happen while the nodes are updated one by one. The rules hold for formats that write the names of fields, as JSON
//! does. Where positions count (tuples, formats such as bincode), the number and the order of the fields must stay.
//!
//! | change | this program reads the older | the older reads this program |
//! |---|---|---|
//! | a message or an event is new | yes | yes: no older version sends it |
//! | a message or an event is removed | no | yes |
//! | a field is new: an `Option`, or `#[serde(default)]` | yes | yes, unless the older has `deny_unknown_fields` |
//! | any other field is new | no | yes, with the same exception |
//! | a field is removed: an `Option`, or with `default` | yes, unless this program has `deny_unknown_fields` | yes |
//! | any other field is removed | yes, with the same exception | no |
//! | a field is renamed, with `#[serde(alias = "old")]` | yes | no |
//! | a field is renamed without an alias | as a removed field and a new one | |
//! | an integer or a float is wider | yes | no: not every value |
//! | `T` became `Option<T>` | yes | no: not `None` |
//! | any other change of a type | no | no |
//! | a variant is new | yes | no, unless the older has a variant with `#[serde(other)]` |
//! | a variant is removed | no, unless this program has one with `#[serde(other)]` | yes |
//! | the fields are in another order | yes | yes |
//! | other serde attributes, another shape | no | no |
//! | another reply | as the type of a field | |
//!
//! The reverse of a change swaps the two columns: an older version reads a narrower integer, and so on. Only the name is known of a
//! type that is neither a message nor an event: a change of its contents is not detected. The same holds for the arguments of a
//! generic message.

mod change;
mod check;
mod compare;
mod compare_variants;
mod lock;
mod lock_entry;
mod opaque;
mod parse;
mod readability;
mod type_compatibility;

pub use change::Change;
pub use check::check;
pub use lock::Lock;
pub use parse::LockError;

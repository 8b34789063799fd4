//! `schema.lock`: what the messages of a system look like on the wire, written down, so that a test fails when a change would
//! part this program from others that run already.
//!
//! ```
//! # use airssys_rt::{prelude::*, testkit};
//! # #[message] pub struct Deposit { pub cents: u64 }
//! # pub struct Account;
//! # #[actor] impl Account { #[handler] fn deposit(&mut self, _: Deposit) {} }
//! # #[actor_system(actors(entry Account))] pub struct Bank;
//! # let folder = std::env::temp_dir().join(format!("schema-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder).unwrap();
//! # macro_rules! concat { ($($any:tt)*) => { folder.join("schema.lock") } }
//! // in a test
//! testkit::schema::check::<Bank>(concat!(env!("CARGO_MANIFEST_DIR"), "/schema.lock"));
//! # std::fs::remove_dir_all(&folder).unwrap();
//! ```
//!
//! The file is written when there is none; commit it. From then on [`check`] panics if the messages are not those in the file,
//! and says of each change what becomes of programs that have not made it. Once that is meant, `UPDATE_SCHEMA=1 cargo test`
//! writes the file again.
//!
//! # What is compatible
//!
//! A change is compatible if this program reads all that one of before writes, and the other way round: while one node after
//! the other is updated, both happen. The rules hold for formats that write the names of fields, as JSON does; where
//! positions count (tuples, formats such as bincode), the number and the order of the fields must stay.
//!
//! | change | this reads before | before reads this |
//! |---|---|---|
//! | a message or an event is new | yes | yes: nobody sends it there yet |
//! | a message or an event is gone | no | yes |
//! | a field is new: an `Option`, or `#[serde(default)]` | yes | yes, unless it has `deny_unknown_fields` |
//! | any other field is new | no | yes, with the same exception |
//! | a field is gone: an `Option`, or with `default` | yes, unless this has `deny_unknown_fields` | yes |
//! | any other field is gone | yes, with the same exception | no |
//! | a field is renamed, with `#[serde(alias = "old")]` | yes | no |
//! | a field is renamed, without | as one that is gone and one that is new | |
//! | an integer or a float is wider | yes | no: not each value |
//! | `T` became `Option<T>` | yes | no: not `None` |
//! | any other change of a type | no | no |
//! | a variant is new | yes | no, unless it has a variant with `#[serde(other)]` |
//! | a variant is gone | no, unless this has one with `#[serde(other)]` | yes |
//! | the fields are in another order | yes | yes |
//! | other attributes of serde, another shape | no | no |
//! | another reply | as the type of a field | |
//!
//! Opposites count as they must: a narrower integer is read by those of before, and so on. Of types that are neither messages
//! nor events only the name is known: what is in them may change unseen. So do those of a generic message's arguments.

mod change;
mod check;
mod compare;
mod entry;
mod lock;
mod parse;
mod types;

pub use change::Change;
pub use check::check;
pub use lock::Lock;
pub use parse::LockError;

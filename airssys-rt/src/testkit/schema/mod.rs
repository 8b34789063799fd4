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
//! # What is seen
//!
//! The lock has an entry for each message that an actor handles, also one that mentions a parameter of its actor, for each routed event,
//! and for each message, event and [part](crate::message::schema::Part) inside of these. Each instance of a generic type has an entry of
//! its own. The page of [`message::schema`](crate::message::schema) says which types are described.
//!
//! What is not seen is listed at the end of the file, in lines that begin with `opaque`: a type that is not described, a trait that is
//! implemented by hand, and a field, a variant or a type that a function writes (`with`, `from`, `into`, ..). A change inside of them is
//! not found. `#[message(part)]` describes a type. Names that are bound to another type than that of the standard library (a struct
//! `Vec`), and what `Default` returns, are not seen and not listed.
//!
//! # What is judged
//!
//! A change is compatible if this program reads all that an older version writes, and an older version all that this program
//! writes, and as the same values: both happen while the nodes are updated one by one. The rules are those of the code that serde derives,
//! for formats that write the names of fields and variants, as JSON and MessagePack with names. `ci/schema-pairs` compares them with
//! `serde_json` and `rmp-serde`. Where positions count (tuples, formats such as bincode), the number and the order of the fields must stay.
//!
//! A change that cannot be judged counts as incompatible, and says so ([`Change::is_judged`]).
//!
//! | change | this program reads the older | the older reads this program |
//! |---|---|---|
//! | a message or an event is new | yes | yes: no older version sends it |
//! | a message or an event is removed | no | yes |
//! | a field is new: an `Option`, or `#[serde(default)]` | yes | yes, unless the older has `deny_unknown_fields` |
//! | any other field is new | no | yes, with the same exception |
//! | a field is removed: an `Option`, or with `default` | yes, unless this program has `deny_unknown_fields` | yes |
//! | any other field is removed | yes, with the same exception | no |
//! | a field is renamed, with `#[serde(alias = "old")]` | yes | no, unless the older has an alias for the new name |
//! | a field is renamed without an alias | as a removed field and a new one | |
//! | two fields become one by an alias | no: a duplicate field | no |
//! | a field is left out by `skip_serializing_if` | yes, if it has the same default | yes, if it is optional there and has the same default |
//! | an integer or a float is wider, up to 64 bits | yes | no: not every value |
//! | `T` became `Option<T>`, and no `T` is written as nothing, as `()` is | yes | no: not `None` |
//! | `T` became a newtype of `T`, or `transparent` with the one field | yes | yes |
//! | a set became a list | yes | no: duplicates are lost |
//! | any other change of a type | no | no |
//! | a variant is new, or renamed with an alias | yes | no, unless the older has a variant with `#[serde(other)]` that reads it |
//! | a variant is removed | no, unless this program has such a variant | yes |
//! | the fields are in another order | yes | yes |
//! | `deny_unknown_fields` is added or removed, on a type without `tag` | yes | yes |
//! | another shape, `tag`, `content`, `untagged` | no | no |
//! | another reply | as the type of a field | |
//! | anything in a type with `flatten`, `untagged`, `from`, `into` and so on, or in a part that is flattened, untagged or merged with a tag | not judged | not judged |
//! | `with` and other functions of a field, a type that is not described and has another name | not judged | not judged |
//!
//! The reverse of a change swaps the two columns: an older version reads a narrower integer, and so on. A variant with `#[serde(other)]`
//! reads an unknown variant without content, and with a `tag` inside of the content also one with content.

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

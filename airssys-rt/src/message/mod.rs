//! What actors send: the traits of messages and events, and the schema of each.

mod carried;
mod declared;
mod event;
mod fnv;
mod letter;
mod message;
mod named;
mod origin;
pub mod schema;

pub use carried::{Carried, Carrier};
pub use declared::Declared;
pub use event::{Event, NoEvents};
pub use letter::{Kept, LetterContent, NoText, TextOf};
pub use message::Message;
pub use named::Named;
pub(crate) use named::is_same_text;
pub use origin::Origin;

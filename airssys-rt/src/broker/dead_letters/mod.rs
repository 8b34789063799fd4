//! Messages that will never be handled: counted by reason, and kept while there is room.

mod dead_letter;
mod store;
mod throttle;

pub use dead_letter::{DeadLetter, Reason};
pub use store::{DeadLetters, StoredLetter};

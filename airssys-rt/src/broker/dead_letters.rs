//! Messages that will never be handled: counted by reason, and kept while there is room.

mod letter;
mod store;
mod throttle;

pub use letter::{DeadLetter, Reason};
pub use store::{Buried, DeadLetters};

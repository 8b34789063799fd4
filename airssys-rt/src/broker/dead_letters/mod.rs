//! Dead letters: messages that will never be handled, counted by [`Reason`]; [`DeadLetters`] stores the newest.

mod dead_letter;
mod dead_letters;
mod throttle;

pub use dead_letter::{DeadLetter, Reason};
pub use dead_letters::{DeadLetters, StoredLetter};

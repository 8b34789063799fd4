//! Messages that will never be handled: each is counted by its [`Reason`], and the newest are stored in [`DeadLetters`].

mod dead_letter;
mod dead_letters;
mod throttle;

pub use dead_letter::{DeadLetter, Reason};
pub use dead_letters::{DeadLetters, StoredLetter};

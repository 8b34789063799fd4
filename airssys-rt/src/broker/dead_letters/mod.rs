//! Dead letters: messages that will never be handled, counted by [`Reason`]; [`DeadLetters`] stores the newest.
//!
//! A letter keeps what is known about its message: types, ids, reason, time, and its `Debug` text. The message itself is dropped, so
//! what it owns is let go: a sender of a channel, a permit, a handle. Only a message of a type with the key `keep_payload` stays in the
//! letter, and can be sent again.

mod dead_letter;
mod dead_letters;
mod letter_store;
mod text;
mod throttle;

pub use dead_letter::{DeadLetter, Reason};
pub use dead_letters::DeadLetters;
pub use letter_store::StoredLetter;
pub use text::TEXT_LIMIT;

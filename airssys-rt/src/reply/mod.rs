//! Answers: the slot that travels with a message, the errors of an ask, and the fault of a handler.

mod error;
mod fault;
#[cfg(all(test, any(airssys_loom, airssys_shuttle)))]
mod model;
mod slot;

pub use error::{AskError, Asked};
pub use fault::{Fault, FaultReport};
pub use slot::{Answer, Refusal, ReplySlot};
pub(crate) use slot::{GivingUp, pair};

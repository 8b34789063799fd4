//! Answers: the reply slot inside a message, the error of an ask, and the fault of a handler.

mod cause;
mod error;
mod exit_reason;
mod fault;
mod fault_report;
#[cfg(all(test, any(airssys_loom, airssys_shuttle)))]
mod model;
mod panic_text;
mod slot;

#[doc(hidden)]
pub use cause::Cause;
pub use error::{AskError, Asked};
pub use exit_reason::ExitReason;
pub use fault::Fault;
pub use fault_report::FaultReport;
pub(crate) use panic_text::{PanicAskers, PanicText};
pub use slot::ReplySlot;
pub(crate) use slot::{Answer, KilledHandlerScope, Unanswered, pair};

//! Sending: `tell`, `ask`, delivery from the broker, fan-out of events, `Recipient` and `Publisher`.

mod admission;
mod ask;
mod delivery;
mod envelope;
mod event;
mod publisher;
mod recipient;
mod rejection;
mod tell;
mod waiting;

pub use ask::Ask;
pub use publisher::{Publisher, Publishing};
pub use recipient::{AskAny, Recipient, TellAny};
pub use tell::{Tell, TellTimeout};

pub(crate) use admission::{NotAdmitted, yields};
pub(crate) use delivery::{Abandoned, Delivery, SendOrigin, try_send};
pub(crate) use rejection::SendResult;
pub(crate) use tell::try_tell;
pub(crate) use waiting::Waiting;

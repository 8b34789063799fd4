//! Sending: `tell`, `ask`, delivery from the broker, fan-out of events, `Recipient` and `Publisher`.

mod ask;
mod delivery;
mod envelope;
mod event;
mod publisher;
mod recipient;
mod tell;
mod waiting;

pub use ask::Ask;
pub use publisher::{Publisher, Publishing};
pub use recipient::{AskAny, Recipient, TellAny};
pub use tell::{Tell, TellTimeout};

pub(crate) use delivery::{Abandoned, Delivery, SendOrigin, try_deliver};
pub(crate) use tell::try_tell;
pub(crate) use waiting::Waiting;

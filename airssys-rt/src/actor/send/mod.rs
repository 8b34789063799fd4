//! Sending: `tell`, `ask`, delivery from the broker, fan-out of events, `Recipient` and `Publisher`.

mod actor_handle;
mod admission;
mod ask;
mod envelope;
mod event;
mod habits;
mod impl_endpoint;
mod publisher;
mod recipient;
mod rejection;
mod sending;
mod tell;
mod waiting;

pub use actor_handle::ActorHandle;
pub use ask::Ask;
pub use publisher::{Publisher, Publishing};
pub use recipient::{AskAny, Recipient, TellAny};
pub use tell::{Tell, TellTimeout};

pub(crate) use admission::{NotAdmitted, yields};
pub(crate) use habits::{OtherWords, refused, refuses};
pub(crate) use sending::Sending;
pub(crate) use tell::try_tell;
pub(crate) use waiting::{GivenUp, Unpushed, Waiting};

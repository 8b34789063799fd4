//! The ids and addresses of actors, and the ids of messages: plain data without a message type or a mailbox.

mod actor_id;
mod address;
mod message_id;
mod printable;
#[cfg(feature = "wire")]
mod wire;

pub use actor_id::ActorId;
pub use address::ActorAddress;
pub use message_id::{CorrelationId, MessageId};

pub(crate) use printable::Printable;

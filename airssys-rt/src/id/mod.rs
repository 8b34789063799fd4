//! Who an actor is and which message is which: plain data, without a type and without a mailbox.

mod actor_id;
mod address;
mod message_id;

pub use actor_id::ActorId;
pub use address::ActorAddress;
pub use message_id::{CorrelationId, MessageId};

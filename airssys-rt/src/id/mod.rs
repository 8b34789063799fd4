//! Who an actor is: plain data, without a type and without a mailbox.

mod actor_id;

pub use actor_id::ActorId;

//! The queue of one actor.
//!
//! It stands behind one short lock and the actor drains it by swapping whole batches, so that a busy actor takes
//! the lock once for many messages. [`Policy`] says how much it holds and what happens to one message more.

mod inner;
mod intake;
#[cfg(all(test, any(airssys_loom, airssys_shuttle)))]
mod model;
mod policy;
mod push;
mod queue;
mod take;

pub(crate) use intake::Intake;
pub use policy::{Overflow, Policy, ZeroCapacity};
pub(crate) use push::Push;
pub(crate) use queue::{Mailbox, PushError};
pub(crate) use take::Taken;

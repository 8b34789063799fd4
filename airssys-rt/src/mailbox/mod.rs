//! The mailbox: the message queue of one actor, its capacity and its overflow policy.
//!
//! The queue is behind one short lock. The actor swaps the whole queue for an empty buffer, so a busy actor takes the lock once
//! for many messages. [`MailboxPolicy`] says how many messages a mailbox holds and what happens to a message when it is full.

mod batch;
#[cfg(all(test, any(airssys_loom, airssys_shuttle)))]
mod model;
mod policy;
mod push;
mod queue;
mod state;
mod take;

pub(crate) use batch::Batch;
pub use policy::{MailboxPolicy, Overflow, ZeroCapacity};
pub(crate) use push::{Push, PushEnd, Pushed};
pub(crate) use queue::{Mailbox, NotAccepted, PushError};
pub(crate) use state::AcceptNotice;
pub(crate) use take::TakeResult;

//! Hooks: code of yours that sees each message before it is delivered and hears what became of it.
//!
//! A stack of hooks is a broker around a broker, its types fixed when the system starts. A system with hooks is armed:
//! every message takes the way through them.
//!
//! ```
//! use airssys_rt::{broker::{hook::{Hook, Hooked, Verdict}, InMemoryMessageBroker, Outcome}, envelope::{Envelope, Meta}, prelude::*};
//! # #[message] pub struct Ping;
//! # #[derive(Default)] pub struct Echo;
//! # #[actor] impl Echo { #[handler] fn ping(&mut self, _: Ping) {} }
//! # #[actor_system(actors(Echo))] pub struct Lab;
//!
//! /// Lets nobody but other actors in.
//! struct NoStrangers;
//!
//! impl<M> Hook<M> for NoStrangers {
//!     fn before(&self, envelope: &mut Envelope<M>) -> Verdict {
//!         if envelope.meta().sender().is_some() { Verdict::Pass } else { Verdict::Refuse }
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let broker = Hooked::new(InMemoryMessageBroker::new()).with(NoStrangers);
//! let lab = ActorSystem::<Lab, _>::with_broker(SystemConfig::default(), broker).await?;
//! let echo = lab.spawn(Echo).await?;
//! assert!(matches!(lab.tell(&echo, Ping).await, Err(SendError::Refused(Ping))));
//! # Ok(()) }
//! ```

mod counting;
mod hooked;
mod tracing;

pub use counting::{Counting, Seen};
pub use hooked::{Hooked, NoHooks, Stack};
pub use tracing::Tracing;

use crate::{
    broker::Outcome,
    envelope::{Envelope, Meta},
};

/// Sees each message of a system of message type `M`.
pub trait Hook<M>: Send + Sync + 'static {
    /// Before it is delivered, in the task of the sender. It may change the envelope.
    fn before(&self, _envelope: &mut Envelope<M>) -> Verdict {
        Verdict::Pass
    }

    /// Right before its handler, in the task of the actor: the place to open a span, which [`after`](Hook::after) closes.
    /// A copy of an event has its recipient by now. A panic here is a panic of the handler.
    fn handling(&self, _meta: &Meta) {}

    /// When something became of it, in the task in which that became known.
    fn after(&self, _meta: &Meta, _outcome: Outcome) {}
}

/// What a hook does with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The next hook may look at it, and if there is none it is delivered.
    Pass,
    /// The sender has it back in an error.
    Refuse,
    /// The sender need not know; it is a dead letter.
    Drop,
}

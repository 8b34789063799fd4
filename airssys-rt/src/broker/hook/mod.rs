//! Hooks: user code that is called with each message before delivery, before its handler, and with its outcome.
//!
//! A stack of hooks is a broker around a broker, [`Hooked`]; its types are fixed when the system starts. In a system with hooks
//! every message goes through the broker.
//!
//! ```
//! use airssys_rt::{broker::{hook::{Hook, Hooked, Verdict}, InMemoryMessageBroker}, envelope::Envelope, prelude::*};
//! # #[message] pub struct Ping;
//! # #[derive(Default)] pub struct Echo;
//! # #[actor] impl Echo { #[handler] fn ping(&mut self, _: Ping) {} }
//! # #[actor_system(actors(Echo))] pub struct Lab;
//!
//! /// Refuses messages from outside the actors.
//! struct ActorsOnly;
//!
//! impl<M> Hook<M> for ActorsOnly {
//!     fn before(&self, envelope: &mut Envelope<M>) -> Verdict {
//!         if envelope.meta().sender().is_some() { Verdict::Pass } else { Verdict::Refuse }
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let broker = Hooked::new(InMemoryMessageBroker::new()).with(ActorsOnly);
//! let lab = ActorSystem::<Lab, _>::with_broker(SystemConfig::default(), broker).await?;
//! let echo = lab.spawn(Echo).await?;
//! assert!(matches!(lab.tell(&echo, Ping).await, Err(SendError::Refused(Ping))));
//! # Ok(()) }
//! ```

mod counting;
mod hook;
mod hooked;
mod tracing;

pub use counting::{Counting, MessageCounts};
pub use hook::{Hook, Verdict};
pub use hooked::{Hooked, NoHooks, Stack};
pub use tracing::Tracing;

//! The trait `Hook`, called before a message is delivered, before it is handled, and with its outcome; its verdict.

use crate::{
    broker::Outcome,
    envelope::{Envelope, Meta},
};

/// Code that is called with each message of a system, at three points of its path. `M` is the message type of the whole system.
///
/// # Examples
///
/// A hook that gives each message a TTL and counts the failures:
///
/// ```
/// use airssys_rt::{
///     broker::{InMemoryMessageBroker, Outcome, hook::{Hook, Hooked, Verdict}},
///     envelope::{Envelope, Meta},
///     prelude::*,
/// };
/// use std::{sync::{Arc, atomic::{AtomicUsize, Ordering}}, time::Duration};
/// # #[message] pub struct Ping;
/// # #[derive(Default)] pub struct Echo;
/// # #[actor] impl Echo { #[handler] fn ping(&mut self, _: Ping) -> Result<(), Fault> { Err(Fault::new("no echo")) } }
/// # #[actor_system(actors(Echo))] pub struct Lab;
///
/// #[derive(Clone, Default)]
/// struct Failures(Arc<AtomicUsize>);
///
/// impl<M> Hook<M> for Failures {
///     fn before(&self, envelope: &mut Envelope<M>) -> Verdict {
///         envelope.set_ttl(Some(Duration::from_secs(60)));
///         Verdict::Pass
///     }
///
///     fn after(&self, _meta: &Meta, outcome: Outcome) {
///         if outcome == Outcome::Failed {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let failures = Failures::default();
/// let broker = Hooked::new(InMemoryMessageBroker::new()).with(failures.clone());
/// let lab = ActorSystem::<Lab, _>::with_broker(SystemConfig::default(), broker).await?;
/// let echo = lab.spawn(Echo).await?;
/// assert!(lab.ask(&echo, Ping).await.is_err());
/// lab.shutdown().await?;
/// assert_eq!(failures.0.load(Ordering::Relaxed), 1);
/// # Ok(()) }
/// ```
pub trait Hook<M>: Send + Sync + 'static {
    /// Is called before the message is delivered, in the task of the sender. It may change the envelope.
    fn before(&self, _envelope: &mut Envelope<M>) -> Verdict {
        Verdict::Pass
    }

    /// Is called right before the handler of the message, in the task of the actor. The copy of an event has its recipient at this
    /// point. A panic here is a panic of the handler.
    ///
    /// A span of `tracing` must not be entered here: the handler waits at each `.await`, and meanwhile the thread runs other actors.
    /// The runtime gives each handler [a span of its own](crate::observe#spans), which is current here.
    fn handling(&self, _meta: &Meta) {}

    /// Is called with each outcome of the message, in the task in which the outcome became known.
    fn after(&self, _meta: &Meta, _outcome: Outcome) {}
}

/// The decision of a hook about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The message goes to the next hook; behind the last one it is delivered.
    Pass,
    /// The sender has the message back, in an error.
    Refuse,
    /// The sender gets no error, and the message is a dead letter. An asker gets an error.
    Drop,
}

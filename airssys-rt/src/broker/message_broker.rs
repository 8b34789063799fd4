//! The trait `MessageBroker`: the transport of a system, from publish to the route into the system.

use crate::{
    broker::{MessageStream, Outcome, PublishStep, Published, Rejected, Request, Route, TapFilter, request},
    envelope::{Envelope, Meta},
    reply::AskError,
};
use std::{error::Error, future::Future, time::Duration};

/// The transport of a system: it moves envelopes from senders to the system's route. `M` is the message type of the whole
/// system, for example `BankMessage`.
///
/// Clones are the same broker. The system calls [`attach`](MessageBroker::attach) once before any actor runs, and
/// [`detach`](MessageBroker::detach) once after the last actor has ended. The table of [`Rejected`] has the result for the
/// sender of a message that the broker does not publish.
///
/// # Examples
///
/// A broker around another one that refuses every message while it is closed:
///
/// ```
/// use airssys_rt::{
///     broker::{InMemoryMessageBroker, MessageStream, Outcome, Published, Rejected, Route},
///     envelope::{Envelope, Meta},
///     prelude::*,
/// };
/// use std::sync::{Arc, atomic::{AtomicBool, Ordering}};
/// # #[message] pub struct Ping;
/// # #[derive(Default)] pub struct Echo;
/// # #[actor] impl Echo { #[handler] fn ping(&mut self, _: Ping) {} }
/// # #[actor_system(actors(Echo))] pub struct Lab;
///
/// #[derive(Clone)]
/// struct Gate<B> {
///     inner: B,
///     closed: Arc<AtomicBool>,
/// }
///
/// impl<M: Send + 'static, B: MessageBroker<M>> MessageBroker<M> for Gate<B> {
///     type Error = B::Error;
///
///     async fn attach(&self, route: Route<M>) -> Result<(), B::Error> {
///         self.inner.attach(route).await
///     }
///
///     async fn publish(&self, envelope: Envelope<M>) -> Result<Published, Rejected<M, B::Error>> {
///         if self.closed.load(Ordering::Relaxed) {
///             return Err(Rejected::Refused(envelope));
///         }
///         self.inner.publish(envelope).await
///     }
///
///     fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, B::Error>
///     where
///         M: Clone,
///     {
///         self.inner.subscribe(capacity)
///     }
///
///     fn handling(&self, meta: &Meta) {
///         self.inner.handling(meta);
///     }
///
///     fn settled(&self, meta: &Meta, outcome: Outcome) {
///         self.inner.settled(meta, outcome);
///     }
///
///     async fn detach(&self) {
///         self.inner.detach().await;
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let closed = Arc::new(AtomicBool::new(false));
/// let gate = Gate { inner: InMemoryMessageBroker::new(), closed: closed.clone() };
/// let lab = ActorSystem::<Lab, _>::with_broker(SystemConfig::default(), gate).await?;
/// let echo = lab.spawn(Echo).await?;
/// lab.tell(&echo, Ping).await?;
///
/// closed.store(true, Ordering::Relaxed);
/// assert!(matches!(lab.tell(&echo, Ping).await, Err(SendError::Refused(Ping))));
/// assert!(matches!(lab.ask(&echo, Ping).await, Err(AskError::Refused(_))));
/// # Ok(()) }
/// ```
pub trait MessageBroker<M: Send + 'static>: Clone + Send + Sync + 'static {
    /// The error of the transport itself.
    type Error: Error + Send + Sync + 'static;

    /// Whether messages between actors of the same process must go through the broker.
    ///
    /// If it is `false`, such a message takes the direct path into the mailbox for as long as the route is not
    /// [watched](Route::watch). A broker that wraps another one and must observe every message leaves it `true`.
    const SEES_LOCAL: bool = true;

    /// Attaches the route of the system. From then on no published message is lost.
    ///
    /// # Errors
    ///
    /// If the transport cannot be reached, or already serves another system.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, the route may be attached; no system is behind it then.
    fn attach(&self, route: Route<M>) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Publishes one envelope. Ready when the envelope is in the mailbox, or when the transport has taken it over, which
    /// counts as one receiver. So a full mailbox delays its sender, and no other one.
    ///
    /// # Errors
    ///
    /// See [`Rejected`]. A broker gives the envelope back if it still has it.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, the envelope is delivered or dropped, and nothing else is lost. The outcome is
    /// `Cancelled` unless a mailbox has accepted the envelope by then, so a broker that delivers in tasks of its own should drop
    /// the envelope as well.
    fn publish(
        &self,
        envelope: Envelope<M>,
    ) -> impl Future<Output = Result<Published, Rejected<M, Self::Error>>> + Send;

    /// Begins to publish one envelope; it must do what [`publish`](Self::publish) does. The system sends with this method.
    ///
    /// A broker that says at once that it need not wait is far cheaper. The default calls `publish` and returns its future as
    /// [`Pending`](PublishStep::Pending).
    ///
    /// # Errors
    ///
    /// As [`publish`](Self::publish).
    ///
    /// # Cancel safety
    ///
    /// As [`publish`](Self::publish).
    fn begin(&self, envelope: Envelope<M>) -> PublishStep<M, Self::Error> {
        let broker = self.clone();
        PublishStep::Pending(Box::pin(async move { broker.publish(envelope).await }))
    }

    /// Publishes an envelope that carries a reply slot, and waits for the answer, both within `limit`.
    ///
    /// # Errors
    ///
    /// The reason why there is no answer, as soon as it is known; [`AskError::Timeout`] after `limit`.
    ///
    /// # Cancel safety
    ///
    /// Once the envelope is published, the message is still handled; its answer is late.
    fn publish_request<R: Send + 'static>(
        &self,
        request: Request<M, R>,
        limit: Duration,
    ) -> impl Future<Output = Result<R, AskError>> + Send {
        let (envelope, pending) = request.into_parts();
        request::with_time_limit(limit, pending.asked(), pending.runtime(), async move {
            match self.publish(envelope).await {
                Ok(_) => pending.answer().await,
                Err(rejected) => Err(pending.rejected(rejected)),
            }
        })
    }

    /// Attaches a tap: a stream of copies of all envelopes that are published from now on.
    ///
    /// It holds at most `capacity` envelopes. An envelope for which it has no capacity is missed and counted; the broker never
    /// waits for a tap.
    ///
    /// # Errors
    ///
    /// If the transport cannot provide a tap.
    fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, Self::Error>
    where
        M: Clone;

    /// Is called right before the handler of a message that went through this broker begins, in the actor's task.
    fn handling(&self, _meta: &Meta) {}

    /// Attaches a tap that receives only the envelopes that `filter` accepts.
    ///
    /// The default skips the other envelopes when the stream is read; the in-memory broker does not even copy them.
    ///
    /// # Errors
    ///
    /// If the transport cannot provide a tap.
    fn subscribe_where(
        &self,
        capacity: usize,
        filter: TapFilter<Envelope<M>>,
    ) -> Result<MessageStream<M>, Self::Error>
    where
        M: Clone,
    {
        Ok(self.subscribe(capacity)?.only(filter))
    }

    /// Is called with each outcome of an envelope that went through this broker. It runs in the task in which the outcome
    /// became known, so it should be quick.
    fn settled(&self, _meta: &Meta, _outcome: Outcome) {}

    /// Detaches the route: the system has ended. The broker does not use the route any more, and its taps end once they are
    /// read to the end. The system waits for it no longer than its `stop_timeout`.
    fn detach(&self) -> impl Future<Output = ()> + Send;
}

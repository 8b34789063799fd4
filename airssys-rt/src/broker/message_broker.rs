use crate::{
    broker::{Filter, MessageStream, Outcome, PublishStep, Published, Rejected, Request, Route, request},
    envelope::{Envelope, Meta},
    reply::AskError,
};
use std::{error::Error, future::Future, time::Duration};

/// Moves envelopes. `M` is the message of the whole system, for example `BankMessage`.
///
/// Clones share one bus. The system calls [`attach`](MessageBroker::attach) once before any actor runs and
/// [`detach`](MessageBroker::detach) once after the last one has ended.
pub trait MessageBroker<M: Send + 'static>: Clone + Send + Sync + 'static {
    /// What goes wrong in the transport itself.
    type Error: Error + Send + Sync + 'static;

    /// Whether the broker must see what one actor of a process sends to another of the same process.
    ///
    /// If not, such a message goes straight into the mailbox for as long as the route is not
    /// [watched](Route::watch). A broker that wraps another one and wants to see everything leaves it `true`.
    const SEES_LOCAL: bool = true;

    /// Takes the way back into the system. From then on nothing that is published is lost.
    ///
    /// # Errors
    ///
    /// If the transport cannot be reached, or already serves another system.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, the route may have been taken; it then leads nowhere.
    fn attach(&self, route: Route<M>) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Publishes one envelope. Ready when it is in the mailbox, or when the transport has taken it over (that is one
    /// receiver); so a full mailbox holds its sender up, and nobody else.
    ///
    /// # Errors
    ///
    /// Whatever can be given back is given back.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, the envelope is delivered or dropped, and nothing else is lost.
    fn publish(
        &self,
        envelope: Envelope<M>,
    ) -> impl Future<Output = Result<Published, Rejected<M, Self::Error>>> + Send;

    /// The same, begun when this returns. The system sends with this one, and what need not wait anywhere is far cheaper if
    /// the broker says so at once; it must do what [`publish`](Self::publish) does. Unless a broker does better, that is
    /// called and waited for.
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

    /// Publishes an envelope that carries a reply slot, and waits for the answer; both within `limit`.
    ///
    /// # Errors
    ///
    /// Why there is no answer: at once if it is known at once, and [`AskError::Timeout`] after `limit`.
    ///
    /// # Cancel safety
    ///
    /// Once the envelope is published it is handled all the same; its answer is a late one.
    fn publish_request<R: Send + 'static>(
        &self,
        request: Request<M, R>,
        limit: Duration,
    ) -> impl Future<Output = Result<R, AskError>> + Send {
        let (envelope, pending) = request.into_parts();
        request::within(limit, pending.asked(), async move {
            match self.publish(envelope).await {
                Ok(_) => pending.answer().await,
                Err(rejected) => Err(pending.rejected(rejected)),
            }
        })
    }

    /// A tap: a copy of every envelope that is published from now on. It holds at most `capacity`; what it has no
    /// room for is counted and missed, and nobody waits for it.
    ///
    /// # Errors
    ///
    /// If the transport has none to give.
    fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, Self::Error>
    where
        M: Clone;

    /// Hears that the handler of a message that went through here begins, in the actor's task, right before it does.
    fn handling(&self, _meta: &Meta) {}

    /// A tap that wants only some of it. Unless a broker does better, what it does not want is left out when it is read;
    /// the in-memory broker does not even copy it.
    ///
    /// # Errors
    ///
    /// If the transport has none to give.
    fn subscribe_where(&self, capacity: usize, filter: Filter<M>) -> Result<MessageStream<M>, Self::Error>
    where
        M: Clone,
    {
        Ok(self.subscribe(capacity)?.only(filter))
    }

    /// Hears what became of an envelope that went through here. Runs in the task in which that became known, so it
    /// should be quick.
    fn settled(&self, _meta: &Meta, _outcome: Outcome) {}

    /// The system has ended: the route leads nowhere, and the taps end once they are read to the end. The system waits
    /// for it no longer than its `stop_timeout`.
    fn detach(&self) -> impl Future<Output = ()> + Send;
}

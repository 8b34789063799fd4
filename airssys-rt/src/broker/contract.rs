use crate::{
    broker::{MessageStream, Published, Route, Undelivered},
    envelope::Envelope,
    reply::{Answer, Refusal},
};
use std::{error::Error, future::Future};

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
    fn attach(&self, route: Route<M>) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Publishes one envelope. Ready when it is in the mailbox, or when the transport has taken it over; so a
    /// full mailbox holds its sender up, and nobody else.
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

    /// Publishes an envelope that carries a reply slot, and waits for the answer.
    ///
    /// # Errors
    ///
    /// Why there is no answer. An envelope without a recipient is an error at once.
    fn publish_request<R: Send + 'static>(
        &self,
        envelope: Envelope<M>,
        answer: Answer<R>,
    ) -> impl Future<Output = Result<R, Refusal>> + Send {
        async move {
            match self.publish(envelope).await {
                Ok(_) => answer.await,
                Err(Rejected::Undelivered(undelivered)) => Err(undelivered.into_refusal()),
                Err(Rejected::Refused(_) | Rejected::Transport(_)) => Err(Refusal::Refused),
            }
        }
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

    /// The system has ended: the route leads nowhere, and the taps end once they are read to the end.
    fn detach(&self) -> impl Future<Output = ()> + Send;
}

/// Why an envelope was not published.
#[derive(Debug)]
#[non_exhaustive]
pub enum Rejected<M, E> {
    /// The route could not deliver it.
    Undelivered(Undelivered<M>),
    /// The broker does not let it through.
    Refused(Envelope<M>),
    /// The transport failed, and the envelope is lost.
    Transport(E),
}

use crate::{
    broker::{MaybeReady, dead_letters::Reason},
    envelope::{Envelope, PooledMeta},
    reply::Refusal,
    sync::Arc,
};
use std::fmt;

/// What became of something published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Published {
    /// How many mailboxes took it.
    pub receivers: usize,
}

impl Published {
    /// For a broker that counts for itself.
    #[must_use]
    pub fn to(receivers: usize) -> Self {
        Published { receivers }
    }
}

/// An envelope that reached no mailbox.
#[derive(Debug)]
pub struct Undelivered<M> {
    obstacle: Obstacle,
    envelope: Envelope<M>,
}

/// Why an envelope reached no mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// There is no such actor.
    NoRecipient,
    /// The actor has stopped.
    Stopped,
    /// The mailbox is full, and the sender or the overflow policy does not wait.
    Full,
    /// The mailbox is full and drops what it cannot hold.
    Dropped,
    /// Nobody subscribes to the event.
    NoSubscriber,
    /// It is older than it may be.
    Expired,
}

impl<M> Undelivered<M> {
    pub(crate) fn new(obstacle: Obstacle, envelope: Envelope<M>) -> Self {
        Undelivered { obstacle, envelope }
    }

    /// What stood in the way.
    pub fn obstacle(&self) -> Obstacle {
        self.obstacle
    }

    /// Takes the envelope back.
    pub fn into_envelope(self) -> Envelope<M> {
        self.envelope
    }

    /// For generated code: an event that nobody subscribes to.
    #[doc(hidden)]
    pub fn unheard(meta: PooledMeta, message: M) -> Self {
        Undelivered::new(Obstacle::NoSubscriber, Envelope::from_parts(meta, message))
    }

    pub(crate) fn reason(&self) -> Reason {
        match self.obstacle {
            Obstacle::NoRecipient => Reason::NoRecipient,
            Obstacle::Stopped => Reason::ActorStopped,
            Obstacle::Full | Obstacle::Dropped => Reason::MailboxFull,
            Obstacle::NoSubscriber => Reason::NoSubscriber,
            Obstacle::Expired => Reason::Expired,
        }
    }

    pub(crate) fn refusal(&self) -> Refusal {
        match self.obstacle {
            Obstacle::NoSubscriber => Refusal::NotFound,
            Obstacle::NoRecipient | Obstacle::Stopped => Refusal::Stopped,
            Obstacle::Full | Obstacle::Dropped => Refusal::MailboxFull,
            Obstacle::Expired => Refusal::Expired,
        }
    }
}

/// The way from a broker back into the system that attached it.
pub struct Route<M>(Arc<dyn Router<M>>);

/// The system, as a route sees it.
pub(crate) trait Router<M>: Send + Sync {
    fn deliver(&self, envelope: Envelope<M>) -> MaybeReady<Result<Published, Undelivered<M>>>;
    fn watch(&self, watched: bool);
}

impl<M> Route<M> {
    pub(crate) fn new(router: Arc<dyn Router<M>>) -> Self {
        Route(router)
    }

    /// Delivers to the mailbox of the recipient, or an event to everyone who subscribes to it.
    ///
    /// # Errors
    ///
    /// The envelope comes back with the obstacle.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits for room, the envelope is dropped and nothing else is lost.
    pub async fn deliver(&self, envelope: Envelope<M>) -> Result<Published, Undelivered<M>> {
        self.0.deliver(envelope).done().await
    }

    /// Says whether somebody observers at what is published, so that local messages have to pass the broker as well.
    /// Without effect for a broker that [sees them anyway](crate::broker::MessageBroker::SEES_LOCAL).
    pub fn watch(&self, watched: bool) {
        self.0.watch(watched);
    }
}

impl<M> Clone for Route<M> {
    fn clone(&self) -> Self {
        Route(self.0.clone())
    }
}

impl<M> fmt::Debug for Route<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Route")
    }
}

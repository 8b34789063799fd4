use crate::{
    broker::{MaybeReady, Published, Undelivered},
    envelope::Envelope,
    sync::Arc,
};
use std::fmt;

/// The path from a broker back into the system that attached it.
pub struct Route<M>(Arc<dyn Router<M>>);

/// The system behind a route.
pub(crate) trait Router<M>: Send + Sync {
    fn deliver(&self, envelope: Envelope<M>) -> MaybeReady<Result<Published, Undelivered<M>>>;
    fn watch(&self, watched: bool);
}

impl<M> Route<M> {
    pub(crate) fn new(router: Arc<dyn Router<M>>) -> Self {
        Route(router)
    }

    /// Delivers a message to the mailbox of its recipient, or an event to each actor that subscribes to it.
    ///
    /// # Errors
    ///
    /// The envelope comes back with the reason.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped while it waits for capacity, the envelope is dropped with it; nothing else is lost.
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

//! `Route`: the path from a broker back into the system that attached it.

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
    fn watch(&self, observed: bool);
}

impl<M> Route<M> {
    pub(crate) fn new(router: Arc<dyn Router<M>>) -> Self {
        Route(router)
    }

    /// Delivers a message to the mailbox of its recipient, or an event to each actor that subscribes to it. An event whose `Clone`
    /// panics is a dead letter of the reason `Lost`, and published to no actor; the panic does not reach the broker.
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

    /// Tells the system whether published messages are observed: while they are, local messages go through the broker as well.
    /// It has no effect for a broker with [`SEES_LOCAL`](crate::broker::MessageBroker::SEES_LOCAL), which gets them in any case.
    pub fn watch(&self, observed: bool) {
        self.0.watch(observed);
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

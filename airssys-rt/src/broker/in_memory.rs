use crate::{
    broker::{Filter, MessageBroker, MessageStream, Obstacle, Published, Rejected, Route, Taps, Undelivered},
    envelope::Envelope,
    sync::{Arc, RwLock},
};
use std::fmt;

/// The default broker: everything stays in this process.
///
/// It needs no configuration, costs nothing while nobody taps it, and a clone shares its bus.
pub struct InMemoryMessageBroker<M>(Arc<Bus<M>>);

struct Bus<M> {
    line: Arc<RwLock<Line<M>>>,
    taps: Arc<Taps<Envelope<M>, Envelope<M>>>,
}

/// What the bus is connected to.
enum Line<M> {
    Free,
    Attached(Route<M>),
    Ended,
}

/// What an in-memory broker refuses to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InMemoryError {
    /// One bus serves one system.
    #[error("this in-memory broker already serves a system; give each system a broker of its own")]
    AlreadyAttached,
    /// The system has ended; nothing will pass any more.
    #[error("the system of this in-memory broker has ended")]
    Ended,
}

impl<M: Send + 'static> InMemoryMessageBroker<M> {
    /// A bus of its own.
    #[must_use]
    pub fn new() -> Self {
        let line = Arc::new(RwLock::new(Line::Free));
        let watched = line.clone();
        let taps = Taps::new(move |watched_now| {
            if let Line::Attached(route) = &*watched.read() {
                Route::watch(route, watched_now);
            }
        });
        InMemoryMessageBroker(Arc::new(Bus { line, taps }))
    }
}

impl<M> Bus<M> {
    fn route(&self) -> Option<Route<M>> {
        match &*self.line.read() {
            Line::Attached(route) => Some(route.clone()),
            Line::Free | Line::Ended => None,
        }
    }
}

impl<M: Send + 'static> MessageBroker<M> for InMemoryMessageBroker<M> {
    type Error = InMemoryError;
    const SEES_LOCAL: bool = false;

    async fn attach(&self, route: Route<M>) -> Result<(), InMemoryError> {
        {
            let mut line = self.0.line.write();
            if !matches!(*line, Line::Free) {
                return Err(InMemoryError::AlreadyAttached);
            }
            *line = Line::Attached(route);
        }
        self.0.taps.tell();
        Ok(())
    }

    async fn publish(&self, envelope: Envelope<M>) -> Result<Published, Rejected<M, InMemoryError>> {
        self.0.taps.offer(&envelope);
        match self.0.route() {
            Some(route) => route.deliver(envelope).await.map_err(Rejected::Undelivered),
            None => Err(Rejected::Undelivered(Undelivered::new(Obstacle::Stopped, envelope))),
        }
    }

    fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, InMemoryError>
    where
        M: Clone,
    {
        // After the end the taps are closed, and so is every stream of them.
        self.0.taps.attach(capacity, Envelope::clone).ok_or(InMemoryError::Ended)
    }

    fn subscribe_where(&self, capacity: usize, filter: Filter<M>) -> Result<MessageStream<M>, InMemoryError>
    where
        M: Clone,
    {
        let tap = self.0.taps.attach_where(capacity, Envelope::clone, Some(filter));
        tap.ok_or(InMemoryError::Ended)
    }

    async fn detach(&self) {
        *self.0.line.write() = Line::Ended;
        self.0.taps.end();
    }
}

impl<M> Clone for InMemoryMessageBroker<M> {
    fn clone(&self) -> Self {
        InMemoryMessageBroker(self.0.clone())
    }
}

impl<M: Send + 'static> Default for InMemoryMessageBroker<M> {
    fn default() -> Self {
        Self::new()
    }
}

impl<M: Send + 'static> fmt::Debug for InMemoryMessageBroker<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InMemoryMessageBroker").field("taps", &self.0.taps.len()).finish()
    }
}

use crate::{
    broker::{
        Filter, MessageBroker, MessageStream, PublishStep, Published, Rejected, Route, Taps, Undelivered,
    },
    envelope::Envelope,
    sync::{Arc, AtomicBool, OnceLock, Relaxed},
};
use std::fmt;

/// The default broker: everything stays in this process.
///
/// It needs no configuration, costs nothing while nobody taps it, and a clone shares its bus.
pub struct InMemoryMessageBroker<M>(Arc<Bus<M>>);

struct Bus<M> {
    line: Arc<Line<M>>,
    taps: Arc<Taps<Envelope<M>, Envelope<M>>>,
}

/// What the bus is connected to, once and for all.
struct Line<M> {
    route: OnceLock<Route<M>>,
    /// From then on the route leads nowhere.
    ended: AtomicBool,
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
        let line = Arc::new(Line { route: OnceLock::new(), ended: AtomicBool::new(false) });
        let watched = line.clone();
        let taps = Taps::new(move |watched_now| {
            if let Some(route) = watched.route() {
                route.watch(watched_now);
            }
        });
        InMemoryMessageBroker(Arc::new(Bus { line, taps }))
    }
}

impl<M> Line<M> {
    #[inline]
    fn route(&self) -> Option<&Route<M>> {
        self.route.get().filter(|_| !self.ended.load(Relaxed))
    }
}

impl<M: Send + 'static> MessageBroker<M> for InMemoryMessageBroker<M> {
    type Error = InMemoryError;
    const SEES_LOCAL: bool = false;

    async fn attach(&self, route: Route<M>) -> Result<(), InMemoryError> {
        // One that has ended without ever having served a system may serve none either.
        let free = !self.0.line.ended.load(Relaxed) && self.0.line.route.set(route).is_ok();
        if !free {
            return Err(InMemoryError::AlreadyAttached);
        }
        self.0.taps.tell();
        Ok(())
    }

    async fn publish(&self, envelope: Envelope<M>) -> Result<Published, Rejected<M, InMemoryError>> {
        match self.begin(envelope) {
            PublishStep::Deliver(envelope) => match self.0.line.route() {
                Some(route) => route.deliver(envelope).await.map_err(Rejected::Undelivered),
                None => Err(nowhere(envelope)),
            },
            PublishStep::Done(published) => published,
            PublishStep::Pending(rest) => rest.await,
        }
    }

    #[inline]
    fn begin(&self, envelope: Envelope<M>) -> PublishStep<M, InMemoryError> {
        self.0.taps.offer(&envelope);
        match self.0.line.route() {
            Some(_) => PublishStep::Deliver(envelope),
            None => PublishStep::Done(Err(nowhere(envelope))),
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
        self.0.line.ended.store(true, Relaxed);
        self.0.taps.end();
    }
}

#[cold]
fn nowhere<M>(envelope: Envelope<M>) -> Rejected<M, InMemoryError> {
    Rejected::Undelivered(Undelivered::ended(envelope))
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

use crate::{
    broker::{
        MessageBroker, MessageStream, Published, Rejected, Route, Undelivered, route::Obstacle, tap::Tap,
    },
    envelope::Envelope,
    sync::{Arc, Mutex, RwLock},
};
use std::fmt;

/// The default broker: everything stays in this process.
///
/// It needs no configuration, costs nothing while nobody taps it, and a clone shares its bus.
pub struct InMemoryMessageBroker<M>(Arc<Bus<M>>);

struct Bus<M> {
    line: RwLock<Line<M>>,
    taps: Mutex<Vec<Arc<Tap<M>>>>,
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
        Self::default()
    }
}

impl<M> Bus<M> {
    fn route(&self) -> Option<Route<M>> {
        match &*self.line.read() {
            Line::Attached(route) => Some(route.clone()),
            Line::Free | Line::Ended => None,
        }
    }

    /// Under the lock of the taps, so that the last word on `watch` is the right one.
    fn change_taps(&self, change: impl FnOnce(&mut Vec<Arc<Tap<M>>>)) {
        let mut taps = self.taps.lock();
        change(&mut taps);
        if let Line::Attached(route) = &*self.line.read() {
            route.watch(!taps.is_empty());
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
        self.0.change_taps(|_| {});
        Ok(())
    }

    async fn publish(&self, envelope: Envelope<M>) -> Result<Published, Rejected<M, InMemoryError>> {
        self.0.taps.lock().iter().for_each(|tap| tap.offer(&envelope));
        match self.0.route() {
            Some(route) => route.deliver(envelope).await.map_err(Rejected::Undelivered),
            None => Err(Rejected::Undelivered(Undelivered::new(Obstacle::Stopped, envelope))),
        }
    }

    fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, InMemoryError>
    where
        M: Clone,
    {
        if matches!(*self.0.line.read(), Line::Ended) {
            return Err(InMemoryError::Ended);
        }
        let tap = Arc::new(Tap::new(capacity));
        self.0.change_taps(|taps| taps.push(tap.clone()));
        let bus = Arc::downgrade(&self.0);
        let leave = move |tap: &Arc<Tap<M>>| {
            if let Some(bus) = bus.upgrade() {
                bus.change_taps(|taps| taps.retain(|other| !Arc::ptr_eq(other, tap)));
            }
        };
        Ok(MessageStream::new(tap, Box::new(leave)))
    }

    async fn detach(&self) {
        *self.0.line.write() = Line::Ended;
        self.0.change_taps(|taps| taps.drain(..).for_each(|tap| tap.close()));
    }
}

impl<M> Clone for InMemoryMessageBroker<M> {
    fn clone(&self) -> Self {
        InMemoryMessageBroker(self.0.clone())
    }
}

impl<M> Default for InMemoryMessageBroker<M> {
    fn default() -> Self {
        InMemoryMessageBroker(Arc::new(Bus { line: RwLock::new(Line::Free), taps: Mutex::new(Vec::new()) }))
    }
}

impl<M> fmt::Debug for InMemoryMessageBroker<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InMemoryMessageBroker").field("taps", &self.0.taps.lock().len()).finish()
    }
}

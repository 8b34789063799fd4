//! `InMemoryMessageBroker`: the default broker, which keeps every message in the process.

use crate::{
    broker::{
        MessageBroker, MessageStream, PublishStep, Published, Rejected, Route, TapFilter, Taps, Undelivered,
    },
    envelope::Envelope,
    sync::{Arc, AtomicBool, OnceLock, Relaxed},
};
use std::fmt;

/// The default broker: every message stays in this process.
///
/// It needs no configuration and costs nothing while no tap is attached. Clones are the same broker.
pub struct InMemoryMessageBroker<M>(Arc<InMemoryShared<M>>);

struct InMemoryShared<M> {
    attached: Arc<AttachedRoute<M>>,
    taps: Arc<Taps<Envelope<M>, Envelope<M>>>,
}

/// The route of the system, which is set once.
struct AttachedRoute<M> {
    route: OnceLock<Route<M>>,
    /// Set by `detach`: the route is not used any more.
    ended: AtomicBool,
}

/// The error of an in-memory broker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InMemoryError {
    /// The broker already serves a system, or has served one.
    #[error("this in-memory broker already serves a system; give each system a broker of its own")]
    AlreadyAttached,
    /// The system has ended: no message will be published any more.
    #[error("the system of this in-memory broker has ended")]
    Ended,
}

impl<M: Send + 'static> InMemoryMessageBroker<M> {
    /// A broker for one system.
    #[must_use]
    pub fn new() -> Self {
        let attached = Arc::new(AttachedRoute { route: OnceLock::new(), ended: AtomicBool::new(false) });
        let observed = attached.clone();
        let taps = Taps::new(move |has_taps| {
            if let Some(route) = observed.route() {
                route.watch(has_taps);
            }
        });
        InMemoryMessageBroker(Arc::new(InMemoryShared { attached, taps }))
    }
}

impl<M> AttachedRoute<M> {
    /// `None` before `attach` and after `detach`.
    #[inline]
    fn route(&self) -> Option<&Route<M>> {
        self.route.get().filter(|_| !self.ended.load(Relaxed))
    }
}

impl<M: Send + 'static> MessageBroker<M> for InMemoryMessageBroker<M> {
    type Error = InMemoryError;
    const SEES_LOCAL: bool = false;

    async fn attach(&self, route: Route<M>) -> Result<(), InMemoryError> {
        // A broker that was detached before it served a system does not serve one either.
        let attached = !self.0.attached.ended.load(Relaxed) && self.0.attached.route.set(route).is_ok();
        if !attached {
            return Err(InMemoryError::AlreadyAttached);
        }
        self.0.taps.notify(); // of taps that were attached before
        Ok(())
    }

    async fn publish(&self, envelope: Envelope<M>) -> Result<Published, Rejected<M, InMemoryError>> {
        match self.begin(envelope) {
            PublishStep::Deliver(envelope) => match self.0.attached.route() {
                Some(route) => route.deliver(envelope).await.map_err(Rejected::Undelivered),
                None => Err(no_route(envelope)),
            },
            PublishStep::Done(published) => published,
            PublishStep::Pending(rest) => rest.await,
        }
    }

    #[inline]
    fn begin(&self, envelope: Envelope<M>) -> PublishStep<M, InMemoryError> {
        self.0.taps.offer(&envelope);
        match self.0.attached.route() {
            Some(_) => PublishStep::Deliver(envelope),
            None => PublishStep::Done(Err(no_route(envelope))),
        }
    }

    fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, InMemoryError>
    where
        M: Clone,
    {
        // After the end all taps are closed.
        self.0.taps.attach(capacity, Envelope::clone).ok_or(InMemoryError::Ended)
    }

    fn subscribe_where(
        &self,
        capacity: usize,
        filter: TapFilter<Envelope<M>>,
    ) -> Result<MessageStream<M>, InMemoryError>
    where
        M: Clone,
    {
        let tap = self.0.taps.attach_where(capacity, Envelope::clone, Some(filter));
        tap.ok_or(InMemoryError::Ended)
    }

    async fn detach(&self) {
        self.0.attached.ended.store(true, Relaxed);
        self.0.taps.end();
    }
}

#[cold]
fn no_route<M>(envelope: Envelope<M>) -> Rejected<M, InMemoryError> {
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

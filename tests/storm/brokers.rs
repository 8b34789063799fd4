//! Hostile infrastructure: a hook that refuses and drops, and a broker that delays, duplicates and loses.

use crate::hostile::hostile_panic;
use airssys_rt::{
    broker::{
        InMemoryError, InMemoryMessageBroker, MessageBroker, MessageStream, Outcome, Published, Rejected,
        Route,
        hook::{Hook, Verdict},
    },
    envelope::{Envelope, Meta},
};
use airssys_rt_tests::test_broker::chance;
use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

/// Refuses, drops and panics at random.
pub(crate) struct HostileHook {
    pub(crate) seed: u64,
    pub(crate) calls: AtomicU64,
}

impl HostileHook {
    fn chance(&self, sides: u64) -> u64 {
        chance(self.seed, self.calls.fetch_add(1, Relaxed), sides)
    }
}

impl<M> Hook<M> for HostileHook {
    fn before(&self, _: &mut Envelope<M>) -> Verdict {
        match self.chance(32) {
            0 => Verdict::Refuse,
            1 => Verdict::Drop,
            2 => hostile_panic("hook"),
            _ => Verdict::Pass,
        }
    }

    fn handling(&self, _: &Meta) {
        if self.chance(64) == 0 {
            hostile_panic("hook before the handler");
        }
    }

    fn after(&self, _: &Meta, _: Outcome) {
        if self.chance(64) == 0 {
            hostile_panic("hook after the handler");
        }
    }
}

/// Delays, duplicates and loses messages.
#[derive(Clone)]
pub(crate) struct WildBroker<M>(Arc<Wild<M>>);

struct Wild<M> {
    inner: InMemoryMessageBroker<M>,
    route: OnceLock<Route<M>>,
    seed: u64,
    calls: AtomicU64,
}

impl<M: Send + 'static> WildBroker<M> {
    pub(crate) fn new(seed: u64) -> Self {
        let inner = InMemoryMessageBroker::new();
        WildBroker(Arc::new(Wild { inner, route: OnceLock::new(), seed, calls: AtomicU64::new(0) }))
    }
}

impl<M: Clone + Send + 'static> MessageBroker<M> for WildBroker<M> {
    type Error = InMemoryError;

    async fn attach(&self, route: Route<M>) -> Result<(), InMemoryError> {
        assert!(self.0.route.set(route).is_ok(), "it is attached once");
        Ok(())
    }

    async fn publish(&self, envelope: Envelope<M>) -> Result<Published, Rejected<M, InMemoryError>> {
        let Wild { route, seed, calls, .. } = &*self.0;
        let route = route.get().expect("it is attached");
        match chance(*seed, calls.fetch_add(1, Relaxed), 24) {
            0 => return Err(Rejected::Dropped(envelope)),
            1 => return Err(Rejected::Refused(envelope)),
            2 => drop(route.deliver(envelope.clone()).await),
            // In a task of its own: the waker of the sender may be hostile, and tokio's timers wake it where a panic ends the process.
            3 => drop(tokio::spawn(tokio::time::sleep(Duration::from_millis(2))).await),
            4 => drop(tokio::spawn(tokio::task::yield_now()).await),
            5 => {
                // The broker gives no answer: it has lost the envelope.
                drop(envelope);
                return Err(Rejected::Transport { error: InMemoryError::Ended, envelope: None });
            }
            _ => {}
        }
        route.deliver(envelope).await.map_err(Rejected::Undelivered)
    }

    fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, InMemoryError> {
        self.0.inner.subscribe(capacity)
    }

    async fn detach(&self) {}
}

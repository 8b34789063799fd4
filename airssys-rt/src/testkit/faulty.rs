//! `Faulty`: a broker that injects the faults of a plan.

use crate::{
    broker::{MessageBroker, MessageStream, Outcome, Published, Rejected, Route, Undeliverable, Undelivered},
    envelope::{Envelope, Meta},
    rt,
    testkit::{FaultPlan, Mishap},
};

/// A broker that injects the faults of a [`FaultPlan`]. Made by [`FaultPlan::around`].
#[derive(Debug, Clone)]
pub struct Faulty<B> {
    inner: B,
    plan: FaultPlan,
}

impl FaultPlan {
    /// Wraps the broker `inner` in one that injects the faults of this plan.
    #[must_use]
    pub fn around<B>(&self, inner: B) -> Faulty<B> {
        Faulty { inner, plan: self.clone() }
    }
}

impl<B> Faulty<B> {
    /// Returns the wrapped broker, which injects no faults.
    pub fn inner(&self) -> &B {
        &self.inner
    }
}

impl<M: Send + 'static, B: MessageBroker<M>> MessageBroker<M> for Faulty<B> {
    type Error = B::Error;

    async fn attach(&self, route: Route<M>) -> Result<(), B::Error> {
        self.inner.attach(route).await
    }

    async fn publish(&self, envelope: Envelope<M>) -> Result<Published, Rejected<M, B::Error>> {
        match self.plan.delivery_fault(envelope.meta()) {
            Some(Mishap::Drop) => return Err(Rejected::Dropped(envelope)),
            Some(Mishap::Full) if envelope.meta().is_event() => return Err(Rejected::Dropped(envelope)),
            Some(Mishap::Full) => {
                return Err(Rejected::Undelivered(Undelivered::new(Undeliverable::Full, envelope)));
            }
            Some(Mishap::Delay(delay)) => rt::sleep(delay).await,
            Some(Mishap::Panic) | None => {}
        }
        self.inner.publish(envelope).await
    }

    fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, B::Error>
    where
        M: Clone,
    {
        self.inner.subscribe(capacity)
    }

    fn handling(&self, meta: &Meta) {
        self.inner.handling(meta);
        self.plan.before_handler(meta);
    }

    fn settled(&self, meta: &Meta, outcome: Outcome) {
        self.inner.settled(meta, outcome);
    }

    async fn detach(&self) {
        self.inner.detach().await;
    }
}

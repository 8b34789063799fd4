use crate::{
    broker::{MessageBroker, MessageStream, Outcome, Published, Rejected, Route, Undeliverable, Undelivered},
    envelope::{Envelope, Meta},
    rt,
    testkit::{FaultPlan, Mishap},
};

/// A broker on which things go wrong by a [`FaultPlan`]. ActorSource by [`FaultPlan::around`].
#[derive(Debug, Clone)]
pub struct Faulty<B> {
    inner: B,
    plan: FaultPlan,
}

impl<B> Faulty<B> {
    pub(super) fn new(inner: B, plan: FaultPlan) -> Self {
        Faulty { inner, plan }
    }

    /// The broker on which nothing goes wrong.
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
        match self.plan.on_the_way(envelope.meta()) {
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
        self.plan.handling(meta);
    }

    fn settled(&self, meta: &Meta, outcome: Outcome) {
        self.inner.settled(meta, outcome);
    }

    async fn detach(&self) {
        self.inner.detach().await;
    }
}

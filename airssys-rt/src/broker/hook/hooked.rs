//! `Hooked`: a broker with a stack of hooks in front of it; the order in which hooks run.

use crate::{
    broker::{
        MessageBroker, MessageStream, Outcome, PublishStep, Published, Rejected, Route, TapFilter,
        hook::{Hook, Verdict},
    },
    envelope::{Envelope, Meta},
    sync::Arc,
};
use std::fmt;

/// A broker with a stack of hooks in front of it.
///
/// `before` and `handling` run in the order in which the hooks were added, `after` in reverse. The first hook that refuses or
/// drops a message ends its path: `before` of the hooks behind it is not called, but `after` of all hooks is.
pub struct Hooked<B, H = NoHooks> {
    inner: B,
    hooks: Arc<H>,
}

/// The empty stack of hooks.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoHooks;

/// A stack of hooks: `First`, then `Last`.
#[derive(Debug)]
pub struct Stack<First, Last> {
    first: First,
    last: Last,
}

impl<M> Hook<M> for NoHooks {}

impl<M, First: Hook<M>, Last: Hook<M>> Hook<M> for Stack<First, Last> {
    fn before(&self, envelope: &mut Envelope<M>) -> Verdict {
        match self.first.before(envelope) {
            Verdict::Pass => self.last.before(envelope),
            refused_or_dropped => refused_or_dropped,
        }
    }

    fn handling(&self, meta: &Meta) {
        self.first.handling(meta);
        self.last.handling(meta);
    }

    fn after(&self, meta: &Meta, outcome: Outcome) {
        self.last.after(meta, outcome);
        self.first.after(meta, outcome);
    }
}

impl<B> Hooked<B> {
    /// A broker around `inner`, without hooks.
    pub fn new(inner: B) -> Self {
        Hooked { inner, hooks: Arc::new(NoHooks) }
    }
}

impl<B, H> Hooked<B, H> {
    /// Adds a hook behind those that were added before.
    ///
    /// # Panics
    ///
    /// If the broker has been cloned: a stack is fixed before the system starts.
    #[must_use]
    pub fn with<Last>(self, last: Last) -> Hooked<B, Stack<H, Last>> {
        let first = Arc::into_inner(self.hooks).expect("hooks are added before the broker is cloned");
        Hooked { inner: self.inner, hooks: Arc::new(Stack { first, last }) }
    }

    /// The broker behind the hooks.
    pub fn inner(&self) -> &B {
        &self.inner
    }
}

impl<M: Send + 'static, B: MessageBroker<M>, H: Hook<M>> MessageBroker<M> for Hooked<B, H> {
    type Error = B::Error;

    async fn attach(&self, route: Route<M>) -> Result<(), B::Error> {
        self.inner.attach(route).await
    }

    async fn publish(&self, mut envelope: Envelope<M>) -> Result<Published, Rejected<M, B::Error>> {
        match self.hooks.before(&mut envelope) {
            Verdict::Pass => self.inner.publish(envelope).await,
            Verdict::Refuse => Err(Rejected::Refused(envelope)),
            Verdict::Drop => Err(Rejected::Dropped(envelope)),
        }
    }

    #[inline]
    fn begin(&self, mut envelope: Envelope<M>) -> PublishStep<M, B::Error> {
        match self.hooks.before(&mut envelope) {
            Verdict::Pass => self.inner.begin(envelope),
            Verdict::Refuse => PublishStep::Done(Err(Rejected::Refused(envelope))),
            Verdict::Drop => PublishStep::Done(Err(Rejected::Dropped(envelope))),
        }
    }

    fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, B::Error>
    where
        M: Clone,
    {
        self.inner.subscribe(capacity)
    }

    fn handling(&self, meta: &Meta) {
        self.hooks.handling(meta);
        self.inner.handling(meta);
    }

    fn subscribe_where(
        &self,
        capacity: usize,
        filter: TapFilter<Envelope<M>>,
    ) -> Result<MessageStream<M>, B::Error>
    where
        M: Clone,
    {
        self.inner.subscribe_where(capacity, filter)
    }

    fn settled(&self, meta: &Meta, outcome: Outcome) {
        self.hooks.after(meta, outcome);
        self.inner.settled(meta, outcome);
    }

    async fn detach(&self) {
        self.inner.detach().await;
    }
}

impl<B: Clone, H> Clone for Hooked<B, H> {
    fn clone(&self) -> Self {
        Hooked { inner: self.inner.clone(), hooks: self.hooks.clone() }
    }
}

impl<B: fmt::Debug, H> fmt::Debug for Hooked<B, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hooked").field("inner", &self.inner).finish_non_exhaustive()
    }
}

//! `MockMessageBroker`: an in-memory broker that records what is published.

use crate::{
    broker::{
        InMemoryError, InMemoryMessageBroker, MessageBroker, MessageStream, Published, Rejected, Route,
    },
    envelope::{Envelope, Meta},
    sync::{Arc, Mutex},
};
use std::{fmt, mem};

/// An in-memory broker that records what is published and delivers it as usual. Local messages pass it as well. Clones share the
/// records.
///
/// ```
/// use airssys_rt::{prelude::*, testkit::MockMessageBroker};
/// # #[message] #[derive(Clone, Debug, PartialEq)] pub struct Deposit(pub u64);
/// # #[derive(Default)] pub struct Account;
/// # #[actor] impl Account { #[handler] fn deposit(&mut self, _: Deposit) {} }
/// # #[actor_system(actors(Account))] pub struct Bank;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let broker = MockMessageBroker::new().keeping_copies();
/// let bank = ActorSystem::<Bank, _>::with_broker(SystemConfig::default(), broker.clone()).await?;
/// let account = bank.spawn(Account).await?;
/// bank.tell(&account, Deposit(400)).await?;
///
/// assert_eq!(broker.metas()[0].recipient(), Some(account.id()));
/// assert_eq!(broker.published()[0].message().get::<Account, _>(), Some(&Deposit(400)));
/// # Ok(()) }
/// ```
pub struct MockMessageBroker<M> {
    inner: InMemoryMessageBroker<M>,
    records: Arc<Records<M>>,
}

type CopyEnvelope<M> = fn(&Envelope<M>) -> Envelope<M>;

struct Records<M> {
    metas: Mutex<Vec<Meta>>,
    copies: Mutex<Vec<Envelope<M>>>,
    /// Copies an envelope; set only if `M` is `Clone` and copies are kept.
    copy: Option<CopyEnvelope<M>>,
}

/// The copies while they are outside of the records. Dropping it puts them back, before those that were recorded meanwhile.
struct TakenCopies<'a, M> {
    copies: Vec<Envelope<M>>,
    records: &'a Records<M>,
}

impl<M> Drop for TakenCopies<'_, M> {
    fn drop(&mut self) {
        self.records.copies.lock().splice(..0, self.copies.drain(..));
    }
}

impl<M> Records<M> {
    fn new(copy: Option<CopyEnvelope<M>>) -> Arc<Self> {
        Arc::new(Records { metas: Mutex::default(), copies: Mutex::default(), copy })
    }
}

impl<M: Send + 'static> MockMessageBroker<M> {
    /// Makes a broker that records the metadata of each message but not the message, which need not be `Clone`.
    #[must_use]
    pub fn new() -> Self {
        MockMessageBroker { inner: InMemoryMessageBroker::new(), records: Records::new(None) }
    }

    /// Makes the broker record a copy of each message as well. It starts without records.
    #[must_use]
    pub fn keeping_copies(self) -> Self
    where
        M: Clone,
    {
        MockMessageBroker { inner: self.inner, records: Records::new(Some(Envelope::clone)) }
    }

    /// Returns the metadata of each published message, in order. An event is one entry for all of its subscribers.
    #[must_use]
    pub fn metas(&self) -> Vec<Meta> {
        self.records.metas.lock().clone()
    }

    /// Returns the number of published messages of the type with this name.
    #[must_use]
    pub fn count_of(&self, message: &str) -> usize {
        self.records.metas.lock().iter().filter(|meta| meta.message_type() == message).count()
    }

    /// Returns a copy of each published message, in order. A copy of an ask has no asker to reply to.
    ///
    /// # Panics
    ///
    /// If the broker does not [keep copies](Self::keeping_copies).
    #[must_use]
    #[track_caller]
    pub fn published(&self) -> Vec<Envelope<M>>
    where
        M: Clone,
    {
        assert!(
            self.records.copy.is_some(),
            "this broker keeps no copies: make it with `MockMessageBroker::new().keeping_copies()`"
        );
        // Taken out while they are copied: `Clone` is user code, and no lock may be held meanwhile.
        let taken =
            TakenCopies { copies: mem::take(&mut *self.records.copies.lock()), records: &self.records };
        taken.copies.clone()
    }

    /// Drops all records.
    pub fn clear(&self) {
        self.records.metas.lock().clear();
        let copies = mem::take(&mut *self.records.copies.lock());
        drop(copies); // runs user code, so the lock is not held
    }
}

impl<M: Send + 'static> MessageBroker<M> for MockMessageBroker<M> {
    type Error = InMemoryError;

    async fn attach(&self, route: Route<M>) -> Result<(), InMemoryError> {
        self.inner.attach(route).await
    }

    async fn publish(&self, envelope: Envelope<M>) -> Result<Published, Rejected<M, InMemoryError>> {
        self.records.metas.lock().push(envelope.meta().clone());
        if let Some(copy) = self.records.copy {
            let copy = copy(&envelope);
            self.records.copies.lock().push(copy);
        }
        self.inner.publish(envelope).await
    }

    fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, InMemoryError>
    where
        M: Clone,
    {
        self.inner.subscribe(capacity)
    }

    async fn detach(&self) {
        self.inner.detach().await;
    }
}

impl<M> Clone for MockMessageBroker<M> {
    fn clone(&self) -> Self {
        MockMessageBroker { inner: self.inner.clone(), records: self.records.clone() }
    }
}

impl<M: Send + 'static> Default for MockMessageBroker<M> {
    fn default() -> Self {
        Self::new()
    }
}

impl<M> fmt::Debug for MockMessageBroker<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockMessageBroker").field("published", &self.records.metas.lock().len()).finish()
    }
}

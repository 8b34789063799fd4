use crate::{
    broker::{
        InMemoryError, InMemoryMessageBroker, MessageBroker, MessageStream, Published, Rejected, Route,
    },
    envelope::{Envelope, Meta},
    sync::{Arc, Mutex},
};
use std::fmt;

/// A broker in memory that writes down what is published, and delivers it as usual. It sees everything: local messages as
/// well. Clones write together.
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
    written: Arc<Written<M>>,
}

type Copy<M> = fn(&Envelope<M>) -> Envelope<M>;

struct Written<M> {
    metas: Mutex<Vec<Meta>>,
    copies: Mutex<Vec<Envelope<M>>>,
    /// Set where it is known how to copy.
    copy: Option<Copy<M>>,
}

impl<M> Written<M> {
    fn new(copy: Option<Copy<M>>) -> Arc<Self> {
        Arc::new(Written { metas: Mutex::default(), copies: Mutex::default(), copy })
    }
}

impl<M: Send + 'static> MockMessageBroker<M> {
    /// Writes down what is known about each message, but not the message: it need not be `Clone`.
    #[must_use]
    pub fn new() -> Self {
        MockMessageBroker { inner: InMemoryMessageBroker::new(), written: Written::new(None) }
    }

    /// The same, with nothing written yet, and the messages as well.
    #[must_use]
    pub fn keeping_copies(self) -> Self
    where
        M: Clone,
    {
        MockMessageBroker { inner: self.inner, written: Written::new(Some(Envelope::clone)) }
    }

    /// What is known about each message that was published, in order. An event is one, however many hear it.
    #[must_use]
    pub fn metas(&self) -> Vec<Meta> {
        self.written.metas.lock().clone()
    }

    /// How many messages of the type of this name were published.
    #[must_use]
    pub fn count_of(&self, message: &str) -> usize {
        self.written.metas.lock().iter().filter(|meta| meta.message_type() == message).count()
    }

    /// A copy of each message that was published, in order. The copies answer nobody.
    ///
    /// # Panics
    ///
    /// If it does not [keep copies](Self::keeping_copies).
    #[must_use]
    #[track_caller]
    pub fn published(&self) -> Vec<Envelope<M>>
    where
        M: Clone,
    {
        assert!(
            self.written.copy.is_some(),
            "this broker keeps no copies: make it with `MockMessageBroker::new().keeping_copies()`"
        );
        self.written.copies.lock().clone()
    }

    /// Forgets what was written.
    pub fn clear(&self) {
        self.written.metas.lock().clear();
        let copies = std::mem::take(&mut *self.written.copies.lock());
        drop(copies); // user code, so outside of the lock
    }
}

impl<M: Send + 'static> MessageBroker<M> for MockMessageBroker<M> {
    type Error = InMemoryError;

    async fn attach(&self, route: Route<M>) -> Result<(), InMemoryError> {
        self.inner.attach(route).await
    }

    async fn publish(&self, envelope: Envelope<M>) -> Result<Published, Rejected<M, InMemoryError>> {
        self.written.metas.lock().push(envelope.meta().clone());
        if let Some(copy) = self.written.copy {
            let copy = copy(&envelope);
            self.written.copies.lock().push(copy);
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
        MockMessageBroker { inner: self.inner.clone(), written: self.written.clone() }
    }
}

impl<M: Send + 'static> Default for MockMessageBroker<M> {
    fn default() -> Self {
        Self::new()
    }
}

impl<M> fmt::Debug for MockMessageBroker<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockMessageBroker").field("published", &self.written.metas.lock().len()).finish()
    }
}

//! `Envelope`: a message of the system with its metadata, as brokers, hooks and taps get it.

use crate::{
    envelope::{Meta, PooledMeta},
    id::{ActorId, CorrelationId},
};
use std::time::Duration;

/// A message of the system with its [`Meta`], as brokers, hooks and taps get it. `M` is the message type of the whole system.
///
/// # Examples
///
/// A tap receives a copy of each envelope:
///
/// ```
/// use airssys_rt::{broker::Received, prelude::*};
/// # #[message] #[derive(Clone)] pub struct Deposit(pub u64);
/// # #[derive(Default)] pub struct Account { cents: u64 }
/// # #[actor] impl Account { #[handler] fn deposit(&mut self, Deposit(cents): Deposit) { self.cents += cents; } }
/// # #[actor_system(actors(Account))] pub struct Bank;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
/// # let account = bank.spawn(Account::default()).await?;
/// let mut tap = bank.subscribe(16)?;
/// bank.tell(&account, Deposit(500)).await?;
///
/// let Some(Received::Item(envelope)) = tap.recv().await else { panic!("the tap missed the message") };
/// let meta = envelope.meta();
/// assert_eq!((meta.receiver_type(), meta.message_type()), ("Account", "Deposit"));
/// assert_eq!((meta.sender(), meta.recipient()), (None, Some(account.id())));
/// assert_eq!(envelope.message().get::<Account, Deposit>().map(|deposit| deposit.0), Some(500));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Envelope<M> {
    meta: PooledMeta,
    message: M,
}

impl<M> Envelope<M> {
    #[doc(hidden)]
    pub fn from_parts(meta: PooledMeta, message: M) -> Self {
        Envelope { meta, message }
    }

    #[doc(hidden)]
    pub fn into_parts(self) -> (PooledMeta, M) {
        (self.meta, self.message)
    }

    /// The metadata of the message.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The message.
    pub fn message(&self) -> &M {
        &self.message
    }

    /// The message, for a hook or a broker that changes it before delivery.
    pub fn message_mut(&mut self) -> &mut M {
        &mut self.message
    }

    /// Takes the message out.
    pub fn into_message(self) -> M {
        self.message
    }

    /// Sets the sender.
    #[must_use]
    pub fn with_sender(mut self, sender: ActorId) -> Self {
        self.meta.edit().sender = Some(sender);
        self
    }

    /// Sets the conversation.
    #[must_use]
    pub fn with_correlation(mut self, correlation: CorrelationId) -> Self {
        self.set_correlation(correlation);
        self
    }

    /// Sets the TTL: the maximum age at which the message is handled.
    #[must_use]
    pub fn with_ttl(mut self, ttl: Duration) -> Self {
        self.set_ttl(Some(ttl));
        self
    }

    /// Sets the conversation, in place.
    pub fn set_correlation(&mut self, correlation: CorrelationId) {
        self.meta.edit().correlation = correlation;
    }

    /// Sets the TTL, in place; `None` removes it.
    pub fn set_ttl(&mut self, ttl: Option<Duration>) {
        self.meta.edit().ttl = ttl;
    }
}

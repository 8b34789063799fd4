//! The store of dead letters: counts them by reason, logs them, keeps the newest, streams them.

use crate::{
    broker::{
        TapStream, Taps,
        dead_letters::{
            DeadLetter, Reason, StoredLetter,
            letter_store::{Letter, LetterStore, Limits, Payload},
            text::text_of,
        },
    },
    id::MessageId,
    message::LetterContent,
    rt,
    sync::{Arc, AtomicBool, AtomicU64, Mutex, Relaxed},
};
use std::fmt;

/// The dead letters of one system.
///
/// Each dead letter is counted by its [`Reason`]. The newest are stored, each with the `Debug` text of its message. When the
/// store is [full](crate::system::SystemConfig::with_dead_letters), the oldest one is evicted, which is counted as well.
///
/// # Text
///
/// If the type of the message is `Debug`, the letter has what that writes: at most [`TEXT_LIMIT`](super::TEXT_LIMIT) bytes, and what it
/// has written before it panics. The text is in the store only: it is in no stream, and the library never logs it. The impl runs where
/// the message dies, so one that blocks delays the sender or the actor there. A generic message has a text if its parameters have the
/// bound: `struct Page<T: Debug>`.
///
/// # Payload
///
/// The message itself is dropped where it dies, and with it what it owns: the other end of a `oneshot::Sender` is told, a permit is
/// given back, the handle of a system lets go of it. A message of a type with the key `keep_payload` of
/// [`#[message]`](macro@crate::message) or [`#[event]`](macro@crate::event) stays in the letter, so that
/// [`replay`](crate::system::ActorSystem::replay) can send it again. All payloads together have a
/// [limit in bytes](crate::system::SystemConfig::with_dead_letter_bytes): the oldest are dropped first, and their letters stay.
///
/// # Examples
///
/// ```
/// use airssys_rt::{broker::dead_letters::Reason, prelude::*};
/// #[message(keep_payload)]
/// #[derive(Debug)]
/// pub struct Deposit(pub u64);
/// # #[derive(Default)] pub struct Account { cents: u64 }
/// # #[actor] impl Account { #[handler] fn deposit(&mut self, Deposit(cents): Deposit) { self.cents += cents; } }
/// # #[actor_system(actors(Account))] pub struct Bank;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
/// let account = bank.spawn(Account::default()).await?;
/// bank.drain(&account).await;
/// assert!(bank.ask(&account, Deposit(500)).await.is_err());
///
/// let letters = bank.dead_letters();
/// assert_eq!(letters.count_of(Reason::Stopped), 1);
/// let stored = letters.drain();
/// assert_eq!((stored[0].letter.message_type, stored[0].letter.target), ("Deposit", Some(account.id())));
/// assert_eq!(stored[0].text.as_deref(), Some("Deposit(500)"));
///
/// // The account has stopped, so the message is a dead letter again.
/// assert_eq!(bank.replay(stored).await, 0);
/// assert_eq!((letters.count(), letters.len()), (2, 1));
/// # Ok(()) }
/// ```
pub struct DeadLetters<M> {
    counts: [AtomicU64; Reason::ALL.len()],
    store: Mutex<LetterStore<M>>,
    limits: Limits,
    logs: AtomicBool,
    taps: Arc<Taps<DeadLetter, DeadLetter>>,
    lost: AtomicU64,
}

impl<M: Send + 'static> DeadLetters<M> {
    pub(crate) fn new(capacity: usize, bytes: usize) -> Self {
        DeadLetters {
            counts: std::array::from_fn(|_| AtomicU64::new(0)),
            store: Mutex::new(LetterStore::default()),
            limits: Limits { letters: capacity, bytes },
            logs: AtomicBool::new(true),
            taps: Taps::new(|_| {}),
            lost: AtomicU64::new(0),
        }
    }

    /// Counts, logs and stores a dead letter, and drops its message unless the letter keeps it. `content` returns what it may keep.
    /// An asker that waits for the answer must have been notified before.
    pub(crate) fn record(
        &self,
        letter: DeadLetter,
        message: Option<M>,
        content: impl Fn(&M) -> Option<&dyn LetterContent>,
    ) {
        self.counts[letter.reason as usize].fetch_add(1, Relaxed);
        // Wakers, trace subscribers, the `Debug`, the size and the drop of a message are the user's code: it runs without a lock, and
        // the dead letter is stored even if that code panics.
        rt::catch(|| {
            self.lost.fetch_add(self.taps.offer(&letter), Relaxed);
        });
        let line = if self.logs.load(Relaxed) { self.store.lock().throttle.admit(rt::now()) } else { None };
        if let Some(suppressed) = line {
            rt::catch(|| log(&letter, suppressed));
        }
        let (mut text, mut owned) = (None, None);
        if let Some(content) = message.as_ref().filter(|_| self.limits.letters > 0).and_then(content) {
            text = text_of(content);
            rt::catch(|| owned = content.owned());
        }
        let (payload, dropped) = match (message, owned) {
            (Some(message), Some(owned)) => {
                let bytes = size_of::<M>().saturating_add(owned);
                (Some(Payload { message: Box::new(message), bytes }), None)
            }
            (message, _) => (None, message),
        };
        let let_go = self.store.lock().push(Letter { letter, text, payload }, self.limits);
        rt::catch(|| drop(dropped));
        rt::catch(|| drop(let_go.letter));
        for payload in let_go.payloads {
            rt::catch(|| drop(payload));
        }
    }

    /// Number of dead letters, for all reasons.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.iter().map(|count| count.load(Relaxed)).sum()
    }

    /// Number of dead letters for one reason.
    #[must_use]
    pub fn count_of(&self, reason: Reason) -> u64 {
        self.counts[reason as usize].load(Relaxed)
    }

    /// Number of dead letters that are stored now.
    #[must_use]
    pub fn len(&self) -> usize {
        self.store.lock().len()
    }

    /// Whether no dead letter is stored now.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of dead letters that were evicted because the store was full.
    #[must_use]
    pub fn evicted(&self) -> u64 {
        self.store.lock().evicted
    }

    /// Number of payloads that were dropped because of the limit of
    /// [bytes](crate::system::SystemConfig::with_dead_letter_bytes). Their letters stay.
    #[must_use]
    pub fn released(&self) -> u64 {
        self.store.lock().released
    }

    /// Number of dead letters that a stream missed because it was full.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.load(Relaxed)
    }

    /// The records of the stored dead letters, oldest first.
    #[must_use]
    pub fn inspect(&self) -> Vec<DeadLetter> {
        self.store.lock().records()
    }

    /// The `Debug` text of the message of a stored dead letter; `None` if it has none. See [`StoredLetter::text`].
    #[must_use]
    pub fn text_of(&self, id: MessageId) -> Option<Arc<str>> {
        self.store.lock().text_of(id)
    }

    /// Takes out all stored dead letters, oldest first.
    #[must_use = "the dead letters are stored nowhere else"]
    pub fn drain(&self) -> Vec<StoredLetter<M>> {
        let letters = self.store.lock().take();
        letters.into_iter().map(StoredLetter::from).collect()
    }

    /// A stream of all dead letters from now on, without their texts and their messages. It holds at most `capacity` items.
    #[must_use]
    pub fn subscribe(&self, capacity: usize) -> TapStream<DeadLetter> {
        self.taps.attach_or_ended(capacity, DeadLetter::clone)
    }

    /// From now on, dead letters are counted and stored, but not logged.
    pub(crate) fn stop_logging(&self) {
        self.logs.store(false, Relaxed);
    }

    /// Ends the streams.
    pub(crate) fn end(&self) {
        self.taps.end();
    }
}

fn log(letter: &DeadLetter, suppressed: u64) {
    tracing::warn!(
        target: "airssys_rt::dead_letter",
        reason = %letter.reason,
        message_type = letter.message_type,
        id = %letter.id,
        sender = letter.sender.map(tracing::field::display),
        target_actor = letter.target.map(tracing::field::display),
        suppressed,
        "dead letter"
    );
}

impl<M: Send + 'static> fmt::Debug for DeadLetters<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeadLetters").field("count", &self.count()).field("kept", &self.len()).finish()
    }
}

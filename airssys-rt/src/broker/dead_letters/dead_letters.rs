//! The store of dead letters: counts them by reason, logs them, keeps the newest, streams them.

use crate::{
    broker::{
        TapStream, Taps,
        dead_letters::{DeadLetter, Reason, throttle::Throttle},
    },
    rt,
    sync::{Arc, AtomicBool, AtomicU64, Mutex, Relaxed},
};
use std::{collections::VecDeque, fmt, mem};

/// The dead letters of one system.
///
/// Each dead letter is counted by its [`Reason`]. The newest are stored, with the message itself if it still exists. When the
/// store is [full](crate::system::SystemConfig::with_dead_letters), the oldest one is evicted, which is counted as well.
///
/// # Examples
///
/// ```
/// use airssys_rt::{broker::dead_letters::Reason, prelude::*};
/// # #[message] pub struct Deposit(pub u64);
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
///
/// // The account has stopped, so the message is a dead letter again.
/// assert_eq!(bank.replay(stored).await, 0);
/// assert_eq!((letters.count(), letters.len()), (2, 1));
/// # Ok(()) }
/// ```
pub struct DeadLetters<M> {
    counts: [AtomicU64; Reason::ALL.len()],
    store: Mutex<LetterStore<M>>,
    capacity: usize,
    logs: AtomicBool,
    taps: Arc<Taps<DeadLetter, DeadLetter>>,
    lost: AtomicU64,
}

struct LetterStore<M> {
    letters: VecDeque<StoredLetter<M>>,
    evicted: u64,
    throttle: Throttle,
}

/// A stored dead letter.
#[derive(Debug, Clone)]
pub struct StoredLetter<M> {
    /// The record of the dead letter.
    pub letter: DeadLetter,
    /// The message, if it still exists: it does not if a handler has failed with it, or if only its answer was late.
    pub message: Option<M>,
}

impl<M: Send + 'static> DeadLetters<M> {
    pub(crate) fn new(capacity: usize) -> Self {
        let store = LetterStore { letters: VecDeque::new(), evicted: 0, throttle: Throttle::default() };
        DeadLetters {
            counts: std::array::from_fn(|_| AtomicU64::new(0)),
            store: Mutex::new(store),
            capacity,
            logs: AtomicBool::new(true),
            taps: Taps::new(|_| {}),
            lost: AtomicU64::new(0),
        }
    }

    /// Counts, logs and stores a dead letter. An asker that waits for the answer must have been notified before.
    pub(crate) fn record(&self, letter: DeadLetter, message: Option<M>) {
        self.counts[letter.reason as usize].fetch_add(1, Relaxed);
        // Wakers, trace subscribers and the drop of a message are the user's code: it runs without a lock, and the dead letter
        // is stored even if that code panics.
        rt::catch(|| {
            self.lost.fetch_add(self.taps.offer(&letter), Relaxed);
        });
        let line = if self.logs.load(Relaxed) { self.store.lock().throttle.admit(rt::now()) } else { None };
        if let Some(suppressed) = line {
            rt::catch(|| log(&letter, suppressed));
        }
        let evicted = self.store.lock().push(StoredLetter { letter, message }, self.capacity);
        rt::catch(|| drop(evicted));
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
        self.store.lock().letters.len()
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

    /// Number of dead letters that a stream missed because it was full.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.load(Relaxed)
    }

    /// The records of the stored dead letters, oldest first.
    #[must_use]
    pub fn inspect(&self) -> Vec<DeadLetter> {
        self.store.lock().letters.iter().map(|stored| stored.letter.clone()).collect()
    }

    /// Takes out all stored dead letters, oldest first.
    #[must_use = "the dead letters are stored nowhere else"]
    pub fn drain(&self) -> Vec<StoredLetter<M>> {
        mem::take(&mut self.store.lock().letters).into()
    }

    /// A stream of all dead letters from now on, without their messages. It holds at most `capacity` items.
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

impl<M> LetterStore<M> {
    /// Stores a dead letter. Returns the one that is evicted for it.
    fn push(&mut self, stored: StoredLetter<M>, capacity: usize) -> Option<StoredLetter<M>> {
        if capacity == 0 {
            self.evicted += 1;
            return Some(stored);
        }
        let evicted = if self.letters.len() >= capacity { self.letters.pop_front() } else { None };
        self.evicted += u64::from(evicted.is_some());
        self.letters.push_back(stored);
        evicted
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

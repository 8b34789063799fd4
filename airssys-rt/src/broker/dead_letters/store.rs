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
/// Each is counted. The newest are kept, with the message itself where it still exists; when there is no more room the
/// oldest goes, and that is counted as well.
pub struct DeadLetters<M> {
    counts: [AtomicU64; Reason::ALL.len()],
    store: Mutex<Store<M>>,
    capacity: usize,
    logs: AtomicBool,
    taps: Arc<Taps<DeadLetter, DeadLetter>>,
    lost: AtomicU64,
}

struct Store<M> {
    graves: VecDeque<StoredLetter<M>>,
    evicted: u64,
    throttle: Throttle,
}

/// A dead letter as it is kept.
#[derive(Debug, Clone)]
pub struct StoredLetter<M> {
    /// What is known about it.
    pub letter: DeadLetter,
    /// The message, where it still exists: not that of a handler that failed, nor of a late reply.
    pub message: Option<M>,
}

impl<M: Send + 'static> DeadLetters<M> {
    pub(crate) fn new(capacity: usize) -> Self {
        let store = Store { graves: VecDeque::new(), evicted: 0, throttle: Throttle::default() };
        DeadLetters {
            counts: std::array::from_fn(|_| AtomicU64::new(0)),
            store: Mutex::new(store),
            capacity,
            logs: AtomicBool::new(true),
            taps: Taps::new(|_| {}),
            lost: AtomicU64::new(0),
        }
    }

    /// Counts and keeps. Whoever waits for an answer must have been told before.
    pub(crate) fn record(&self, letter: DeadLetter, message: Option<M>) {
        self.counts[letter.reason as usize].fetch_add(1, Relaxed);
        // Wakers, subscribers of traces and the messages themselves are code of others: it runs without a lock, and
        // whatever it does a dead letter is stored.
        rt::catch(|| {
            self.lost.fetch_add(self.taps.offer(&letter), Relaxed);
        });
        let line = if self.logs.load(Relaxed) { self.store.lock().throttle.admit(rt::now()) } else { None };
        if let Some(suppressed) = line {
            rt::catch(|| log(&letter, suppressed));
        }
        let evicted = self.store.lock().keep(StoredLetter { letter, message }, self.capacity);
        rt::catch(|| drop(evicted));
    }

    /// How many there were, for all reasons.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.iter().map(|count| count.load(Relaxed)).sum()
    }

    /// How many there were for one reason.
    #[must_use]
    pub fn count_of(&self, reason: Reason) -> u64 {
        self.counts[reason as usize].load(Relaxed)
    }

    /// How many are kept now.
    #[must_use]
    pub fn len(&self) -> usize {
        self.store.lock().graves.len()
    }

    /// Whether none is kept now.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many had to go because there was no more room.
    #[must_use]
    pub fn evicted(&self) -> u64 {
        self.store.lock().evicted
    }

    /// How many a stream missed because it was full.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.load(Relaxed)
    }

    /// What is known about those that are kept, the oldest first.
    #[must_use]
    pub fn inspect(&self) -> Vec<DeadLetter> {
        self.store.lock().graves.iter().map(|stored| stored.letter.clone()).collect()
    }

    /// Takes out all that are kept, the oldest first.
    #[must_use = "they are kept nowhere else"]
    pub fn drain(&self) -> Vec<StoredLetter<M>> {
        mem::take(&mut self.store.lock().graves).into()
    }

    /// A stream of all that come from now on, without the messages. It holds at most `capacity`.
    #[must_use]
    pub fn subscribe(&self, capacity: usize) -> TapStream<DeadLetter> {
        self.taps.attach_or_ended(capacity, DeadLetter::clone)
    }

    /// From now on they are only counted and kept, not logged.
    pub(crate) fn stop_logging(&self) {
        self.logs.store(false, Relaxed);
    }

    pub(crate) fn end(&self) {
        self.taps.end();
    }
}

impl<M> Store<M> {
    /// Returns what has to go for it.
    fn keep(&mut self, stored: StoredLetter<M>, capacity: usize) -> Option<StoredLetter<M>> {
        if capacity == 0 {
            self.evicted += 1;
            return Some(stored);
        }
        let evicted = if self.graves.len() >= capacity { self.graves.pop_front() } else { None };
        self.evicted += u64::from(evicted.is_some());
        self.graves.push_back(stored);
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

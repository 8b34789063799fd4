use crate::savina::program::{Setting, Workload};
use std::collections::HashMap;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Accesses {
    /// Number per worker.
    pub(crate) accesses: u64,
    seed: u64,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Access {
    Read(u64),
    /// A key and its new value.
    Write(u64, u64),
}

/// The replies that one or more workers have received.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Answers {
    pub(crate) reads: u64,
    pub(crate) writes: u64,
    /// The sum of the values that the writes replaced.
    pub(crate) replaced: u64,
}

/// The dictionary that the shelf actor holds. Each value is its key plus a multiple of [`KEYS`].
#[derive(Debug)]
pub(crate) struct Dictionary(HashMap<u64, u64>);

pub(crate) const WORKERS: u64 = 20;
const KEYS: u64 = 1024;
const WRITES_IN_PERCENT: u32 = 10;

impl Accesses {
    /// Returns the accesses of a worker.
    pub(crate) fn of_worker(&self, worker: u64) -> impl Iterator<Item = Access> + Send + use<> {
        let mut random = fastrand::Rng::with_seed(self.seed.wrapping_add(worker));
        (0..self.accesses).map(move |_| {
            let key = random.u64(0..KEYS);
            match random.u32(0..100) < WRITES_IN_PERCENT {
                true => Access::Write(key, key + KEYS * random.u64(0..1_000_000)),
                false => Access::Read(key),
            }
        })
    }
}

impl Answers {
    /// Records the reply to a read.
    ///
    /// # Panics
    ///
    /// Panics if `value` was never a value of this key.
    pub(crate) fn read(&mut self, key: u64, value: u64) {
        assert_eq!(value % KEYS, key, "the value belongs to the key");
        self.reads += 1;
    }

    /// Records the reply to a write.
    pub(crate) fn replaced(&mut self, value: u64) {
        self.writes += 1;
        self.replaced += value;
    }

    pub(crate) fn add(&mut self, other: Answers) {
        self.reads += other.reads;
        self.writes += other.writes;
        self.replaced += other.replaced;
    }
}

impl Dictionary {
    /// Creates a dictionary in which the value of each key is the key.
    pub(crate) fn new() -> Self {
        Dictionary((0..KEYS).map(|key| (key, key)).collect())
    }

    pub(crate) fn read(&self, key: u64) -> u64 {
        self.0[&key]
    }

    /// Returns the old value.
    pub(crate) fn write(&mut self, key: u64, value: u64) -> u64 {
        self.0.insert(key, value).expect("every key has a value")
    }

    /// Returns the sum of all values.
    pub(crate) fn sum(&self) -> u64 {
        self.0.values().sum()
    }
}

impl Workload for Accesses {
    /// The replies that all workers have received, and the final sum of the values.
    type Outcome = (Answers, u64);

    fn of(setting: Setting) -> Self {
        Accesses { accesses: setting.scale.pick(6_000, 100), seed: setting.seed }
    }

    fn check(&self, (answers, last): &(Answers, u64)) {
        let (mut reads, mut writes, mut written) = (0, 0, 0);
        for access in (0..WORKERS).flat_map(|worker| self.of_worker(worker)) {
            match access {
                Access::Read(_) => reads += 1,
                Access::Write(_, value) => (writes, written) = (writes + 1, written + value),
            }
        }
        assert_eq!((answers.reads, answers.writes), (reads, writes), "each access has one reply");
        // For every order of the writes: each written value was replaced or is still in the dictionary.
        assert_eq!(Dictionary::new().sum() + written, answers.replaced + last, "each write is applied once");
    }
}

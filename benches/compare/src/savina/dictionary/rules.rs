use crate::savina::program::{Rules, Setting};
use std::collections::HashMap;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Accesses {
    /// Of each worker.
    pub(crate) accesses: u64,
    seed: u64,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Access {
    Read(u64),
    /// A key and its new value.
    Write(u64, u64),
}

/// What a worker has seen, or several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) reads: u64,
    pub(crate) writes: u64,
    /// The sum of the values that its writes replaced.
    pub(crate) replaced: u64,
}

/// What the actor that holds it does. Each value is its key plus a multiple of [`KEYS`].
#[derive(Debug)]
pub(crate) struct Dictionary(HashMap<u64, u64>);

pub(crate) const WORKERS: u64 = 20;
const KEYS: u64 = 1024;
const WRITES_IN_PERCENT: u32 = 10;

impl Accesses {
    /// What a worker does.
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

impl Seen {
    /// An answer to a read.
    ///
    /// # Panics
    ///
    /// If that was never the value of this key.
    pub(crate) fn read(&mut self, key: u64, value: u64) {
        assert_eq!(value % KEYS, key, "a value belongs to its key");
        self.reads += 1;
    }

    /// An answer to a write.
    pub(crate) fn replaced(&mut self, value: u64) {
        self.writes += 1;
        self.replaced += value;
    }

    pub(crate) fn add(&mut self, other: Seen) {
        self.reads += other.reads;
        self.writes += other.writes;
        self.replaced += other.replaced;
    }
}

impl Dictionary {
    /// The value of each key is the key.
    pub(crate) fn new() -> Self {
        Dictionary((0..KEYS).map(|key| (key, key)).collect())
    }

    pub(crate) fn read(&self, key: u64) -> u64 {
        self.0[&key]
    }

    /// Gives the old value back.
    pub(crate) fn write(&mut self, key: u64, value: u64) -> u64 {
        self.0.insert(key, value).expect("every key has a value")
    }

    /// Of all values.
    pub(crate) fn sum(&self) -> u64 {
        self.0.values().sum()
    }
}

impl Rules for Accesses {
    /// What all workers have seen, and the sum of the values in the end.
    type Outcome = (Seen, u64);

    fn of(setting: Setting) -> Self {
        Accesses { accesses: setting.scale.pick(6_000, 100), seed: setting.seed }
    }

    fn check(&self, (seen, last): &(Seen, u64)) {
        let (mut reads, mut writes, mut written) = (0, 0, 0);
        for access in (0..WORKERS).flat_map(|worker| self.of_worker(worker)) {
            match access {
                Access::Read(_) => reads += 1,
                Access::Write(_, value) => (writes, written) = (writes + 1, written + value),
            }
        }
        assert_eq!((seen.reads, seen.writes), (reads, writes), "each access is answered once");
        // In whichever order: what was written has been replaced, or is still there.
        assert_eq!(Dictionary::new().sum() + written, seen.replaced + last, "no write is lost or done twice");
    }
}

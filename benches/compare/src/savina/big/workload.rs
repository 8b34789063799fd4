use crate::{
    savina::program::{Setting, Workload},
    work::CAPACITY,
};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Big {
    /// Number per worker.
    pub(crate) pings: u64,
    seed: u64,
}

/// The random choice of the worker to ping.
#[derive(Debug)]
pub(crate) struct Choice {
    random: fastrand::Rng,
    me: usize,
}

pub(crate) const WORKERS: usize = 120;

// Each worker has one ping or its pong in flight: no mailbox gets full.
const _: () = assert!(WORKERS < CAPACITY);

impl Big {
    pub(crate) fn choice(&self, me: usize) -> Choice {
        Choice { random: fastrand::Rng::with_seed(self.seed.wrapping_add(me as u64)), me }
    }
}

impl Choice {
    /// Returns another worker.
    pub(crate) fn next(&mut self) -> usize {
        (self.me + self.random.usize(1..WORKERS)) % WORKERS
    }
}

impl Workload for Big {
    /// Number of pings that each worker has answered.
    type Outcome = Vec<u64>;

    fn of(setting: Setting) -> Self {
        Big { pings: setting.scale.pick(3_000, 20), seed: setting.seed }
    }

    fn check(&self, answered: &Vec<u64>) {
        let mut expected = vec![0; WORKERS];
        for me in 0..WORKERS {
            let mut choice = self.choice(me);
            for _ in 0..self.pings {
                expected[choice.next()] += 1;
            }
        }
        assert_eq!(*answered, expected, "each ping is answered once, by its receiver");
    }
}

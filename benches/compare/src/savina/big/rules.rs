use crate::{
    savina::program::{Rules, Setting},
    work::CAPACITY,
};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Big {
    /// Of each worker.
    pub(crate) pings: u64,
    seed: u64,
}

/// Whom a worker pings.
#[derive(Debug)]
pub(crate) struct Choice {
    random: fastrand::Rng,
    me: usize,
}

pub(crate) const WORKERS: usize = 120;

// Each worker has one ping or its pong under way: no mailbox gets full.
const _: () = assert!(WORKERS < CAPACITY);

impl Big {
    pub(crate) fn choice(&self, me: usize) -> Choice {
        Choice { random: fastrand::Rng::with_seed(self.seed.wrapping_add(me as u64)), me }
    }
}

impl Choice {
    /// Somebody else.
    pub(crate) fn next(&mut self) -> usize {
        (self.me + self.random.usize(1..WORKERS)) % WORKERS
    }
}

impl Rules for Big {
    /// How many pings each worker has answered.
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
        assert_eq!(*answered, expected, "each ping is answered once by whom it was for");
    }
}

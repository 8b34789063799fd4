use crate::savina::program::{Rules, Setting};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::SeqCst},
};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Dinner {
    /// Of each philosopher.
    pub(crate) meals: u64,
}

pub(crate) const PHILOSOPHERS: usize = 20;

/// Which forks the arbitrator has given away.
#[derive(Debug)]
pub(crate) struct Table([bool; PHILOSOPHERS]);

/// The forks themselves, which know who cheats.
#[derive(Debug, Clone)]
pub(crate) struct Forks(Arc<[AtomicBool]>);

/// Those on the left and the right of a philosopher.
fn beside(philosopher: usize) -> [usize; 2] {
    [philosopher, (philosopher + 1) % PHILOSOPHERS]
}

impl Table {
    /// All forks lie there.
    pub(crate) fn new() -> Self {
        Table([false; PHILOSOPHERS])
    }

    /// Gives both forks away, if both are there.
    pub(crate) fn take(&mut self, philosopher: usize) -> bool {
        let free = beside(philosopher).iter().all(|&fork| !self.0[fork]);
        if free {
            self.mark(philosopher, true);
        }
        free
    }

    /// Both are back.
    pub(crate) fn put(&mut self, philosopher: usize) {
        self.mark(philosopher, false);
    }

    fn mark(&mut self, philosopher: usize, held: bool) {
        for fork in beside(philosopher) {
            self.0[fork] = held;
        }
    }
}

impl Forks {
    /// Nobody holds one.
    pub(crate) fn new() -> Self {
        Forks((0..PHILOSOPHERS).map(|_| AtomicBool::new(false)).collect())
    }

    /// Takes both and puts them down.
    ///
    /// # Panics
    ///
    /// If somebody else holds one of them.
    pub(crate) fn eat(&self, philosopher: usize) {
        for fork in beside(philosopher) {
            assert!(!self.0[fork].swap(true, SeqCst), "nobody else holds this fork");
        }
        for fork in beside(philosopher) {
            assert!(self.0[fork].swap(false, SeqCst), "nobody else has put this fork down");
        }
    }
}

impl Rules for Dinner {
    /// How often each philosopher has eaten, and how often the arbitrator has said yes.
    type Outcome = (Vec<u64>, u64);

    fn of(setting: Setting) -> Self {
        Dinner { meals: setting.scale.pick(6_000, 50) }
    }

    fn check(&self, (meals, granted): &(Vec<u64>, u64)) {
        assert_eq!(*meals, vec![self.meals; PHILOSOPHERS], "everybody has eaten enough");
        assert_eq!(*granted, self.meals * PHILOSOPHERS as u64, "each yes is a meal");
    }
}

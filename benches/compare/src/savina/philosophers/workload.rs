use crate::savina::program::{Setting, Workload};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::SeqCst},
};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Dinner {
    /// Number of meals per philosopher.
    pub(crate) meals: u64,
}

pub(crate) const PHILOSOPHERS: usize = 20;

/// The forks that the arbitrator has handed out.
#[derive(Debug)]
pub(crate) struct Table([bool; PHILOSOPHERS]);

/// The forks; taking a fork that is held panics.
#[derive(Debug, Clone)]
pub(crate) struct Forks(Arc<[AtomicBool]>);

/// Returns the forks on the left and the right of a philosopher.
fn beside(philosopher: usize) -> [usize; 2] {
    [philosopher, (philosopher + 1) % PHILOSOPHERS]
}

impl Table {
    /// Creates a table with all forks free.
    pub(crate) fn new() -> Self {
        Table([false; PHILOSOPHERS])
    }

    /// Hands out both forks if both are free.
    pub(crate) fn take(&mut self, philosopher: usize) -> bool {
        let free = beside(philosopher).iter().all(|&fork| !self.0[fork]);
        if free {
            self.mark(philosopher, true);
        }
        free
    }

    /// Takes both forks back.
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
    /// Creates forks that are all free.
    pub(crate) fn new() -> Self {
        Forks((0..PHILOSOPHERS).map(|_| AtomicBool::new(false)).collect())
    }

    /// Takes both and puts them down.
    ///
    /// # Panics
    ///
    /// Panics if another philosopher holds one of them.
    pub(crate) fn eat(&self, philosopher: usize) {
        for fork in beside(philosopher) {
            assert!(!self.0[fork].swap(true, SeqCst), "no other philosopher holds this fork");
        }
        for fork in beside(philosopher) {
            assert!(self.0[fork].swap(false, SeqCst), "no other philosopher has put this fork down");
        }
    }
}

impl Workload for Dinner {
    /// Number of meals of each philosopher, and number of requests that the arbitrator has granted.
    type Outcome = (Vec<u64>, u64);

    fn of(setting: Setting) -> Self {
        Dinner { meals: setting.scale.pick(6_000, 50) }
    }

    fn check(&self, (meals, granted): &(Vec<u64>, u64)) {
        assert_eq!(*meals, vec![self.meals; PHILOSOPHERS], "each philosopher has eaten all its meals");
        assert_eq!(*granted, self.meals * PHILOSOPHERS as u64, "each granted request is a meal");
    }
}

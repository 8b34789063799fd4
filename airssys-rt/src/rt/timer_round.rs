//! A round of the coarse timer: wakes all registered wakers together at its end.

use crate::{
    rt::wake_each,
    sync::{Arc, AtomicU64, Mutex, Relaxed},
};
use std::{
    mem,
    task::{Wake, Waker},
};

/// The number of wakers that the buffer of the first round holds before it grows.
const INITIAL_CAPACITY: usize = 4;

/// Wakes all registered wakers at once, at the end of a round.
///
/// The next round begins at once, and is empty; while it is empty no alarm is set. A waker is never taken out of a round. So a
/// task that often waits for a moment is registered once in a round, and each further wait only reads the number of the round.
#[derive(Debug)]
pub(super) struct TimerRound<A> {
    number: AtomicU64,
    state: Mutex<RoundState<A>>,
    /// A round with this many wakers ends at once when one more is registered.
    max_wakers: usize,
}

#[derive(Debug)]
struct RoundState<A> {
    wakers: Vec<Waker>,
    /// The buffer for the next round: a task that is registered in each round allocates nothing.
    spare: Vec<Waker>,
    alarm: A,
}

/// The alarm that ends a round.
pub(super) trait Alarm: Send + 'static {
    fn is_set(&self) -> bool;
    /// Wakes `waker` when the time has come, but not before this call returns.
    fn set(&mut self, waker: &Waker);
    fn reset(&mut self);
}

impl<A: Alarm> TimerRound<A> {
    pub(super) fn new(max_wakers: usize, alarm: A) -> Arc<Self> {
        let spare = Vec::with_capacity(INITIAL_CAPACITY);
        let state = Mutex::new(RoundState { wakers: Vec::new(), spare, alarm });
        Arc::new(TimerRound { number: AtomicU64::new(0), state, max_wakers })
    }

    /// The number of the current round. A waker that was registered in it is not woken yet, and will be.
    // Relaxed: the number grows before the first waker of the round is woken, and a wake by value orders what was before it before the
    // next poll of the task, also if the task was woken already. So a task that was woken reads the next number, and one that reads the
    // old number has not been woken yet.
    #[inline]
    pub(super) fn number(&self) -> u64 {
        self.number.load(Relaxed)
    }

    /// Registers a waker, and returns the number of its round.
    ///
    /// The caller must wake the wakers of a round that was full, after it has released what their tasks may need.
    pub(super) fn register(self: &Arc<Self>, waker: &Waker) -> (u64, DueWakers) {
        let (waker, end) = (waker.clone(), Waker::from(self.clone()));
        let mut state = self.state.lock();
        if !state.alarm.is_set() {
            // Under the lock, or the alarm could go off before it counts as set. It may panic; nothing has changed by then.
            state.alarm.set(&end);
        }
        let full = state.wakers.len() >= self.max_wakers;
        // The alarm stays as it is: the next round is shorter.
        let due = if full { self.advance(&mut state) } else { Vec::new() };
        state.wakers.push(waker);
        (self.number.load(Relaxed), DueWakers(due)) // written under this lock only
    }

    fn end(&self) {
        let mut state = self.state.lock();
        state.alarm.reset();
        let mut due = DueWakers(self.advance(&mut state));
        drop(state);
        due.wake();
        self.state.lock().spare = mem::take(&mut due.0);
    }

    /// Begins the next round, and returns the wakers of the one that has ended.
    fn advance(&self, state: &mut RoundState<A>) -> Vec<Waker> {
        self.number.store(self.number.load(Relaxed) + 1, Relaxed); // written under this lock only
        let spare = mem::take(&mut state.spare);
        mem::replace(&mut state.wakers, spare)
    }
}

impl<A: Alarm> Wake for TimerRound<A> {
    fn wake(self: Arc<Self>) {
        self.end();
    }
}

/// The wakers of a round that has ended.
#[must_use = "the tasks of these wakers are not woken otherwise"]
#[derive(Debug)]
pub(super) struct DueWakers(Vec<Waker>);

impl DueWakers {
    pub(super) fn wake(&mut self) {
        // By value: `wake_by_ref` would not make a write that the next poll of the task must observe, and that poll must read the
        // number of the next round.
        wake_each(self.0.drain(..));
    }
}

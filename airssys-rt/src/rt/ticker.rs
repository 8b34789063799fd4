//! The thread that ends timer rounds: one for all runtimes of the program that have workers.
//!
//! A timer of the runtime would also do. But while one is pending, each worker that runs out of work reads the clock and has the
//! operating system set an alarm: a sixth of the time of an ask on two workers.

use crate::{
    rt::catch,
    sync::{GlobalCondvar, GlobalGuard, GlobalMutex, OnceLock, PoisonError},
};
use std::{mem, task::Waker, thread, time::Duration};

/// The longest time that a round takes: a 64th of a second.
pub(super) const ROUND: Duration = Duration::from_nanos(1_000_000_000 / 64);

/// The number of threads that can register in one round before a buffer grows.
const BUFFER: usize = 64;

static TICKER: Ticker = Ticker { waiting: GlobalMutex::new(Vec::new()), begun: GlobalCondvar::new() };

/// Ticks while a waker waits, and sleeps otherwise.
struct Ticker {
    waiting: GlobalMutex<Vec<Waker>>,
    begun: GlobalCondvar,
}

/// Wakes `waker` at the next tick, after a round's time at most. `false` if the thread could not be started.
pub(super) fn wake_at_next(waker: &Waker) -> bool {
    static STARTED: OnceLock<bool> = OnceLock::new();
    let start = || thread::Builder::new().name("airssys-rounds".to_owned()).spawn(|| TICKER.run()).is_ok();
    let started = *STARTED.get_or_init(start);
    if started {
        TICKER.waiting().push(waker.clone());
        TICKER.begun.notify_one();
    }
    started
}

impl Ticker {
    fn waiting(&self) -> GlobalGuard<'_, Vec<Waker>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[allow(clippy::disallowed_methods)] // this is the door
    fn run(&self) {
        // Two buffers in alternation: a thread that registers in each round allocates nothing.
        let mut woken = Vec::with_capacity(BUFFER);
        loop {
            let mut waiting = self.waiting();
            while waiting.is_empty() {
                waiting = self.begun.wait(waiting).unwrap_or_else(PoisonError::into_inner);
            }
            drop(waiting);
            thread::sleep(ROUND);
            mem::swap(&mut woken, &mut *self.waiting());
            for waker in woken.drain(..) {
                catch(|| waker.wake());
            }
        }
    }
}

//! A thread that ends rounds, one for all runtimes of the program that have workers.
//!
//! A timer of the runtime could do that as well. But as long as one is pending, each worker that finds nothing to do reads the clock
//! and has the system set an alarm: a sixth of what an ask takes on two workers.

use crate::{
    rt::{catch, here::ROUND},
    sync::{GlobalCondvar, GlobalGuard, GlobalMutex, OnceLock, PoisonError},
};
use std::{mem, task::Waker, thread};

/// As many threads can ask in one round before a buffer grows.
const BUFFER: usize = 64;

static TICKER: Ticker = Ticker { waiting: GlobalMutex::new(Vec::new()), begun: GlobalCondvar::new() };

/// It ticks while somebody waits, and sleeps else.
struct Ticker {
    waiting: GlobalMutex<Vec<Waker>>,
    begun: GlobalCondvar,
}

/// Wakes `waker` at the next tick, in a round's time at most. `false` where there is no thread for that.
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
        // Two buffers in turns: whoever waits again and again allocates nothing.
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

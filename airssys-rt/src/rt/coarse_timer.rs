//! A coarse timer for each thread: wakes many tasks at the end of a [`TimerRound`], without a timer for each task.
//!
//! It belongs to the runtime that timers set on the thread belong to. A table finds a waker that is already registered in the
//! current round, without a lock.

use crate::{
    rt::{
        runtime::{self, RuntimeId},
        ticker::{self, ROUND},
        time::{self, Instant, Sleep},
        timer_round::{Alarm, DueWakers, TimerRound},
    },
    sync::Arc,
};
use std::{cell::RefCell, pin::Pin, ptr, task::Waker};

/// The largest number of wakers that wait for the end of one round. A waker keeps its task in memory, even if the task has ended.
const MAX_WAKERS: usize = 4096;

/// The number of wakers that are found again without a lock.
const TABLE_SIZE: usize = 256;

thread_local! {
    static TIMER: RefCell<Option<CoarseTimer>> = const { RefCell::new(None) };
}

/// A waker is registered, and is woken at the end of this round of this thread.
#[derive(Debug, Clone, Copy)]
pub(super) struct Registration {
    /// The memory address of the timer round.
    round: usize,
    number: u64,
    /// The time of the registration. `None` if the waker was found in the table: reading the clock would be most of the cost
    /// of a short wait. The registration was during this round then.
    pub(super) at: Option<Instant>,
}

impl Registration {
    fn is_current(self, timer: &CoarseTimer) -> bool {
        Arc::as_ptr(&timer.round).addr() == self.round && timer.round.number() == self.number
    }

    /// Registers `waker` for the end of the same round. `false` if that round has ended or belongs to another thread.
    pub(super) fn again(self, waker: &Waker) -> bool {
        let goes_on = TIMER.try_with(|timer| {
            timer.try_borrow().is_ok_and(|timer| timer.as_ref().is_some_and(|timer| self.is_current(timer)))
        });
        goes_on == Ok(true)
            && register(waker, false)
                .is_some_and(|again| (again.round, again.number) == (self.round, self.number))
    }
}

/// Registers `waker` to be woken at the end of a round.
///
/// With `exactly` the time of the registration is known. Returns `None` on a thread that ends, without a runtime, or with one
/// without timers.
#[inline]
pub(super) fn register(waker: &Waker, exactly: bool) -> Option<Registration> {
    let key = WakerKey::of(waker);
    let found = TIMER.try_with(|timer| {
        let timer = timer.try_borrow().ok()?;
        let timer = timer.as_ref()?;
        timer.finds(key).then(|| timer.registration((exactly || timer.clock_was_paused).then(time::now)))
    });
    match found {
        Ok(Some(registration)) => Some(registration),
        _ => register_first(waker, key),
    }
}

#[cold]
fn register_first(waker: &Waker, key: WakerKey) -> Option<Registration> {
    let registered = TIMER.try_with(|timer| {
        // Already borrowed if a waker polls its task directly, and that task registers.
        let mut timer = timer.try_borrow_mut().ok()?;
        let runtime = runtime::runtime_id()?;
        if timer.as_ref().is_none_or(|timer| timer.runtime != runtime) {
            *timer = Some(CoarseTimer::new(runtime)?);
        }
        let timer = timer.as_mut()?;
        let due = timer.register(waker, key);
        Some((timer.registration(Some(time::now())), due))
    });
    let (registration, mut due) = registered.ok().flatten()?;
    due.wake();
    Some(registration)
}

struct CoarseTimer {
    round: Arc<TimerRound<RoundAlarm>>,
    runtime: RuntimeId,
    /// The number of the round that the table is valid for.
    number: u64,
    /// The clock is or was paused, as in tests: the length of a round says nothing about the time of that clock.
    clock_was_paused: bool,
    table: Box<[TableEntry; TABLE_SIZE]>,
}

impl CoarseTimer {
    /// `None`: the runtime has no timers.
    fn new(runtime: RuntimeId) -> Option<Self> {
        if !time::has_timers() {
            return None;
        }
        let alarm = RoundAlarm { uses_ticker: runtime::has_workers(), sleep: Box::pin(None), set: false };
        let round = TimerRound::new(MAX_WAKERS, alarm);
        let table = Box::new([TableEntry::NONE; TABLE_SIZE]);
        Some(CoarseTimer { round, runtime, number: u64::MAX, clock_was_paused: false, table })
    }

    fn registration(&self, at: Option<Instant>) -> Registration {
        Registration { round: Arc::as_ptr(&self.round).addr(), number: self.number, at }
    }

    #[inline]
    fn finds(&self, key: WakerKey) -> bool {
        let entry = &self.table[key.index()];
        entry.key == key
            && self.round.number() == self.number
            && (entry.in_task || runtime::runtime_id() == Some(self.runtime))
    }

    fn register(&mut self, waker: &Waker, key: WakerKey) -> DueWakers {
        let (number, due) = self.round.register(waker);
        if number != self.number {
            self.number = number;
            self.clock_was_paused = time::clock_was_paused();
            self.table.fill(TableEntry::NONE);
        }
        self.table[key.index()] = TableEntry { key, in_task: runtime::in_task() };
        due
    }
}

#[derive(Clone, Copy)]
struct TableEntry {
    key: WakerKey,
    /// The waker is one of a task, which is always polled in the same runtime. Outside of tasks a thread may enter another runtime.
    in_task: bool,
}

impl TableEntry {
    const NONE: Self = TableEntry { key: WakerKey { data: 0, vtable: 0 }, in_task: false };
}

/// The identity of a waker. A registered waker lives until the end of the round, so until then no other waker has its key.
#[derive(Clone, Copy, PartialEq, Eq)]
struct WakerKey {
    data: usize,
    vtable: usize,
}

impl WakerKey {
    #[inline]
    fn of(waker: &Waker) -> Self {
        WakerKey { data: waker.data().addr(), vtable: ptr::from_ref(waker.vtable()).addr() }
    }

    /// The index in the table: the upper bits of a product, which depend on all bits.
    #[inline]
    fn index(self) -> usize {
        self.data.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as usize) >> (usize::BITS - TABLE_SIZE.ilog2())
    }
}

/// The ticker, or a timer of the runtime: in a runtime of one thread, where a timer costs no more, and on a paused clock.
struct RoundAlarm {
    /// The runtime has workers, which pay for a pending timer.
    uses_ticker: bool,
    /// One box for all rounds. Between two rounds it is empty, so that it keeps nothing of the runtime.
    sleep: Pin<Box<Option<Sleep>>>,
    set: bool,
}

impl RoundAlarm {
    #[cold]
    fn set_timer(&mut self, waker: &Waker) {
        loop {
            self.sleep.set(Some(time::sleep(ROUND)));
            let Some(sleep) = self.sleep.as_mut().as_pin_mut() else { return };
            // If its time has passed already, on a machine that was suspended, it wakes no task.
            if time::arm(sleep, waker) {
                return;
            }
        }
    }
}

impl Alarm for RoundAlarm {
    fn is_set(&self) -> bool {
        self.set
    }

    fn set(&mut self, waker: &Waker) {
        let ticks = self.uses_ticker && !time::clock_was_paused() && ticker::wake_at_next(waker);
        if !ticks {
            self.set_timer(waker);
        }
        self.set = true;
    }

    fn reset(&mut self) {
        self.sleep.set(None);
        self.set = false;
    }
}

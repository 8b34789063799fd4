//! The rounds of this thread, in the runtime that its timers belong to.

use crate::{
    rt::{
        self, Instant, RuntimeId, Sleep,
        rounds::{self, Woken},
        ticker,
    },
    sync::Arc,
};
use std::{cell::RefCell, pin::Pin, ptr, task::Waker, time::Duration};

/// How long a round takes at most: a 64th of a second.
pub(super) const ROUND: Duration = Duration::from_nanos(1_000_000_000 / 64);

/// How many wakers wait for the end of a round at most. They keep what they wake in memory, also if it is long over.
const MOST: usize = 4096;

/// How many of them are found again without a lock.
const FOUND: usize = 256;

type Rounds = rounds::Rounds<Alarm>;

thread_local! {
    static HERE: RefCell<Option<Here>> = const { RefCell::new(None) };
}

/// Somebody is noted, and will be woken at the end of this round of this thread.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noted {
    /// Where the rounds are in memory.
    rounds: usize,
    number: u64,
    /// When. Reading the clock would be most of what a short wait costs, so whoever was found does not know: it was in
    /// this round.
    pub(super) at: Option<Instant>,
}

impl Noted {
    fn is_in(self, here: &Here) -> bool {
        Arc::as_ptr(&here.rounds).addr() == self.rounds && here.rounds.number() == self.number
    }

    /// Sees to it that `waker` is woken at the end of the same round. `false`: it is over, or another thread's.
    pub(super) fn again(self, waker: &Waker) -> bool {
        let goes_on = HERE.try_with(|here| {
            here.try_borrow().is_ok_and(|here| here.as_ref().is_some_and(|here| self.is_in(here)))
        });
        goes_on == Ok(true)
            && note(waker, false)
                .is_some_and(|again| (again.rounds, again.number) == (self.rounds, self.number))
    }
}

/// Has `waker` woken at the end of a round. With `exactly` it is known when that was asked for. `None` where there is no
/// runtime, or no thread any more.
#[inline]
pub(super) fn note(waker: &Waker, exactly: bool) -> Option<Noted> {
    let key = Key::of(waker);
    let found = HERE.try_with(|here| {
        let here = here.try_borrow().ok()?;
        let here = here.as_ref()?;
        here.finds(key).then(|| here.noted((exactly || here.turned).then(rt::now)))
    });
    match found {
        Ok(Some(noted)) => Some(noted),
        _ => note_first(waker, key),
    }
}

#[cold]
fn note_first(waker: &Waker, key: Key) -> Option<Noted> {
    let noted = HERE.try_with(|here| {
        // Not if a waker polls what it wakes, and that comes by here.
        let mut here = here.try_borrow_mut().ok()?;
        let runtime = rt::runtime_id()?;
        if here.as_ref().is_none_or(|here| here.runtime != runtime) {
            *here = Some(Here::new(runtime));
        }
        let here = here.as_mut()?;
        let woken = here.note(waker, key);
        Some((here.noted(Some(rt::now())), woken))
    });
    let (noted, mut woken) = noted.ok().flatten()?;
    woken.wake();
    Some(noted)
}

struct Here {
    rounds: Arc<Rounds>,
    runtime: RuntimeId,
    /// The round that the table is of.
    number: u64,
    /// The clock is one that somebody turns at will, as tests do: how long a round was says nothing about it.
    turned: bool,
    table: Box<[Entry; FOUND]>,
}

impl Here {
    fn new(runtime: RuntimeId) -> Self {
        // A runtime without timers panics, and should do so at once, not when somebody answers late.
        drop(rt::sleep(ROUND));
        let rounds = Rounds::new(MOST, Alarm { ticks: rt::has_workers(), sleep: Box::pin(None), set: false });
        Here { rounds, runtime, number: u64::MAX, turned: false, table: Box::new([Entry::NONE; FOUND]) }
    }

    fn noted(&self, at: Option<Instant>) -> Noted {
        Noted { rounds: Arc::as_ptr(&self.rounds).addr(), number: self.number, at }
    }

    #[inline]
    fn finds(&self, key: Key) -> bool {
        let entry = &self.table[key.place()];
        entry.key == key
            && self.rounds.number() == self.number
            && (entry.in_task || rt::runtime_id() == Some(self.runtime))
    }

    fn note(&mut self, waker: &Waker, key: Key) -> Woken {
        let (number, woken) = self.rounds.note(waker);
        if number != self.number {
            self.number = number;
            self.turned = rt::clock_is_turned();
            self.table.fill(Entry::NONE);
        }
        self.table[key.place()] = Entry { key, in_task: rt::in_task() };
        woken
    }
}

#[derive(Clone, Copy)]
struct Entry {
    key: Key,
    /// Then it is always the same runtime that wakes it. A thread may enter another one.
    in_task: bool,
}

impl Entry {
    const NONE: Self = Entry { key: Key { data: 0, vtable: 0 }, in_task: false };
}

/// What a waker is known by. One that is noted lives until the end of the round, so until then no other observers like it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    data: usize,
    vtable: usize,
}

impl Key {
    #[inline]
    fn of(waker: &Waker) -> Self {
        Key { data: waker.data().addr(), vtable: ptr::from_ref(waker.vtable()).addr() }
    }

    /// Where it is in the table: the upper bits depend on all bits.
    #[inline]
    fn place(self) -> usize {
        self.data.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as usize) >> (usize::BITS - FOUND.ilog2())
    }
}

/// The ticker, or a timer of the runtime: on one thread, where it is no dearer, and for a clock that is turned.
struct Alarm {
    /// The runtime is one whose workers pay for a timer.
    ticks: bool,
    /// Not a box for each round: this one lasts. It is empty in between, so that nothing of the runtime is kept.
    sleep: Pin<Box<Option<Sleep>>>,
    set: bool,
}

impl Alarm {
    #[cold]
    fn set_timer(&mut self, waker: &Waker) {
        loop {
            self.sleep.set(Some(rt::sleep(ROUND)));
            let Some(sleep) = self.sleep.as_mut().as_pin_mut() else { return };
            // Over already, on a machine that slept, it wakes nobody.
            if rt::set(sleep, waker) {
                return;
            }
        }
    }
}

impl rounds::Alarm for Alarm {
    fn is_set(&self) -> bool {
        self.set
    }

    fn set(&mut self, waker: &Waker) {
        let ticks = self.ticks && !rt::clock_is_turned() && ticker::wake_at_next(waker);
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

use crate::{
    rt::catch,
    sync::{Acquire, Arc, AtomicU64, Mutex, Relaxed, Release},
};
use std::{
    mem,
    task::{Wake, Waker},
};

/// Room for so many is there from the first.
const FEW: usize = 4;

/// Wakes whoever is noted, all at once at the end of a round. The next begins at once, with nobody in it; as long as nobody
/// is, no alarm is set.
///
/// Nobody is ever taken out. So a task that waits again and again for a moment is noted once in a round, and what that costs
/// is a look at the number of the round.
#[derive(Debug)]
pub(super) struct Rounds<A> {
    number: AtomicU64,
    inside: Mutex<Inside<A>>,
    /// With so many in it, a round ends at once.
    most: usize,
}

#[derive(Debug)]
struct Inside<A> {
    noted: Vec<Waker>,
    /// Room for the next round, so that whoever is noted in each allocates nothing.
    spare: Vec<Waker>,
    alarm: A,
}

/// What ends a round.
pub(super) trait Alarm: Send + 'static {
    fn is_set(&self) -> bool;
    /// Wakes `waker` when the time has come, not before this is over.
    fn set(&mut self, waker: &Waker);
    fn reset(&mut self);
}

impl<A: Alarm> Rounds<A> {
    pub(super) fn new(most: usize, alarm: A) -> Arc<Self> {
        let inside = Mutex::new(Inside { noted: Vec::new(), spare: Vec::with_capacity(FEW), alarm });
        Arc::new(Rounds { number: AtomicU64::new(0), inside, most })
    }

    /// Whoever is noted in the round of this number will be woken.
    // Acquire, and a round is counted before anybody is woken at its end: a task that was woken sees the next number. One
    // that sees the old number has not been woken yet.
    #[inline]
    pub(super) fn number(&self) -> u64 {
        self.number.load(Acquire)
    }

    /// Notes a waker, and says in which round. Whoever was in one that is full is to be woken, by the caller: it may hold
    /// something that they need.
    pub(super) fn note(self: &Arc<Self>, waker: &Waker) -> (u64, Woken) {
        let (waker, end) = (waker.clone(), Waker::from(self.clone()));
        let mut inside = self.inside.lock();
        if !inside.alarm.is_set() {
            // Locked, or the alarm could be over before it counts as set. It may panic; nothing has changed by then.
            inside.alarm.set(&end);
        }
        let full = inside.noted.len() >= self.most;
        // The alarm stays as it is: the next round is a shorter one.
        let woken = if full { self.next(&mut inside) } else { Vec::new() };
        inside.noted.push(waker);
        (self.number.load(Relaxed), Woken(woken)) // written under this lock only
    }

    fn end(&self) {
        let mut inside = self.inside.lock();
        inside.alarm.reset();
        let mut woken = Woken(self.next(&mut inside));
        drop(inside);
        woken.wake();
        self.inside.lock().spare = mem::take(&mut woken.0);
    }

    fn next(&self, inside: &mut Inside<A>) -> Vec<Waker> {
        self.number.store(self.number.load(Relaxed) + 1, Release); // written under this lock only
        let spare = mem::take(&mut inside.spare);
        mem::replace(&mut inside.noted, spare)
    }
}

impl<A: Alarm> Wake for Rounds<A> {
    fn wake(self: Arc<Self>) {
        self.end();
    }
}

/// Those of a round that is over.
#[must_use = "nobody else wakes them"]
#[derive(Debug)]
pub(super) struct Woken(Vec<Waker>);

impl Woken {
    pub(super) fn wake(&mut self) {
        for waker in self.0.drain(..) {
            // One that panics does not keep the others asleep. Woken by value: a reference would do without a write that
            // the next poll of the task could not miss, and that poll must see the number of the next round.
            catch(|| waker.wake());
        }
    }
}

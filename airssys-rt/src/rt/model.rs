//! Model tests of the timer round under loom and shuttle: a registered waker is woken.
//!
//! This holds in every interleaving with the end of its round. A model that hangs is reported as a deadlock.

use crate::{
    rt::timer_round::{Alarm, TimerRound},
    sync::{
        Arc, AtomicBool, Relaxed,
        check::{block_on, block_on_task, check, thread},
    },
};
use std::{
    future::poll_fn,
    task::{Context, Poll, Waker},
};

/// An alarm that goes off when the model says so.
#[derive(Debug, Default)]
struct ManualAlarm(Arc<AtomicBool>);

impl Alarm for ManualAlarm {
    fn is_set(&self) -> bool {
        self.0.load(Relaxed)
    }

    fn set(&mut self, _: &Waker) {
        self.0.store(true, Relaxed);
    }

    fn reset(&mut self) {
        self.0.store(false, Relaxed);
    }
}

fn timer_round(max_wakers: usize) -> (Arc<TimerRound<ManualAlarm>>, Arc<AtomicBool>) {
    let is_set = Arc::new(AtomicBool::new(false));
    (TimerRound::new(max_wakers, ManualAlarm(is_set.clone())), is_set)
}

/// Lets the alarm go off in another thread, as a driver of timers does.
fn ring(round: &Arc<TimerRound<ManualAlarm>>) -> thread::JoinHandle<()> {
    let end = Waker::from(round.clone());
    thread::spawn(move || end.wake())
}

fn register(round: &Arc<TimerRound<ManualAlarm>>, cx: &Context<'_>) -> u64 {
    let (number, mut due) = round.register(cx.waker());
    due.wake();
    number
}

/// A task that reads the number of its round is not registered again: its first registration must wake it.
#[test]
fn a_task_that_reads_the_number_of_its_round_is_woken_at_its_end() {
    check(|| {
        let (round, _) = timer_round(9);
        let (mut alarm, mut registered) = (None, 0);
        block_on(poll_fn(|cx| {
            if alarm.is_none() {
                registered = register(&round, cx);
                alarm = Some(ring(&round));
            }
            if round.number() == registered { Poll::Pending } else { Poll::Ready(()) }
        }));
        alarm.unwrap().join().unwrap();
    });
}

/// The same for a task that something else wakes meanwhile, as an answer does: a poll that reads the old number is before the wake of the
/// round, and is followed by another poll. The loads and stores of the number are relaxed, so only the wake can order them.
#[test]
fn a_task_that_another_thread_wakes_is_woken_at_the_end_of_its_round() {
    check(|| {
        let (round, _) = timer_round(9);
        let (mut others, mut registered) = (Vec::new(), 0);
        block_on_task(poll_fn(|cx| {
            if others.is_empty() {
                registered = register(&round, cx);
                others.push(ring(&round));
                let waker = cx.waker().clone();
                others.push(thread::spawn(move || waker.wake_by_ref()));
            }
            if round.number() == registered { Poll::Pending } else { Poll::Ready(()) }
        }));
        others.into_iter().for_each(|other| other.join().unwrap());
    });
}

/// A registration at the same time as the end of a round is in that round, or sets the alarm of the next one.
#[test]
fn a_task_that_registers_at_the_end_of_a_round_is_woken_by_it_or_by_the_next() {
    check(|| {
        let (round, is_set) = timer_round(9);
        let (first, _due) = round.register(Waker::noop());
        let mut alarms = vec![ring(&round)];
        let mut registered = None;
        block_on(poll_fn(|cx| {
            let number = *registered.get_or_insert_with(|| register(&round, cx));
            if round.number() != number {
                return Poll::Ready(());
            }
            if number != first && alarms.len() == 1 {
                assert!(is_set.load(Relaxed), "the next round has a waker");
                alarms.push(ring(&round));
            }
            Poll::Pending
        }));
        alarms.into_iter().for_each(|alarm| alarm.join().unwrap());
    });
}

/// A registration that ends a full round, while the alarm ends it as well.
#[test]
fn the_tasks_of_a_full_round_are_woken() {
    check(|| {
        let (round, _) = timer_round(1);
        let mut others = Vec::new();
        let mut registered = 0;
        block_on(poll_fn(|cx| {
            if others.is_empty() {
                registered = register(&round, cx);
                others.push(ring(&round));
                let round = round.clone();
                others.push(thread::spawn(move || {
                    let (_, mut due) = round.register(Waker::noop());
                    due.wake();
                }));
            }
            if round.number() == registered { Poll::Pending } else { Poll::Ready(()) }
        }));
        others.into_iter().for_each(|other| other.join().unwrap());
    });
}

//! The rounds of a thread under loom and shuttle: whoever is noted is woken, whatever its round meets at its end. A model
//! that hangs is reported as a deadlock.

use crate::{
    rt::rounds::{Alarm, Rounds},
    sync::{
        Arc, AtomicBool, Relaxed,
        check::{block_on, check, thread},
    },
};
use std::{
    future::poll_fn,
    task::{Context, Poll, Waker},
};

/// Goes off when the model says so.
#[derive(Debug, Default)]
struct ByHand(Arc<AtomicBool>);

impl Alarm for ByHand {
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

fn rounds(most: usize) -> (Arc<Rounds<ByHand>>, Arc<AtomicBool>) {
    let is_set = Arc::new(AtomicBool::new(false));
    (Rounds::new(most, ByHand(is_set.clone())), is_set)
}

/// In another thread, as a driver of timers does.
fn ring(rounds: &Arc<Rounds<ByHand>>) -> thread::JoinHandle<()> {
    let end = Waker::from(rounds.clone());
    thread::spawn(move || end.wake())
}

fn note(rounds: &Arc<Rounds<ByHand>>, cx: &Context<'_>) -> u64 {
    let (number, mut woken) = rounds.note(cx.waker());
    woken.wake();
    number
}

/// A task that asks a second time and finds itself noted is not noted again: the first note has to wake it.
#[test]
fn who_sees_the_number_of_its_round_is_woken_at_its_end() {
    check(|| {
        let (rounds, _) = rounds(9);
        let (mut alarm, mut noted) = (None, 0);
        block_on(poll_fn(|cx| {
            if alarm.is_none() {
                noted = note(&rounds, cx);
                alarm = Some(ring(&rounds));
            }
            if rounds.number() == noted { Poll::Pending } else { Poll::Ready(()) }
        }));
        alarm.unwrap().join().unwrap();
    });
}

/// A note that meets the end of a round is in that one, or sets the alarm of the next.
#[test]
fn who_comes_at_the_end_of_a_round_is_woken_by_it_or_by_the_next() {
    check(|| {
        let (rounds, is_set) = rounds(9);
        let (first, _woken) = rounds.note(Waker::noop());
        let mut alarms = vec![ring(&rounds)];
        let mut noted = None;
        block_on(poll_fn(|cx| {
            let number = *noted.get_or_insert_with(|| note(&rounds, cx));
            if rounds.number() != number {
                return Poll::Ready(());
            }
            if number != first && alarms.len() == 1 {
                assert!(is_set.load(Relaxed), "somebody is in the next round");
                alarms.push(ring(&rounds));
            }
            Poll::Pending
        }));
        alarms.into_iter().for_each(|alarm| alarm.join().unwrap());
    });
}

/// With most in it, the next one ends a round while the alarm does so as well.
#[test]
fn those_of_a_full_round_are_woken() {
    check(|| {
        let (rounds, _) = rounds(1);
        let mut others = Vec::new();
        let mut noted = 0;
        block_on(poll_fn(|cx| {
            if others.is_empty() {
                noted = note(&rounds, cx);
                others.push(ring(&rounds));
                let rounds = rounds.clone();
                others.push(thread::spawn(move || {
                    let (_, mut woken) = rounds.note(Waker::noop());
                    woken.wake();
                }));
            }
            if rounds.number() == noted { Poll::Pending } else { Poll::Ready(()) }
        }));
        others.into_iter().for_each(|other| other.join().unwrap());
    });
}

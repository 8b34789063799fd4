//! Model tests of the reply slot under loom: an asker is notified exactly once, however the slot ends.
//!
//! Shuttle cannot check the atomics in it: they are in the channel's crate, which supports loom only.

use crate::{
    reply::{Answer, Cause, ReplySlot, pair},
    sync::{
        Arc, AtomicU64, Relaxed,
        check::{block_on, check, thread},
    },
};

/// Counts how often it is dropped.
struct Counted(Arc<AtomicU64>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Relaxed);
    }
}

fn counted() -> (Arc<AtomicU64>, ReplySlot<Counted>, Answer<Counted>, Counted) {
    let drops = Arc::new(AtomicU64::new(0));
    let (slot, answer) = pair();
    let reply = Counted(drops.clone());
    (drops, slot, answer, reply)
}

#[test]
fn an_answer_wakes_the_asker() {
    check(|| {
        let (drops, slot, answer, reply) = counted();
        let actor = thread::spawn(move || slot.answer(reply));
        assert!(block_on(answer.outcome()).is_ok());
        assert!(actor.join().unwrap(), "the asker has the answer, so it is not late");
        assert_eq!(drops.load(Relaxed), 1);
    });
}

#[test]
fn a_slot_that_is_dropped_wakes_the_asker() {
    check(|| {
        let (slot, answer) = pair::<u32>();
        let actor = thread::spawn(move || drop(slot));
        assert_eq!(block_on(answer.outcome()), Err(Cause::NoReply));
        actor.join().unwrap();
    });
}

#[test]
fn a_refusal_wakes_the_asker() {
    check(|| {
        let (mut slot, answer) = pair::<u32>();
        let actor = thread::spawn(move || slot.refuse(Cause::Stopped));
        assert_eq!(block_on(answer.outcome()), Err(Cause::Stopped));
        actor.join().unwrap();
    });
}

/// An answer that races with an asker that stops waiting may be late or not; it is dropped once in each case.
#[test]
fn an_answer_to_an_asker_that_stops_waiting_is_dropped_once() {
    check(|| {
        let (drops, slot, answer, reply) = counted();
        let asker = thread::spawn(move || drop(answer));
        slot.answer(reply);
        asker.join().unwrap();
        assert_eq!(drops.load(Relaxed), 1);
    });
}

//! The members of a kind under loom and shuttle: an id is one actor's for ever.

use crate::{
    id::ActorId,
    registry::Members,
    sync::{
        Arc, AtomicU64, Relaxed,
        check::{check, thread},
    },
};

type Ids = Arc<Members<ActorId>>;

fn members() -> (Ids, ActorId) {
    let members = Members::new(3);
    let first = *members.insert(|id| id).expect("there is room");
    (Arc::new(members), first)
}

fn spawn<T: Send + 'static>(
    members: &Ids,
    code: impl FnOnce(&Ids) -> T + Send + 'static,
) -> thread::JoinHandle<T> {
    let members = members.clone();
    thread::spawn(move || code(&members))
}

/// RG-03, for the slot: a lookup that meets the end finds the member or nobody, never the next one in its slot.
#[test]
fn a_lookup_never_finds_somebody_else() {
    check(|| {
        let (members, first) = members();
        let other = spawn(&members, move |members| {
            members.remove(first, || {});
            *members.insert(|id| id).expect("there is room")
        });
        if let Some(found) = members.find(first) {
            assert_eq!(*found, first);
        }
        let second = other.join().unwrap();
        assert_eq!(second.slot(), first.slot(), "the slot is used again");
        assert_eq!(members.find(first), None);
        assert_eq!(members.find(second).as_deref(), Some(&second));
    });
}

/// Two that enter, and one that leaves twice: each has a slot of its own.
#[test]
fn no_slot_is_given_to_two() {
    check(|| {
        let (members, first) = members();
        let enter = move |members: &Ids| {
            members.remove(first, || {});
            *members.insert(|id| id).expect("there is room")
        };
        let other = spawn(&members, enter);
        let (one, other) = (enter(&members), other.join().unwrap());
        assert_ne!(one.slot(), other.slot());
        assert_eq!(members.find(one).as_deref(), Some(&one));
        assert_eq!(members.find(other).as_deref(), Some(&other));
    });
}

/// What a member takes to the totals when it leaves is seen once by whoever observers, at the member or in the total.
#[test]
fn what_a_member_leaves_behind_is_seen_once() {
    check(|| {
        let (members, first) = members();
        let total = Arc::new(AtomicU64::new(0));
        let added = total.clone();
        let leaver = spawn(&members, move |members| {
            members.remove(first, || {
                added.fetch_add(1, Relaxed);
            });
        });
        let seen = members.with_members(|members| members.count() as u64 + total.load(Relaxed));
        assert_eq!(seen, 1);
        leaver.join().unwrap();
    });
}

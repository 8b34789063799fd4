//! Model tests of the registry under loom and shuttle: an id belongs to one actor for ever.

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
    let first = *members.insert(|id| id).expect("a slot is free");
    (Arc::new(members), first)
}

fn spawn<T: Send + 'static>(
    members: &Ids,
    code: impl FnOnce(&Ids) -> T + Send + 'static,
) -> thread::JoinHandle<T> {
    let members = members.clone();
    thread::spawn(move || code(&members))
}

/// RG-03, for the slot: a lookup during a removal finds the member or none, never the next member in its slot.
#[test]
fn a_lookup_never_finds_another_member() {
    check(|| {
        let (members, first) = members();
        let other = spawn(&members, move |members| {
            members.remove(first, || {});
            *members.insert(|id| id).expect("a slot is free")
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

/// Two insertions, and a member that is removed twice: each new member has a slot of its own.
#[test]
fn no_slot_is_given_to_two_members() {
    check(|| {
        let (members, first) = members();
        let insert = move |members: &Ids| {
            members.remove(first, || {});
            *members.insert(|id| id).expect("a slot is free")
        };
        let other = spawn(&members, insert);
        let (one, other) = (insert(&members), other.join().unwrap());
        assert_ne!(one.slot(), other.slot());
        assert_eq!(members.find(one).as_deref(), Some(&one));
        assert_eq!(members.find(other).as_deref(), Some(&other));
    });
}

/// A reader counts what a removed member adds to a total once: at the member or in the total.
#[test]
fn a_removed_member_is_counted_once() {
    check(|| {
        let (members, first) = members();
        let total = Arc::new(AtomicU64::new(0));
        let added = total.clone();
        let remover = spawn(&members, move |members| {
            members.remove(first, || {
                added.fetch_add(1, Relaxed);
            });
        });
        let mut count = 0;
        members.with_members(&mut |member| count += if member.is_some() { 1 } else { total.load(Relaxed) });
        assert_eq!(count, 1);
        remover.join().unwrap();
    });
}

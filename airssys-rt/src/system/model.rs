//! Model tests of the shutdown under loom and shuttle: it begins once, and no actor starts unnoticed after it.

use crate::{
    registry::Members,
    sync::{
        Arc, AtomicU64, Relaxed,
        check::{check, thread},
    },
    system::shutdown_state::ShutdownState,
};

/// SD-08
#[test]
fn a_shutdown_begins_once() {
    check(|| {
        let ending = Arc::new(ShutdownState::default());
        let others = [(); 2].map(|()| {
            let ending = ending.clone();
            thread::spawn(move || usize::from(ending.begin()))
        });
        let mut elected = usize::from(ending.begin());
        for other in others {
            elected += other.join().unwrap();
        }
        assert_eq!(elected, 1);
        assert!(ending.has_begun());
    });
}

/// A thread that observes the shutdown also observes what was written before it.
#[test]
fn earlier_writes_are_visible_after_the_shutdown_is() {
    check(|| {
        let ending = Arc::new((ShutdownState::default(), AtomicU64::new(0)));
        let other = {
            let ending = ending.clone();
            thread::spawn(move || {
                ending.1.store(1, Relaxed);
                ending.0.begin();
            })
        };
        if ending.0.has_begun() {
            assert_eq!(ending.1.load(Relaxed), 1);
        }
        other.join().unwrap();
    });
}

/// SD-07: an actor that starts during a shutdown is refused, or the shutdown finds it among the members.
#[test]
fn an_actor_that_starts_during_a_shutdown_is_refused_or_found() {
    check(|| {
        let system = Arc::new((ShutdownState::default(), Members::new(0)));
        let spawner = {
            let system = system.clone();
            thread::spawn(move || {
                // The order of a spawn: the actor is inserted into the members, then checks whether a shutdown has begun.
                let _member = system.1.insert(|id| id).expect("the members have a free slot");
                system.0.has_begun()
            })
        };
        system.0.begin();
        let mut found = 0;
        system.1.with_members(&mut |member| found += u32::from(member.is_some()));
        let refused = spawner.join().unwrap();
        assert!(refused || found == 1, "the actor is neither refused nor found");
    });
}

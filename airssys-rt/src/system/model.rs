//! The end of a system under loom and shuttle: it begins once, and nobody slips in behind it.

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

/// Whoever sees the end sees what was done before it.
#[test]
fn the_end_comes_after_what_was_before() {
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

/// SD-07: an actor that starts while the system ends is refused, or the end sees it.
#[test]
fn an_actor_that_starts_at_the_end_is_refused_or_seen() {
    check(|| {
        let system = Arc::new((ShutdownState::default(), Members::new(0)));
        let spawner = {
            let system = system.clone();
            thread::spawn(move || {
                // In the order of a spawn: it can be reached, then it observers whether it may.
                let _member = system.1.insert(|id| id).expect("there is room");
                system.0.has_begun()
            })
        };
        system.0.begin();
        let seen = system.1.with_members(|members| members.count());
        let refused = spawner.join().unwrap();
        assert!(refused || seen == 1, "nobody knows of it");
    });
}

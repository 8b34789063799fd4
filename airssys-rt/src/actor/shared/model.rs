//! Model tests of the counters under loom and shuttle: the number of handled messages never goes back and is never too large.

use crate::{
    actor::shared::Totals,
    sync::{
        Arc, AtomicU64, Relaxed,
        check::{check, thread},
    },
};
use std::iter;

/// An actor fails once and handles a message; a reader reads the counters twice.
#[test]
fn the_number_of_handled_messages_never_goes_back() {
    check(|| {
        let shared = Arc::new((Totals::default(), AtomicU64::new(1)));
        let actor = {
            let shared = shared.clone();
            thread::spawn(move || {
                let (totals, done) = &*shared;
                totals.count_failed();
                done.store(2, Relaxed); // as the mailbox does
                done.store(3, Relaxed);
            })
        };
        // One message was handled before.
        let handled =
            |shared: &(Totals, AtomicU64)| shared.0.counters(iter::once((3, shared.1.load(Relaxed)))).handled;
        let (first, second) = (handled(&shared), handled(&shared));
        assert!(first <= second && second <= 2, "{first}, then {second}");
        actor.join().unwrap();
        assert_eq!(handled(&shared), 2);
    });
}

//! Messages, actors and systems in the body of a function.
#![deny(warnings)]

use airssys_rt::prelude::*;

fn main() {
    #[message(reply = u64)]
    struct Total;

    #[event]
    #[derive(Clone)]
    struct Deposited(u64);

    #[derive(Default)]
    struct Auditor {
        total: u64,
    }

    #[actor]
    impl Auditor {
        #[handler]
        fn total(&self, _: Total) -> u64 {
            self.total
        }

        #[on_event]
        fn deposited(&mut self, Deposited(cents): Deposited) {
            self.total += cents;
        }
    }

    #[actor_system(actors(Auditor), events(entry Deposited))]
    struct Bank;

    let _ = (Auditor::default(), Deposited(1), Total, Bank);
    assert!(Bank::topology().to_mermaid().contains("Auditor"));
}

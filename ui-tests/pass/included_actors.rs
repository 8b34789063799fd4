//! A system that includes the actors and events of libraries, one of which includes the list of another one.
#![deny(warnings)]

use airssys_rt::prelude::*;

use airssys_rt_ui_tests::billing::{Charge, Total};
use airssys_rt_ui_tests::shop::{self, Till};

/// A list of this crate, in a module.
mod own {
    use airssys_rt::prelude::*;

    use super::Total;

    #[derive(Default)]
    pub(crate) struct Counter(u64);

    #[actor]
    impl Counter {
        #[handler(entry)]
        fn total(&self, _: Total) -> u64 {
            self.0
        }
    }

    pub(super) mod inner {
        use airssys_rt::prelude::*;

        #[actor_list(include(airssys_rt_ui_tests::billing::Actors), actors(entry super::Counter))]
        pub(crate) struct List;
    }

    mod private {
        use airssys_rt::prelude::*;

        #[actor_list(include(airssys_rt_ui_tests::billing::Actors))]
        pub(super) struct OfTheModule;

        #[actor_list(include(OfTheModule), actors(entry super::super::Desk))]
        pub(in crate::own) struct OfTheParent;

        #[actor_list(include(self::OfTheParent))]
        struct Own;

        #[actor_system(include(airssys_rt_ui_tests::shop::Actors, Own))]
        struct Inner;

        #[test]
        fn it_is_a_system() {
            let _ = Inner::topology();
        }
    }

    #[actor_system(include(private::OfTheParent, airssys_rt_ui_tests::shop::Actors))]
    pub struct Outer;

    /// It has what `inner` has.
    #[actor_list(include(inner::List))]
    pub(crate) struct All;
}

pub struct Desk {
    till: ActorRef<Till>,
}

#[actor(asks(Till))]
impl Desk {
    #[handler(entry)]
    async fn charge(&mut self, charge: Charge, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        Ok(ctx.ask(&self.till, charge).await?)
    }
}

// `billing::Actors` is reached twice, and included once.
#[actor_system(strict, include(shop::Actors, own::All), actors(entry Desk))]
pub struct Bank;

fn main() {
    let topology = Bank::topology();
    assert_eq!(topology.warnings(), []);
    let actors: Vec<_> = topology.actors().collect();
    assert_eq!(actors, ["Desk", "Till", "Ledger", "Invoices", "Charges", "Counter"]);
    assert_eq!(topology.events().collect::<Vec<_>>(), ["Charged"]);
}

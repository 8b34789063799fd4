//! A library with actors, which it lists once, and another one that needs them.

use airssys_rt::prelude::*;

#[message(reply = u64)]
#[derive(Debug)]
pub struct Total;

#[message(reply = u64)]
#[derive(Debug)]
pub struct Charge(pub u64);

#[event]
#[derive(Debug, Clone)]
pub struct Charged(pub u64);

#[derive(Default)]
pub struct Ledger {
    total: u64,
}

#[actor]
impl Ledger {
    #[handler]
    fn charge(&mut self, Charge(amount): Charge) -> u64 {
        self.total += amount;
        self.total
    }

    #[handler(entry)]
    fn total(&self, _: Total) -> u64 {
        self.total
    }
}

pub struct Invoices {
    pub ledger: ActorRef<Ledger>,
}

#[actor(asks(Ledger), publishes(Charged))]
impl Invoices {
    #[handler(entry)]
    async fn charge(&mut self, charge: Charge, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        ctx.publish(Charged(charge.0));
        Ok(ctx.ask(&self.ledger, charge).await?)
    }
}

/// Keeps the last message of one type.
pub struct Drawer<T> {
    pub last: Option<T>,
}

#[actor]
impl<T: Message> Drawer<T> {
    #[handler(entry)]
    fn total(&self, _: Total) -> u64 {
        u64::from(self.last.is_some())
    }
}

#[actor_list(actors(entry Ledger, entry Invoices, entry Drawer<Charge> as Charges), events(entry Charged))]
pub struct Actors;

/// A library whose actor asks one of `billing`.
pub mod shop {
    use super::{Charge, Charged, Invoices, Total};
    use airssys_rt::prelude::*;

    pub struct Till {
        pub invoices: ActorRef<Invoices>,
        pub seen: u64,
    }

    #[actor(asks(Invoices))]
    impl Till {
        #[handler(entry)]
        async fn charge(&mut self, charge: Charge, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
            Ok(ctx.ask(&self.invoices, charge).await?)
        }

        #[handler(entry)]
        fn total(&self, _: Total) -> u64 {
            self.seen
        }

        #[on_event]
        fn charged(&mut self, Charged(amount): Charged) {
            self.seen += amount;
        }
    }

    #[actor_list(include(super::Actors), actors(entry Till))]
    pub struct Actors;
}

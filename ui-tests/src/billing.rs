//! A library with actors, which it lists once.

use airssys_rt::prelude::*;

/// Asks for the amount of all invoices.
#[message(reply = u64)]
#[derive(Debug)]
pub struct Total;

/// Charges an amount.
#[message(reply = u64)]
#[derive(Debug)]
pub struct Charge(pub u64);

/// An amount was charged.
#[event]
#[derive(Debug, Clone)]
pub struct Charged(pub u64);

/// Adds up what is charged.
#[derive(Debug, Default)]
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

/// Charges by the ledger.
#[derive(Debug)]
pub struct Invoices {
    /// The ledger.
    pub ledger: ActorRef<Ledger>,
}

#[actor(asks(Ledger), publishes(Charged))]
impl Invoices {
    #[handler(entry)]
    async fn charge(&mut self, charge: Charge, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        let Charge(amount) = charge;
        ctx.publish(Charged(amount));
        Ok(ctx.ask(&self.ledger, charge).await?)
    }
}

/// A drawer for messages of one type.
#[derive(Debug, Default)]
pub struct Drawer<T> {
    /// The last one.
    pub last: Option<T>,
}

#[actor]
impl<T: Message> Drawer<T> {
    #[handler(entry)]
    fn total(&self, _: Total) -> u64 {
        u64::from(self.last.is_some())
    }
}

/// The actors and events of this library.
#[actor_list(actors(entry Ledger, entry Invoices, entry Drawer<self::Charge> as Charges), events(entry Charged))]
pub struct Actors;

/// A list that lacks an actor which one of its actors asks.
pub mod incomplete {
    use airssys_rt::prelude::*;

    /// `Invoices` asks `Ledger`.
    #[actor_list(actors(entry super::Invoices), events(entry super::Charged))]
    pub struct Actors;
}

/// A list with a cycle: both actors ask each other.
pub mod knot {
    use airssys_rt::prelude::*;

    /// An end of the knot.
    #[derive(Debug)]
    pub struct Near(pub ActorRef<Far>);

    /// The other end.
    #[derive(Debug)]
    pub struct Far(pub ActorRef<Near>);

    #[actor(asks(Far))]
    impl Near {
        #[handler(entry)]
        async fn total(&mut self, total: super::Total, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
            Ok(ctx.ask(&self.0, total).await?)
        }
    }

    #[actor(asks(Near))]
    impl Far {
        #[handler]
        async fn total(&mut self, total: super::Total, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
            Ok(ctx.ask(&self.0, total).await?)
        }
    }

    /// Both ends.
    #[actor_list(actors(Near, Far))]
    pub struct Actors;
}

/// A list with an actor of the same name as one of another list.
pub mod other {
    use airssys_rt::prelude::*;

    /// Another ledger.
    #[derive(Debug)]
    pub struct Ledger;

    #[actor]
    impl Ledger {
        #[handler(entry)]
        fn total(&self, _: super::Total) -> u64 {
            0
        }
    }

    /// The other ledger.
    #[actor_list(actors(entry Ledger))]
    pub struct Actors;
}

//! A library whose actors need those of another one: its list includes the other list.

use airssys_rt::prelude::*;

/// The other library.
pub mod bills {
    pub use crate::billing::{Actors as AllOfBilling, Charge, Charged, Invoices, Total};
}

/// Sells for an amount.
#[derive(Debug)]
pub struct Till {
    /// Where it is charged.
    pub invoices: ActorRef<bills::Invoices>,
    /// The sum of what was charged.
    pub seen: u64,
}

#[actor(asks(bills::Invoices), mailbox(capacity = 64, overflow = Drop))]
impl Till {
    #[handler(entry)]
    async fn charge(&mut self, charge: bills::Charge, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        Ok(ctx.ask(&self.invoices, charge).await?)
    }

    #[handler(entry)]
    fn total(&self, _: bills::Total) -> u64 {
        self.seen
    }

    #[on_event]
    fn charged(&mut self, bills::Charged(amount): bills::Charged) {
        self.seen += amount;
    }
}

/// The actors of this library, with those that they need.
#[actor_list(include(bills::AllOfBilling), actors(entry Till))]
pub struct Actors;

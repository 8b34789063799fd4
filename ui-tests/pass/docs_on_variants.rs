//! Generated public items are documented, so `missing_docs` finds none.
#![deny(warnings, missing_docs, missing_debug_implementations, unnameable_types, unreachable_pub)]
#![deny(single_use_lifetimes, unused_lifetimes, unused_qualifications)]

use airssys_rt::prelude::*;

/// Resets the account.
#[message]
#[derive(Debug)]
pub struct Reset;

/// The account was closed.
#[event]
#[derive(Clone, Debug)]
pub struct Closed;

/// An account.
#[derive(Debug)]
pub struct Account;

#[actor(publishes(Closed))]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset, ctx: &mut ActorContext<Self>) {
        ctx.publish(Closed);
    }
}

/// A bank.
#[actor_system(actors(Account), events(entry Closed))]
#[derive(Debug)]
pub struct Bank;

/// A bank without events.
#[actor_system(actors(Account as Only), events(entry Closed))]
#[derive(Debug)]
pub struct Other;

fn main() {}

//! A message on its way out warns whoever uses it, not its actor or its system.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message]
#[deprecated]
pub struct Old;

#[deprecated]
#[event]
#[derive(Clone)]
pub struct OldEvent;

pub struct Account;

#[allow(deprecated)]
#[actor(publishes(OldEvent))]
impl Account {
    #[handler]
    fn old(&mut self, _: Old, ctx: &mut ActorContext<Self>) {
        ctx.publish(OldEvent);
    }
}

#[actor_system(actors(Account), events(entry OldEvent))]
pub struct Bank;

fn main() {}

//! A deprecated message: its uses are warnings, its actor and its system are not.
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

#![deny(warnings)] // a warning can be a test only as an error

use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Account;

#[actor(publishes(Closed))]
impl Account {
    #[handler]
    fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) {
        ctx.publish(Closed);
    }
}

#[actor_system(actors(Account), events(Closed))] //~
pub struct Bank;

fn main() {}

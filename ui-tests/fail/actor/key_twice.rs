use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[event]
#[derive(Clone)]
pub struct Closed;

#[event]
#[derive(Clone)]
pub struct Reopened;

pub struct Account;

#[actor(
    publishes(Closed),
    publishes(Reopened) //~
)]
impl Account {
    #[handler]
    fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) {
        ctx.publish(Closed);
        ctx.publish(Reopened);
    }
}

fn main() {}

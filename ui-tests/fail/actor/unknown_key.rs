use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Account;

#[actor(publish(Closed))] //~
impl Account {
    #[handler]
    fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) {
        ctx.publish(Closed);
    }
}

fn main() {}

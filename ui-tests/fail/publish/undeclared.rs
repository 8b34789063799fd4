use airssys_rt::prelude::*;

#[event]
#[derive(Clone)]
pub struct Closed;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset, ctx: &mut ActorContext<Self>) {
        ctx.publish(Closed); //~
    }
}

fn main() {}

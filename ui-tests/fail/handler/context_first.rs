use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: &mut ActorContext<Self>, _: Reset) {} //~
}

fn main() {}

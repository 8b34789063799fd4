use airssys_rt::prelude::*;

#[event]
pub struct Closed; //~

pub struct Account;

#[actor(publishes(Closed))]
impl Account {
    #[on_event]
    fn closed(&mut self, _: Closed) {}
}

fn main() {}

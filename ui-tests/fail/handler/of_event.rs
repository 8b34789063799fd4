use airssys_rt::prelude::*;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn closed(&mut self, _: Closed) {} //~
}

fn main() {}

use airssys_rt::prelude::*;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Account;

#[actor]
impl Account {
    #[on_event]
    fn closed(&mut self, _: Closed) -> u64 { //~
        0
    }
}

fn main() {}

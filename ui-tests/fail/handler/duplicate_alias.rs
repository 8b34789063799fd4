use airssys_rt::prelude::*;

#[message]
pub struct Reset;

type Again = Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn first(&mut self, _: Reset) {}

    #[handler]
    fn second(&mut self, _: Again) {} //~
}

fn main() {}

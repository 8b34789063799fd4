use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Account;

#[actor(publishes = Closed)] //~
impl Account {
    #[handler]
    fn close(&mut self, _: Close) {}
}

fn main() {}

use airssys_rt::prelude::*;

#[message]
pub struct Close;

pub struct Account;

#[actor(tells(any Close, any Close))] //~
impl Account {
    #[handler]
    fn close(&mut self, _: Close) {}
}

fn main() {}

use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler(reply = u64)] //~
    fn reset(&mut self, _: Reset) -> u64 {
        0
    }
}

fn main() {}

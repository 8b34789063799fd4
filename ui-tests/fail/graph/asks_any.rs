use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Total;

pub struct Account;

#[actor(asks(any Total))] //~
impl Account {
    #[handler]
    fn total(&self, _: Total) -> u64 {
        0
    }
}

fn main() {}

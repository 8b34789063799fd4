use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Total;

#[message]
pub struct Add;

pub struct Account {
    total: u64,
}

#[actor]
impl Account {
    #[handler]
    fn add(&mut self, _: Add) {}

    #[cfg_attr(all(), handler)] //~
    fn total(&mut self, _: Total) -> u64 {
        self.total
    }
}

fn main() {}

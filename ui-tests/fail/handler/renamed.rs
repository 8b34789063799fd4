use airssys_rt::{handler as on, prelude::*};

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

    #[on] //~
    fn total(&mut self, _: Total) -> u64 {
        self.total
    }
}

fn main() {}

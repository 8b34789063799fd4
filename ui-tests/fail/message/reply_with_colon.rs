use airssys_rt::prelude::*;

#[message(reply: u64)] //~
pub struct Total;

pub struct Account {
    total: u64,
}

#[actor]
impl Account {
    #[handler]
    fn total(&mut self, _: Total) -> u64 {
        self.total
    }
}

fn main() {}

use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Total;

pub struct Account {
    total: u64,
}

#[actor(mailbox(64))] //~
impl Account {
    #[handler]
    fn total(&mut self, _: Total) -> u64 {
        self.total
    }
}

fn main() {}

use airssys_rt::prelude::*;

#[message(reply)] //~
pub struct Total;

pub struct Account {
    total: u64,
}

#[actor]
impl Account {
    #[handler]
    fn total(&mut self, _: Total) {
        self.total += 1;
    }
}

fn main() {}

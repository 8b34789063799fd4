use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Total;

pub struct Account {
    total: u64,
}

#[actor]
impl Account {
    #[handler]
    async fn total(&mut self, _: Total) -> u64 {
        std::thread::spawn(move || self.total += 1); //~
        0
    }
}

fn main() {}

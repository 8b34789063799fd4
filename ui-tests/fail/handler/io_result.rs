use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Total;

pub struct Account {
    total: u64,
}

#[actor]
impl Account {
    #[handler]
    fn total(&self, _: Total) -> std::io::Result<u64> { //~
        Ok(self.total)
    }
}

fn main() {}

use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Total;

pub struct Account {
    total: u64,
}

#[actor]
impl Account {
    #[handler]
    fn total(&self, _: Total) -> Result<u64, Box<dyn std::error::Error + Send + Sync>> { //~
        Ok(self.total)
    }
}

fn main() {}

use airssys_rt::prelude::*;

#[message(reply = String)]
pub struct Total;

pub struct Account {
    total: String,
}

#[actor]
impl Account {
    #[handler]
    fn total(&mut self, _: Total) -> &str { //~
        &self.total
    }
}

fn main() {}

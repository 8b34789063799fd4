use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Total;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn total(&self, _: Total) -> String { //~
        String::new()
    }
}

fn main() {}

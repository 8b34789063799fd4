use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Total;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn total(&mut self, _: Total) -> impl std::fmt::Display { //~
        0
    }
}

fn main() {}

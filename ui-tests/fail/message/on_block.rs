use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[message] //~
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

fn main() {}

use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

impl Account {
    #[handler] //~
    pub fn reset(&mut self, _: Reset) {}
}

fn main() {}

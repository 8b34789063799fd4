use airssys_rt::prelude::*;

#[message]
pub struct Reset;

#[message(reply = u64)]
pub struct Total;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn total(&self, _: Total) -> u64 {
        0
    }
}

pub trait Resets {
    fn reset(&mut self, message: Reset);
}

impl Resets for Account {
    #[handler] //~
    fn reset(&mut self, _: Reset) {}
}

fn main() {}

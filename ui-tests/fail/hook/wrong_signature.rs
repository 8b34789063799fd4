use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[pre_start]
    fn open(&mut self, _: Reset) {} //~

    #[handler]
    fn reset(&mut self, _: Reset) {}
}

fn main() {}

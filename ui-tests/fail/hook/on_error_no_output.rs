use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[on_error]
    fn failed(&mut self, _: Fault) {} //~

    #[handler]
    fn reset(&mut self, _: Reset) {}
}

fn main() {}

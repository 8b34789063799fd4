use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[post_stop]
    fn close(&mut self) {}

    #[post_stop]
    fn again(&mut self) {} //~

    #[handler]
    fn reset(&mut self, _: Reset) {}
}

fn main() {}

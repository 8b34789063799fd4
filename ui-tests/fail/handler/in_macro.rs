use airssys_rt::prelude::*;

#[message]
pub struct Reset;

#[message(reply = u64)]
pub struct Total;

macro_rules! resets {
    () => {
        #[handler] //~
        fn reset(&mut self, _: Reset) {}
    };
}

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn total(&self, _: Total) -> u64 {
        0
    }

    resets!();
}

fn main() {}

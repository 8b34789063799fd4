use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

#[actor_system(actors(Account, crate::Account as Other))] //~
pub struct Bank;

fn main() {}

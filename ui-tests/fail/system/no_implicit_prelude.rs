#![no_implicit_prelude]

#[::airssys_rt::message]
pub struct Reset;

pub struct Account;

#[::airssys_rt::actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

#[::airssys_rt::actor_system(actors(Account))] //~
pub struct Bank;

fn main() {}

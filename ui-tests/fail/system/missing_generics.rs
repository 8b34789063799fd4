use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Ledger<S>(S);

#[actor]
impl<S: Send + 'static> Ledger<S> {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

#[actor_system(actors(Ledger))] //~
pub struct Bank;

fn main() {}

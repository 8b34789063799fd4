use airssys_rt::prelude::*;

#[message]
pub struct Deposit;

#[actor(handles(Depozit))] //~
pub struct Account;

impl Handler<Deposit> for Account {
    async fn handle(&mut self, _: Deposit, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

#[actor_system(actors(Account))]
pub struct Bank;

fn main() {}

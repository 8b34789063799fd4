use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Reset;

#[message]
pub struct Close;

#[actor(handles(Close, Reset))] //~
pub struct Account;

impl Handler<Close> for Account {
    async fn handle(&mut self, _: Close, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

#[actor_system(actors(Account))]
pub struct Bank;

fn main() {}

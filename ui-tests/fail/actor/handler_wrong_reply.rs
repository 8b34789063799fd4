use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Total;

#[actor(handles(Total))]
pub struct Account;

impl Handler<Total> for Account {
    async fn handle(&mut self, _: Total, _: &mut ActorContext<Self>) -> Result<String, Fault> { //~
        Ok(String::new())
    }
}

#[actor_system(actors(Account))]
pub struct Bank;

fn main() {}

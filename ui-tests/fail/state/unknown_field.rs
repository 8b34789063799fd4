use airssys_rt::prelude::*;

#[message]
pub struct Look;

#[actor(handles(Look))]
pub struct Account {
    cache: Cashe, //~
}

impl Handler<Look> for Account {
    async fn handle(&mut self, _: Look, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

#[actor_system(actors(Account))]
pub struct Bank;

fn main() {}

use airssys_rt::prelude::*;

#[message]
pub struct Reset;

#[actor(handles(Reset, self::Reset))] //~
pub struct Account;

impl Handler<Reset> for Account {
    async fn handle(&mut self, _: Reset, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

fn main() {}

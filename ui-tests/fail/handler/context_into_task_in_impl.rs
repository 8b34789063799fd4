use airssys_rt::prelude::*;

#[message]
pub struct Reset;

#[actor(handles(Reset))]
pub struct Account;

impl Handler<Reset> for Account {
    async fn handle(&mut self, _: Reset, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        std::thread::spawn(move || ctx.stop()); //~
        Ok(())
    }
}

fn main() {}

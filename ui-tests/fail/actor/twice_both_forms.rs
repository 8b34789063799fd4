use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[message]
pub struct Reset;

#[actor(handles(Close))]
pub struct Account;

impl Handler<Close> for Account {
    async fn handle(&mut self, _: Close, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

#[actor]
impl Account { //~
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

fn main() {}

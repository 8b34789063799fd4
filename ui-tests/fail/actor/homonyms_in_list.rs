use airssys_rt::prelude::*;

mod a {
    #[airssys_rt::message]
    pub struct Ping;
}

mod b {
    #[airssys_rt::message]
    pub struct Ping;
}

#[actor(handles(a::Ping, b::Ping))] //~
pub struct Account;

impl Handler<a::Ping> for Account {
    async fn handle(&mut self, _: a::Ping, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

impl Handler<b::Ping> for Account {
    async fn handle(&mut self, _: b::Ping, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

fn main() {}

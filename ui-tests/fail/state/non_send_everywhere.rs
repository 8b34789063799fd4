use airssys_rt::prelude::*;

use std::rc::Rc;

#[message(reply = u8)]
pub struct Look;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Account {
    cache: Rc<u8>,
}

#[actor(publishes(Closed))]
impl Account { //~
    #[pre_start]
    async fn open(&mut self, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }

    #[post_stop]
    fn close(&mut self) {}

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Stop
    }

    #[handler]
    async fn look(&mut self, _: Look, ctx: &mut ActorContext<Self>) -> u8 {
        ctx.publish(Closed);
        *self.cache
    }

    #[on_event]
    async fn closed(&mut self, _: Closed) {}
}

#[actor_system(actors(Account), events(Closed))]
pub struct Bank;

async fn run(cache: Rc<u8>) -> Result<(), Box<dyn std::error::Error>> {
    let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
    let account = bank.spawn(Account { cache }).await?;
    bank.ask(&account, Look).await?;
    Ok(())
}

fn main() {}

use airssys_rt::prelude::*;

use std::rc::Rc;

#[message(reply = u8)]
pub struct Look;

#[actor(handles(Look))]
pub struct Account; //~

impl Handler<Look> for Account {
    async fn handle(&mut self, _: Look, _: &mut ActorContext<Self>) -> Result<u8, Fault> {
        let cache = Rc::new(1);
        std::future::ready(()).await;
        Ok(*cache)
    }
}

fn main() {}

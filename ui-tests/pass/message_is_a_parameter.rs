//! A generic actor whose message is its parameter.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message(reply = u64)]
#[derive(Clone)]
pub struct Ping(pub u64);

#[message]
pub struct Page(pub [u8; 64]);

pub struct Relay<M> {
    last: Option<M>,
}

#[actor]
impl<M: Message<Reply = u64>> Relay<M> {
    #[handler]
    fn relay(&mut self, message: M) -> u64 {
        self.last = Some(message);
        1
    }
}

#[actor(handles(M))]
pub struct Holder<M: Message<Reply = ()>>(pub Option<M>);

impl<M: Message<Reply = ()>> Handler<M> for Holder<M> {
    async fn handle(&mut self, message: M, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.0 = Some(message);
        Ok(())
    }
}

#[actor_system(actors(Relay<Ping>, Holder<Page>))]
pub struct Lab;

fn is_clone<T: Clone>() {}

fn main() {
    is_clone::<<Relay<Ping> as Actor>::Message>();
    assert!(size_of::<<Holder<Page> as Actor>::Message>() >= 64);
}

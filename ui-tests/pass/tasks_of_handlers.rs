//! Handlers that start tasks, with what the task owns: the names that `#[actor]` gives to lifetimes change nothing.
#![deny(warnings, single_use_lifetimes, unused_lifetimes, elided_lifetimes_in_paths)]

use airssys_rt::prelude::*;

#[message]
pub struct Start;

#[message(reply = u64)]
pub struct Total;

#[event]
#[derive(Clone)]
pub struct Done(pub u64);

pub struct Worker {
    total: u64,
}

#[actor(publishes(Done))]
impl Worker {
    #[handler]
    fn start(&mut self, _: Start, ctx: &mut ActorContext<Self>) {
        let publisher = ctx.publisher();
        std::thread::spawn(move || publisher.id());
        std::thread::spawn({
            let (publisher, total) = (ctx.publisher(), self.total);
            move || drop(publisher.publish(Done(total)))
        });
    }

    #[handler]
    async fn total(&self, _: Total, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        let id = ctx.id();
        std::thread::scope(|scope| scope.spawn(|| (ctx.name().is_some(), id)).join().is_ok());
        Ok(self.total)
    }

    #[on_event]
    fn done(&mut self, Done(total): Done) {
        self.total = total;
    }
}

fn main() {}

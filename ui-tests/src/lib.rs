//! What misuse says: one mistake a file. Here are the actors of another crate, for `pass/actors_of_another_crate.rs`.

use airssys_rt::prelude::*;

/// Is answered with one more.
#[message(reply = u64)]
#[derive(Debug)]
pub struct Ping(pub u64);

/// Somebody was asked.
#[event]
#[derive(Debug, Clone)]
pub struct Pinged;

/// Asks the one on the right.
#[derive(Debug)]
pub struct Left {
    /// Who is asked.
    pub right: ActorRef<Right>,
}

#[actor(asks(Right), publishes(Pinged))]
impl Left {
    #[handler]
    async fn ping(&mut self, Ping(count): Ping, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        ctx.publish(Pinged);
        Ok(ctx.ask(&self.right, Ping(count + 1)).await?)
    }
}

/// Tells the one on the left.
#[derive(Debug)]
pub struct Right {
    /// Who is told.
    pub left: Option<ActorRef<Left>>,
    /// How often somebody was asked.
    pub pinged: u64,
}

#[actor(tells(Left, Relay<Left>))]
impl Right {
    #[handler]
    async fn ping(&mut self, Ping(count): Ping, ctx: &mut ActorContext<Self>) -> u64 {
        if let Some(left) = &self.left {
            // Nobody waits for the answer.
            drop(ctx.try_tell(left, Ping(count)));
        }
        count + 1
    }

    #[on_event]
    fn pinged(&mut self, _: Pinged) {
        self.pinged += 1;
    }
}

/// Asks whoever it is given.
#[derive(Debug)]
pub struct Relay<N: Actor> {
    /// Who is asked.
    pub next: ActorRef<N>,
}

#[actor(asks(N))]
impl<N: Actor + Handles> Relay<N> {
    #[handler]
    fn ping(&mut self, Ping(count): Ping) -> u64 {
        if self.next.is_alive() { count } else { 0 }
    }
}

/// An actor that can be relayed to.
pub trait Handles {}

impl Handles for Left {}

impl Handles for Right {}

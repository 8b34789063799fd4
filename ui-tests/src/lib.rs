//! The actors of another crate, for `pass/actors_of_another_crate.rs`. The tests of compile errors are in `ui.rs`.

pub mod billing;
pub mod shop;

use airssys_rt::prelude::*;

/// A request that is answered with its number plus one.
#[message(reply = u64)]
#[derive(Debug)]
pub struct Ping(pub u64);

/// A `Ping` was handled.
#[event]
#[derive(Debug, Clone)]
pub struct Pinged;

/// An actor that asks `Right`.
#[derive(Debug)]
pub struct Left {
    /// The actor that it asks.
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

/// An actor that tells `Left`.
#[derive(Debug)]
pub struct Right {
    /// The actor that it tells.
    pub left: Option<ActorRef<Left>>,
    /// The number of `Pinged` events.
    pub pinged: u64,
}

#[actor(tells(Left, Relay<Left>))]
impl Right {
    #[handler]
    async fn ping(&mut self, Ping(count): Ping, ctx: &mut ActorContext<Self>) -> u64 {
        if let Some(left) = &self.left {
            // The answer is not awaited.
            drop(ctx.try_tell(left, Ping(count)));
        }
        count + 1
    }

    #[on_event]
    fn pinged(&mut self, _: Pinged) {
        self.pinged += 1;
    }
}

/// An actor that asks an actor of any type.
#[derive(Debug)]
pub struct Relay<N: Actor> {
    /// The actor that it asks.
    pub next: ActorRef<N>,
}

#[actor(asks(N))]
impl<N: Actor + Handles> Relay<N> {
    #[handler]
    fn ping(&mut self, Ping(count): Ping) -> u64 {
        if self.next.is_alive() { count } else { 0 }
    }
}

/// An actor that a `Relay` may ask.
pub trait Handles {}

impl Handles for Left {}

impl Handles for Right {}

/// A message that holds a reference to an actor of any type, and is answered with it.
#[message(reply = ActorRef<N>)]
#[derive(Debug)]
pub struct Hop<N: 'static>(pub ActorRef<N>);

/// An actor that keeps the last `Hop`.
#[derive(Debug)]
pub struct Station<N: 'static> {
    last: Option<Hop<N>>,
}

impl<N> Default for Station<N> {
    fn default() -> Self {
        Station { last: None }
    }
}

#[actor]
impl<N> Station<N> {
    #[handler(entry)]
    fn hop(&mut self, message: Hop<N>) -> ActorRef<N> {
        self.last.insert(message).0.clone()
    }
}

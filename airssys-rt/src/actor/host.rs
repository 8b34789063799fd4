use crate::{
    actor::{Actor, Cell, FanOut, SendError, Sent},
    envelope::Meta,
    rt::BoxFuture,
    sync::Arc,
};

/// The system, as one type of actor sees it. Implemented where the system and its broker are known; the one trait
/// object of the way of a message, and off the direct way.
pub(crate) trait Host<A: Actor>: Send + Sync {
    /// Sends through the broker.
    fn publish(
        self: Arc<Self>,
        meta: Meta,
        message: A::Message,
    ) -> BoxFuture<'static, Result<Sent, SendError<A::Message>>>;

    /// Publishes an event through the broker.
    fn publish_event(self: Arc<Self>, meta: Meta, event: A::Event) -> BoxFuture<'static, ()>;

    /// Pushes an event to everyone who subscribes to it, past the broker.
    fn fan_out(&self, event: A::Event, fan: &mut FanOut);

    /// The actor has ended; its name is free.
    fn release(&self, cell: &Cell<A>);

    /// Runs what is left of a send whose sender does not wait.
    fn spawn(&self, rest: BoxFuture<'static, ()>);
}

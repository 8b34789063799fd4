//! The traits `Handler` and `Subscriber`: handlers as trait impls, for `#[actor(handles(..), subscribes(..))]`.

use crate::{
    actor::{context::ActorContext, declare::Actor},
    message::{Event, Message},
    reply::Fault,
};
use std::future::Future;

/// A message handler of an actor, written as a trait impl.
///
/// The message must also be listed in [`#[actor(handles(..))]`](macro@crate::actor): senders can send only listed messages.
///
/// `Ok` is the reply, `Err` is a failure of the actor, as with a `#[handler]` method that returns `Result<Reply, Fault>`.
///
/// ```
/// use airssys_rt::prelude::*;
///
/// #[message(reply = u64)]
/// pub struct Add(pub u64);
///
/// #[actor(handles(Add))]
/// #[derive(Default)]
/// pub struct Counter { count: u64 }
///
/// impl Handler<Add> for Counter {
///     async fn handle(&mut self, Add(n): Add, _: &mut ActorContext<Self>) -> Result<u64, Fault> {
///         self.count += n;
///         Ok(self.count)
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` declares that it handles `{M}`, but has no handler for it",
    label = "missing `impl Handler<{M}> for {Self}`"
)]
// The future has no `Send` bound: the future of `Actor::dispatch`, which awaits it, has one, so the error is reported once.
pub trait Handler<M: Message>: Actor {
    /// Handles the message.
    fn handle(
        &mut self,
        message: M,
        ctx: &mut ActorContext<Self>,
    ) -> impl Future<Output = Result<M::Reply, Fault>>;
}

/// An event handler of an actor, written as a trait impl.
///
/// The event must also be listed in [`#[actor(subscribes(..))]`](macro@crate::actor).
///
/// ```
/// use airssys_rt::prelude::*;
///
/// #[event]
/// #[derive(Clone)]
/// pub struct Deposited(pub u64);
///
/// #[actor(subscribes(Deposited))]
/// pub struct Auditor { total: u64 }
///
/// impl Subscriber<Deposited> for Auditor {
///     async fn on_event(&mut self, event: Deposited, _: &mut ActorContext<Self>) -> Result<(), Fault> {
///         self.total += event.0;
///         Ok(())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` subscribes to `{E}`, but has no handler for it",
    label = "missing `impl Subscriber<{E}> for {Self}`"
)]
pub trait Subscriber<E: Event>: Actor {
    /// Handles the event.
    fn on_event(&mut self, event: E, ctx: &mut ActorContext<Self>)
    -> impl Future<Output = Result<(), Fault>>;
}

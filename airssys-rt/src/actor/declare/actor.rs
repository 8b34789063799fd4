use crate::{
    actor::{context::ActorContext, declare::ErrorAction},
    graph::Handled,
    mailbox::Policy,
    reply::{Cause, Fault},
};
use std::future::Future;

/// A type whose values run as actors. ActorSource by [`#[actor]`](macro@crate::actor).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an actor",
    label = "not an actor",
    note = "annotate its impl block with `#[actor]` and its handlers with `#[handler]`, or the type with `#[actor(handles(..))]`"
)]
// Not `Send` by itself: the futures below are, and for a state that is not they say so at the user's type.
pub trait Actor: Sized + 'static {
    /// One variant for each message it handles, with the slot for the answer, and one for each event it
    /// subscribes to.
    type Message: Send + 'static;
    /// One variant for each event it publishes.
    type Event: Send + 'static;
    /// The name of its type, for errors, logs and the graph.
    const NAME: &'static str;
    /// Its mailbox, where the system's default does not do.
    const MAILBOX: Option<Policy> = None;
    /// Whether `pre_start` does anything.
    const STARTS: bool = false;
    /// Whether `post_stop` does anything.
    const STOPS: bool = false;
    /// The names of the variants of `Message`, in order.
    const VARIANTS: &'static [&'static str];
    /// The messages it handles, for the graph.
    #[doc(hidden)]
    const MESSAGES: &'static [Handled] = &[];

    /// Runs the handler of one message and answers it.
    fn dispatch(
        &mut self,
        message: Self::Message,
        ctx: &mut ActorContext<Self>,
    ) -> impl Future<Output = Result<(), Fault>> + Send;

    /// Which of [`VARIANTS`](Actor::VARIANTS) this is.
    fn variant(message: &Self::Message) -> u16;

    /// Tells whoever waits for the answer to a message that it will never be handled.
    #[doc(hidden)]
    fn refuse(message: &mut Self::Message, why: Cause);

    /// Runs before the first message. A fault fails the spawn.
    fn pre_start(&mut self, _ctx: &mut ActorContext<Self>) -> impl Future<Output = Result<(), Fault>> + Send {
        async { Ok(()) }
    }

    /// Runs once after the last message of every actor that has started, however it ends.
    fn post_stop(&mut self, _ctx: &mut ActorContext<Self>) -> impl Future<Output = Result<(), Fault>> + Send {
        async { Ok(()) }
    }

    /// Decides what happens after a handler returned a fault or panicked. Without one the actor stops.
    fn on_error(
        &mut self,
        _fault: Fault,
        _ctx: &mut ActorContext<Self>,
    ) -> impl Future<Output = ErrorAction> + Send {
        async { ErrorAction::Stop }
    }
}

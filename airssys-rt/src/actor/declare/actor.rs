//! The trait `Actor`: the dispatch of messages to handlers, the lifecycle hooks, and the mailbox policy of a type.

use crate::{
    actor::{
        context::ActorContext,
        declare::{ErrorAction, Variants},
    },
    graph::Handled,
    mailbox::MailboxPolicy,
    reply::Fault,
};
use std::future::Future;

/// A type whose values run as actors, implemented by [`#[actor]`](macro@crate::actor).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an actor",
    label = "not an actor",
    note = "annotate its impl block with `#[actor]` and its handlers with `#[handler]`, or the type with `#[actor(handles(..))]`"
)]
// No `Send` supertrait: the futures below are `Send`, and if the state is not, the error is reported at the user's type.
pub trait Actor: Sized + 'static {
    /// An enum with one variant for each handled message, which holds the message and its reply slot, and one for each
    /// subscribed event.
    type Message: Variants + Send + 'static;
    /// An enum with one variant for each event that the actor publishes.
    type Event: Send + 'static;
    /// The name of the actor's type, for errors, logs and the graph.
    const NAME: &'static str;
    /// The mailbox policy; `None` for the system's default.
    const MAILBOX: Option<MailboxPolicy> = None;
    /// For generated code: `true`, or an error that rustc has reported.
    #[doc(hidden)]
    const CHECKED: bool = true;
    /// Whether the actor has a `pre_start` hook.
    const STARTS: bool = false;
    /// Whether `pre_start` can wait for other actors. `#[actor]` clears it for a hook that takes no context or is not `async`.
    #[doc(hidden)]
    const START_WAITS: bool = Self::STARTS;
    /// Whether the actor has a `post_stop` hook.
    const STOPS: bool = false;
    /// The names of the variants of [`Message`](Actor::Message), in order. The name of a variant that is configured out is empty.
    const VARIANTS: &'static [&'static str];
    /// The names of the variants of [`Event`](Actor::Event), in order.
    #[doc(hidden)]
    const EVENTS: &'static [&'static str] = &[];
    /// The handled messages, for the graph.
    #[doc(hidden)]
    const MESSAGES: &'static [Handled] = &[];

    /// Runs the handler of a message and sends the reply.
    fn dispatch(
        &mut self,
        message: Self::Message,
        ctx: &mut ActorContext<Self>,
    ) -> impl Future<Output = Result<(), Fault>> + Send;

    /// Runs before the first message. If it returns a fault, the spawn fails.
    fn pre_start(&mut self, _ctx: &mut ActorContext<Self>) -> impl Future<Output = Result<(), Fault>> + Send {
        async { Ok(()) }
    }

    /// Runs once after the last message of each actor that has started, for every kind of end.
    fn post_stop(&mut self, _ctx: &mut ActorContext<Self>) -> impl Future<Output = Result<(), Fault>> + Send {
        async { Ok(()) }
    }

    /// Decides what happens after a handler has returned a fault or panicked. By default the actor stops.
    fn on_error(
        &mut self,
        _fault: Fault,
        _ctx: &mut ActorContext<Self>,
    ) -> impl Future<Output = ErrorAction> + Send {
        async { ErrorAction::Stop }
    }
}

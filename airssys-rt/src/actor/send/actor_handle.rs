//! `ActorHandle`: sends to one actor from outside of the actors, without a handle to the system.

use crate::{
    actor::{
        declare::{Actor, HandledBy},
        send::{Ask, Tell, TellTimeout, try_tell},
        shared::{ActorRef, SendError, SendOrigin, Sent, Watch},
    },
    id::ActorId,
};
use std::{fmt, time::Duration};

/// A handle that sends to one actor from outside: the reference, and the right to send. Made by
/// [`ActorSystem::handle`](crate::system::ActorSystem::handle). `Clone`, `Send` and `Sync` for every actor type.
///
/// It names the type of the actor and not that of the system, so it fits into the state of a web server or of a library. Its sends
/// are those of the system from which it was made: they have no sender, and are refused once that system shuts down. It does not
/// keep the system alive: after the end of the system a send returns an error, which gives the message back.
///
/// An actor that keeps a handle in its state can send beyond what `#[actor(..)]` declares; then the message graph is incomplete.
///
/// ```
/// use airssys_rt::{actor::ActorHandle, prelude::*};
///
/// #[message(reply = u64)]
/// pub struct Add(pub u64);
///
/// #[derive(Default)]
/// pub struct Counter(u64);
///
/// #[actor]
/// impl Counter {
///     #[handler]
///     fn add(&mut self, Add(n): Add) -> u64 { self.0 += n; self.0 }
/// }
///
/// #[actor_system(actors(Counter))]
/// pub struct App;
///
/// async fn handle_request(counter: ActorHandle<Counter>) -> Result<String, AskError> {
///     Ok(counter.ask(Add(1)).await?.to_string())
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let app = ActorSystem::<App>::start(SystemConfig::default()).await?;
/// let counter = app.spawn(Counter::default()).await?;
/// assert_eq!(handle_request(app.handle(&counter)).await?, "1");
/// # Ok(()) }
/// ```
pub struct ActorHandle<A>(ActorRef<A>);

impl<A> ActorHandle<A> {
    pub(crate) fn new(actor: ActorRef<A>) -> Self {
        ActorHandle(actor)
    }

    /// Returns the id of the actor.
    #[must_use]
    pub fn id(&self) -> ActorId {
        self.0.id()
    }

    /// Returns the reference to the actor, for messages and for methods of the system.
    #[must_use]
    pub fn actor_ref(&self) -> &ActorRef<A> {
        &self.0
    }

    /// Watches the actor: ready when it has ended, at once if it has ended already.
    ///
    /// # Cancel safety
    ///
    /// Safe to cancel: dropping the future ends the watch.
    pub fn watch(&self) -> Watch {
        self.0.watch()
    }
}

impl<A: Actor> ActorHandle<A> {
    /// Sends a message, and waits for capacity if the mailbox is full. Nothing is sent until the future is awaited.
    ///
    /// # Errors
    ///
    /// [`SendError`], which gives the message back: the actor has stopped, its mailbox is full and does not make senders wait, or the
    /// system shuts down.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, the message has been sent or is dropped with it; nothing else is lost.
    #[inline]
    pub fn tell<M: HandledBy<A>>(&self, message: M) -> Tell<'_, A, M> {
        Tell::new(&self.0, message, SendOrigin::OUTSIDE)
    }

    /// As [`tell`](Self::tell), but waits for capacity no longer than `limit`.
    ///
    /// # Errors
    ///
    /// As for [`tell`](Self::tell), and [`SendError::Timeout`] at the limit.
    ///
    /// # Cancel safety
    ///
    /// As for [`tell`](Self::tell).
    #[inline]
    pub fn tell_timeout<M: HandledBy<A>>(&self, message: M, limit: Duration) -> TellTimeout<'_, A, M> {
        TellTimeout::new(self.tell(message), limit)
    }

    /// Sends a message, and never waits.
    ///
    /// # Errors
    ///
    /// See [`SendError`]; the message comes back.
    #[inline]
    pub fn try_tell<M: HandledBy<A>>(&self, message: M) -> Result<Sent, SendError<M>> {
        try_tell(&self.0, message, SendOrigin::OUTSIDE)
    }

    /// Sends a message and waits for the answer, within the time limit of the system's configuration. Nothing is sent until the
    /// future is awaited.
    ///
    /// # Errors
    ///
    /// [`AskError`](crate::reply::AskError): the actor has stopped or fails, its mailbox is full and does not make senders wait, or the time limit
    /// has passed. The message does not come back.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped after the mailbox has accepted the message, the message is handled and its answer is discarded. If it is
    /// dropped before that, the message is dropped with it.
    #[inline]
    pub fn ask<M: HandledBy<A, Reply = R>, R>(&self, message: M) -> Ask<'_, A, R> {
        Ask::new(&self.0, message, SendOrigin::OUTSIDE)
    }

    /// As [`ask`](Self::ask), with a time limit of its own; `Duration::MAX` is none.
    ///
    /// # Errors
    ///
    /// As for [`ask`](Self::ask).
    ///
    /// # Cancel safety
    ///
    /// As for [`ask`](Self::ask).
    #[inline]
    pub fn ask_timeout<M: HandledBy<A, Reply = R>, R>(&self, message: M, limit: Duration) -> Ask<'_, A, R> {
        self.ask(message).within(limit)
    }
}

impl<A> Clone for ActorHandle<A> {
    fn clone(&self) -> Self {
        ActorHandle(self.0.clone())
    }
}

impl<A> fmt::Debug for ActorHandle<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ActorHandle({})", self.0)
    }
}

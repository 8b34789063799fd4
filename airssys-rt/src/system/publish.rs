//! `Publish`, the future of a publish from outside the actors, and `PublishError`.

use crate::{
    broker::{MaybeReady, MessageBroker, Outcome, Published, Rejection},
    reply::Cause,
    rt::BoxFuture,
    sync::Arc,
    system::{RoutedBy, System, publish_event::EventResult, running::Running},
};
use std::{
    error::Error,
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

/// Why an event was not published, with the event.
#[non_exhaustive]
pub enum PublishError<E> {
    /// The system is shutting down and accepts no more events from outside.
    ShuttingDown(E),
    /// A hook or the broker refused the event.
    Refused(E),
    /// The broker has no capacity for the event.
    Full(E),
    /// The transport failed before it sent the event.
    Transport(E),
    /// The transport failed after it had taken the event. The event may still be delivered.
    Lost,
}

impl<E> PublishError<E> {
    /// The error for one cause.
    fn new(cause: &Cause, event: E) -> Self {
        match cause {
            Cause::Refused | Cause::Expired => PublishError::Refused(event),
            Cause::Full | Cause::Timeout => PublishError::Full(event),
            Cause::Transport => PublishError::Transport(event),
            Cause::Lost => PublishError::Lost,
            Cause::ShuttingDown
            | Cause::NotFound
            | Cause::Stopped
            | Cause::Restarted
            | Cause::Failed(_)
            | Cause::NoReply
            | Cause::NoSubscriber => PublishError::ShuttingDown(event),
        }
    }

    /// The event, unless a transport has lost it.
    pub fn into_event(self) -> Option<E> {
        match self {
            PublishError::ShuttingDown(event)
            | PublishError::Refused(event)
            | PublishError::Full(event)
            | PublishError::Transport(event) => Some(event),
            PublishError::Lost => None,
        }
    }

    /// Returns `true` if a later attempt can succeed. After [`Lost`](Self::Lost) the event may have been delivered.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, PublishError::Full(_) | PublishError::Transport(_) | PublishError::Lost)
    }
}

impl<E> fmt::Display for PublishError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PublishError::ShuttingDown(_) => "the system is shutting down",
            PublishError::Refused(_) => "the broker refused the event",
            PublishError::Full(_) => "the broker has no capacity for the event",
            PublishError::Transport(_) => "the transport failed",
            PublishError::Lost => "the transport lost the event",
        })
    }
}

impl<E> fmt::Debug for PublishError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublishError({self})")
    }
}

impl<E> Error for PublishError<E> {}

/// The future of a `publish`: how many mailboxes accepted the event.
///
/// Subscribers with capacity have the event at once. Then the publish waits for subscribers whose mailbox is full and whose
/// overflow policy lets senders wait.
///
/// # Errors
///
/// See [`PublishError`]; the event comes back.
///
/// # Cancel safety
///
/// If the future is dropped before it is ready, the subscribers that it waited for do not get the event; nothing else is
/// lost.
#[must_use = "nothing is published until it is awaited"]
pub struct Publish<S: System, B, E> {
    system: Arc<dyn Running<S, B>>,
    event: Option<E>,
    wrap: fn(E) -> S::Event,
    unwrap: fn(S::Event) -> Option<E>,
    rest: Option<BoxFuture<'static, EventResult<S>>>,
}

// No field is pinned.
impl<S: System, B, E> Unpin for Publish<S, B, E> {}

impl<S: System, B, E> Publish<S, B, E> {
    #[inline]
    pub(crate) fn new(system: Arc<dyn Running<S, B>>, event: E) -> Self
    where
        E: RoutedBy<S>,
    {
        Publish { system, event: Some(event), wrap: E::wrap, unwrap: E::unwrap, rest: None }
    }
}

impl<S: System, B: MessageBroker<S::Message>, E> Future for Publish<S, B, E> {
    type Output = Result<Published, PublishError<E>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if let Some(event) = this.event.take() {
            if this.system.core().ending.has_begun() {
                return Poll::Ready(Err(PublishError::ShuttingDown(event)));
            }
            match this.system.core().publish_event(None, None, (this.wrap)(event)) {
                Ok(published) => return Poll::Ready(Ok(published)),
                Err(unfinished) => {
                    if let Some(published) = this.wait_for(*unfinished) {
                        return Poll::Ready(published);
                    }
                }
            }
        }
        let rest = this.rest.as_mut().expect("a publish is not polled after it was over");
        rest.as_mut().poll(cx).map_err(|rejection| this.error(rejection))
    }
}

impl<S: System, B: MessageBroker<S::Message>, E> Publish<S, B, E> {
    /// The result of a publish that is done, or `None`: there is something to wait for.
    #[cold]
    #[inline(never)]
    fn wait_for(
        &mut self,
        unfinished: MaybeReady<EventResult<S>>,
    ) -> Option<Result<Published, PublishError<E>>> {
        match unfinished {
            MaybeReady::Ready(published) | MaybeReady::Yield(published) => {
                Some(published.map_err(|rejection| self.error(rejection)))
            }
            MaybeReady::Later(rest) => {
                self.rest = Some(rest);
                None
            }
        }
    }

    /// The error, with the event that the broker gave back.
    #[cold]
    #[inline(never)]
    fn error(&self, rejection: Rejection<S::Message>) -> PublishError<E> {
        let Some(envelope) = rejection.envelope else { return PublishError::Lost };
        self.system.core().settled(envelope.meta(), Outcome::Returned);
        // A hook may have put another message there.
        let event = S::into_event(envelope.into_message()).and_then(self.unwrap);
        event.map_or(PublishError::Lost, |event| PublishError::new(&rejection.cause, event))
    }
}

impl<S: System, B, E> fmt::Debug for Publish<S, B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Publish({})", S::NAME)
    }
}

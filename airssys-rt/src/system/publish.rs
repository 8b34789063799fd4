use crate::{
    actor::FanOut,
    broker::{MessageBroker, Outcome, Published, dead_letters::Reason},
    envelope::{Envelope, MetaFields, WaitPolicy},
    rt::BoxFuture,
    sync::Arc,
    system::{Core, RoutedBy, System},
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
    /// The system is shutting down and takes no more events from outside.
    ShuttingDown(E),
    /// The broker refused it.
    Refused(E),
    /// The transport failed with the event in its hands.
    Lost,
}

impl<E> PublishError<E> {
    /// The event, unless a transport lost it.
    pub fn into_event(self) -> Option<E> {
        match self {
            PublishError::ShuttingDown(event) | PublishError::Refused(event) => Some(event),
            PublishError::Lost => None,
        }
    }
}

impl<E> fmt::Display for PublishError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PublishError::ShuttingDown(_) => "the system is shutting down",
            PublishError::Refused(_) => "the broker refused the event",
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

/// The future of a `publish`: how many mailboxes took the event.
///
/// Subscribers with room have the event at once; then it waits for those whose mailbox is full and lets its senders
/// wait.
///
/// # Errors
///
/// See [`PublishError`]; the event comes back.
///
/// # Cancel safety
///
/// Dropped before it is ready, those who waited for room do not get the event, and nothing else is lost.
#[must_use = "nothing is published until it is awaited"]
pub struct Publish<S: System, B, E> {
    core: Arc<Core<S, B>>,
    event: Option<E>,
    wrap: fn(E) -> S::Event,
    unwrap: fn(S::Event) -> Option<E>,
    rest: Option<BoxFuture<'static, Result<Published, PublishError<S::Event>>>>,
}

// No field is pinned.
impl<S: System, B, E> Unpin for Publish<S, B, E> {}

impl<S: System, B, E> Publish<S, B, E> {
    #[inline]
    pub(crate) fn new(core: Arc<Core<S, B>>, event: E) -> Self
    where
        E: RoutedBy<S>,
    {
        Publish { core, event: Some(event), wrap: E::wrap, unwrap: E::unwrap, rest: None }
    }
}

impl<S: System, B: MessageBroker<S::Message>, E> Future for Publish<S, B, E> {
    type Output = Result<Published, PublishError<E>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if let Some(event) = this.event.take() {
            if this.core.ending.has_begun() {
                return Poll::Ready(Err(PublishError::ShuttingDown(event)));
            }
            let event = (this.wrap)(event);
            if this.core.is_via_broker() {
                this.rest = Some(Box::pin(through_broker(this.core.clone(), event)));
            } else {
                let mut fan = FanOut::from_sender(None);
                S::fan_out(&this.core.registry, &event, &mut fan);
                if fan.is_unheard() {
                    this.core.unheard(None, event);
                    return Poll::Ready(Ok(fan.published()));
                }
                if fan.close() {
                    return Poll::Ready(Ok(fan.published()));
                }
                this.rest = Some(Box::pin(async move { Ok(fan.finish().await) }));
            }
        }
        let rest = this.rest.as_mut().expect("a publish is not polled after it was over");
        rest.as_mut().poll(cx).map_err(|error| error.and_then(this.unwrap))
    }
}

async fn through_broker<S: System, B: MessageBroker<S::Message>>(
    core: Arc<Core<S, B>>,
    event: S::Event,
) -> Result<Published, PublishError<S::Event>> {
    let draft = MetaFields { wait: WaitPolicy::Forever, ..MetaFields::default() };
    core.publish_event(draft, event).await.map_err(|back| match back {
        Some((reason, envelope)) => {
            let wrap =
                if reason == Reason::Refused { PublishError::Refused } else { PublishError::ShuttingDown };
            core.settled(envelope.meta(), Outcome::Returned);
            self::back::<S>(envelope, wrap)
        }
        None => PublishError::Lost,
    })
}

/// Takes the event out of an envelope that came back.
fn back<S: System>(
    envelope: Envelope<S::Message>,
    wrap: fn(S::Event) -> PublishError<S::Event>,
) -> PublishError<S::Event> {
    S::into_event(envelope.into_message()).map_or(PublishError::Lost, wrap)
}

impl<E> PublishError<E> {
    fn and_then<T>(self, f: impl FnOnce(E) -> Option<T>) -> PublishError<T> {
        match self {
            PublishError::ShuttingDown(event) => {
                f(event).map_or(PublishError::Lost, PublishError::ShuttingDown)
            }
            PublishError::Refused(event) => f(event).map_or(PublishError::Lost, PublishError::Refused),
            PublishError::Lost => PublishError::Lost,
        }
    }
}

impl<S: System, B, E> fmt::Debug for Publish<S, B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Publish({})", S::NAME)
    }
}

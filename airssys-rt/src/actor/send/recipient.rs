//! `Recipient`: a reference to an actor of any type that handles a message, and the futures of its sends.

use crate::{
    actor::{
        declare::{Actor, HandledBy},
        send::{Ask, Tell},
        shared::{ActorRef, SendError, SendOrigin, Sent},
    },
    id::ActorId,
    message::Message,
    reply::AskError,
    rt::BoxFuture,
    sync::Arc,
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

/// A reference to an actor of any type that handles `M`. Made from an [`ActorRef`](crate::actor::ActorRef) by `into()`.
///
/// An actor that declares `tells(any M)` may tell through one. Only code outside the actors may ask through one, so that no
/// ask is missing in the message graph.
///
/// ```
/// use airssys_rt::prelude::*;
///
/// #[message]
/// pub struct Alert(pub String);
///
/// #[derive(Default)]
/// pub struct Pager;
///
/// #[actor]
/// impl Pager {
///     #[handler]
///     fn alert(&mut self, Alert(text): Alert) { println!("{text}") }
/// }
///
/// #[actor_system(actors(Pager))]
/// pub struct Office;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let office = ActorSystem::<Office>::start(SystemConfig::default()).await?;
/// let pager = office.spawn(Pager).await?;
/// let recipient: Recipient<Alert> = pager.into();
/// office.tell_any(&recipient, Alert("disk full".into())).await?;
/// # Ok(()) }
/// ```
pub struct Recipient<M: Message>(Arc<dyn Takes<M>>);

/// An actor that handles `M`, of any type.
trait Takes<M: Message>: Send + Sync {
    fn id(&self) -> ActorId;
    fn actor(&self) -> &'static str;
    /// `from`: the identity of the sending actor's cell.
    fn tell(
        &self,
        message: M,
        origin: SendOrigin,
        from: Option<usize>,
    ) -> BoxFuture<'static, Result<Sent, SendError<M>>>;
    fn ask(&self, message: M, limit: Option<Duration>) -> BoxFuture<'static, Result<M::Reply, AskError>>;
}

impl<A, M> Takes<M> for ActorRef<A>
where
    A: Actor,
    M: Message + HandledBy<A, Reply = <M as Message>::Reply>,
{
    fn id(&self) -> ActorId {
        ActorRef::id(self)
    }

    fn actor(&self) -> &'static str {
        A::NAME
    }

    fn tell(
        &self,
        message: M,
        origin: SendOrigin,
        from: Option<usize>,
    ) -> BoxFuture<'static, Result<Sent, SendError<M>>> {
        let to = self.clone();
        Box::pin(async move {
            // An actor whose own mailbox is full does not wait for itself.
            Tell::new(&to, message, origin.waits(from != Some(to.identity()))).await
        })
    }

    fn ask(
        &self,
        message: M,
        limit: Option<Duration>,
    ) -> BoxFuture<'static, Result<<M as Message>::Reply, AskError>> {
        let to = self.clone();
        Box::pin(async move {
            let ask = Ask::new(&to, message, SendOrigin::OUTSIDE);
            match limit {
                Some(limit) => ask.within(limit).await,
                None => ask.await,
            }
        })
    }
}

impl<A, M> From<ActorRef<A>> for Recipient<M>
where
    A: Actor,
    M: Message + HandledBy<A, Reply = <M as Message>::Reply>,
{
    fn from(actor: ActorRef<A>) -> Self {
        Recipient(Arc::new(actor))
    }
}

impl<M: Message> Recipient<M> {
    /// Returns the id of the actor.
    #[must_use]
    pub fn id(&self) -> ActorId {
        self.0.id()
    }

    pub(crate) fn tell_from(&self, message: M, origin: SendOrigin, from: Option<usize>) -> TellAny<M> {
        TellAny(self.0.tell(message, origin, from))
    }

    pub(crate) fn ask_within(&self, message: M, limit: Option<Duration>) -> AskAny<M::Reply> {
        AskAny(self.0.ask(message, limit))
    }
}

impl<M: Message> Clone for Recipient<M> {
    fn clone(&self) -> Self {
        Recipient(self.0.clone())
    }
}

impl<M: Message> fmt::Debug for Recipient<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({} {})", self.0.actor(), self.id())
    }
}

/// The future of a `tell_any` or a `tell_to`: ready when the message is in the mailbox.
///
/// # Errors
///
/// See [`SendError`]; the message comes back.
///
/// # Cancel safety
///
/// As [`Tell`].
#[must_use = "nothing is sent until it is awaited"]
pub struct TellAny<M>(pub(crate) BoxFuture<'static, Result<Sent, SendError<M>>>);

impl<M> Future for TellAny<M> {
    type Output = Result<Sent, SendError<M>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx)
    }
}

impl<M> fmt::Debug for TellAny<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TellAny")
    }
}

/// The future of an `ask_any` or an `ask_to`: the answer.
///
/// # Errors
///
/// See [`AskError`].
///
/// # Cancel safety
///
/// As [`Ask`].
#[must_use = "nothing is sent until it is awaited"]
pub struct AskAny<R>(pub(crate) BoxFuture<'static, Result<R, AskError>>);

impl<R> Future for AskAny<R> {
    type Output = Result<R, AskError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx)
    }
}

impl<R> fmt::Debug for AskAny<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AskAny")
    }
}

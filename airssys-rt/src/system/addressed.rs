//! Sends of an `ActorSystem` to a name, an address, a recipient or, as a request, to a broker.

use crate::{
    actor::{ActorRef, Ask, AskAny, HandledBy, Recipient, SendOrigin, Tell, TellAny, Variants, name_of},
    broker::{MessageBroker, Request},
    envelope::{Envelope, MetaFields, PooledMeta, WaitPolicy},
    id::ActorAddress,
    message::Message,
    reply::{self, Asked, ReplySlot},
    rt::BoxFuture,
    sync::Arc,
    system::{ActorSystem, HostedBy, System},
};

/// Names, addresses and recipients.
impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Returns the live actor with this name, if it is an `A`.
    #[must_use]
    pub fn named<A: HostedBy<S>>(&self, name: &str) -> Option<ActorRef<A>> {
        self.core().named(name)
    }

    /// Sends a message to the actor behind a recipient.
    ///
    /// # Errors
    ///
    /// As for [`tell`](Self::tell).
    ///
    /// # Cancel safety
    ///
    /// As for [`tell`](Self::tell).
    pub fn tell_any<M: Message>(&self, to: &Recipient<M>, message: M) -> TellAny<M> {
        to.tell_from(message, SendOrigin::OUTSIDE, None)
    }

    /// Asks the actor behind a recipient, within the time limit of its system.
    ///
    /// # Errors
    ///
    /// As for [`ask`](Self::ask).
    ///
    /// # Cancel safety
    ///
    /// As for [`ask`](Self::ask).
    pub fn ask_any<M: Message>(&self, to: &Recipient<M>, message: M) -> AskAny<M::Reply> {
        to.ask_within(message, None)
    }

    /// Sends a message to the actor at an address, which is resolved when this method is called.
    ///
    /// # Errors
    ///
    /// As for [`tell`](Self::tell), and [`SendError::NotFound`](crate::actor::SendError::NotFound) if the address leads to no actor.
    ///
    /// # Cancel safety
    ///
    /// As for [`tell`](Self::tell).
    pub fn tell_to<A: HostedBy<S>, M: HandledBy<A> + Send + 'static>(
        &self,
        address: impl Into<ActorAddress>,
        message: M,
    ) -> TellAny<M> {
        let address = address.into();
        let rest: BoxFuture<'static, _> = match self.core().find::<A>(&address) {
            Ok(actor) => Box::pin(async move { Tell::new(&actor, message, SendOrigin::OUTSIDE).await }),
            Err(cause) => {
                let core = self.shared().clone();
                Box::pin(async move {
                    let sent = core.unresolved::<A>(cause, &address, message.wrap(ReplySlot::EMPTY), true);
                    sent.map_err(|error| {
                        error.and_then(|message| M::unwrap(message).map(|(message, _)| message))
                    })
                })
            }
        };
        TellAny(rest)
    }

    /// Asks the actor at an address, which is resolved when this method is called. If the address leads to no actor, the
    /// message becomes a dead letter.
    ///
    /// # Errors
    ///
    /// As for [`ask`](Self::ask), and [`AskError::NotFound`](crate::reply::AskError::NotFound) if the address leads to no actor.
    ///
    /// # Cancel safety
    ///
    /// As for [`ask`](Self::ask).
    pub fn ask_to<A: HostedBy<S>, M: HandledBy<A, Reply = R> + Send + 'static, R: Send + 'static>(
        &self,
        address: impl Into<ActorAddress>,
        message: M,
    ) -> AskAny<R> {
        let address = address.into();
        let (core, found) = (self.shared().clone(), self.core().find::<A>(&address));
        AskAny(Box::pin(async move {
            match found {
                Ok(actor) => Ask::new(&actor, message, SendOrigin::OUTSIDE).await,
                Err(cause) => Err(core.unresolved_ask::<A, M>(cause, address, message)),
            }
        }))
    }

    /// Makes a request: an envelope with a reply slot, for a broker's [`publish_request`](MessageBroker::publish_request).
    ///
    /// The envelope names the actor by its id, which is unique in one system only. For an actor of another system the envelope
    /// names no actor: it becomes a dead letter, and the asker gets [`AskError::NotFound`](crate::reply::AskError::NotFound).
    pub fn request<A: HostedBy<S>, M: HandledBy<A, Reply = R>, R: Send + 'static>(
        &self,
        to: &ActorRef<A>,
        message: M,
    ) -> Request<S::Message, R> {
        let (slot, answer) = reply::pair();
        let message = message.wrap(slot);
        let name = name_of::<A>(message.number());
        // An actor of this system may have the same id as one of another system.
        let is_hosted = to.endpoint().weak_host().as_ptr().addr() == Arc::as_ptr(self.shared()).addr();
        let draft = MetaFields {
            recipient: is_hosted.then(|| to.id()),
            wait: WaitPolicy::Forever,
            request: true,
            ..MetaFields::default()
        };
        let envelope =
            Envelope::from_parts(PooledMeta::sent(self.core().meta(A::NAME, name, draft)), A::wrap(message));
        let asked = Asked { actor: A::NAME, target: to.id().into(), message: name, timeout: None };
        let (core, meta) = (self.shared().clone(), envelope.meta().clone());
        let runtime = core.runtime.clone();
        Request::new(envelope, answer, asked, runtime, move |cause, envelope| match envelope {
            Some(envelope) => core.dead_letter_envelope(cause, envelope),
            None => core.dead_letter_lost(&meta),
        })
    }
}

//! The lookup of actors by name, id or address; sends to unknown addresses; the replay of dead letters.

use crate::{
    actor::{ActorRef, HandledBy, Queued, SendResult, Tag, Variants, name_of},
    broker::{MessageBroker, Outcome, dead_letters::StoredLetter},
    envelope::{MetaFields, PooledMeta, WaitPolicy},
    id::{ActorAddress, ActorId},
    reply::{AskError, Asked, Cause, ReplySlot},
    sync::Arc,
    system::{Core, HostedBy, System},
};

impl<S: System, B: MessageBroker<S::Message>> Core<S, B> {
    /// The live actor with this name, if it is an `A`.
    pub(crate) fn named<A: HostedBy<S>>(&self, name: &str) -> Option<ActorRef<A>> {
        self.with_id(self.names.find(name)?)
    }

    fn with_id<A: HostedBy<S>>(&self, id: ActorId) -> Option<ActorRef<A>> {
        A::kind(&self.registry).members.find(id).map(ActorRef::new)
    }

    /// The live actor at this address, if it is an `A`; or the cause of there being none.
    pub(crate) fn find<A: HostedBy<S>>(&self, address: &ActorAddress) -> Result<ActorRef<A>, Cause> {
        if self.ending.has_begun() {
            return Err(Cause::ShuttingDown);
        }
        match address {
            ActorAddress::Id(id) => self.with_id(*id).ok_or_else(|| {
                let stopped = A::kind(&self.registry).members.was_issued(*id);
                if stopped { Cause::Stopped } else { Cause::NotFound }
            }),
            ActorAddress::Named(name) => self.named(name).ok_or(Cause::NotFound),
        }
    }

    /// Ends a send whose address leads to no actor. If `returns`, the sender has the message back, otherwise it is a dead letter.
    pub(crate) fn unresolved<A: HostedBy<S>>(
        &self,
        cause: Cause,
        address: &ActorAddress,
        message: A::Message,
        returns: bool,
    ) -> SendResult<A> {
        let kind = A::kind(&self.registry);
        let recipient = match address {
            ActorAddress::Id(id) => Some(*id),
            ActorAddress::Named(_) => None,
        };
        let mut tag = Tag::of_sender(None);
        if kind.is_via_broker() {
            let fields = MetaFields { recipient, request: !returns, ..MetaFields::default() };
            let meta = self.meta(A::NAME, name_of::<A>(message.number()), fields);
            self.settled(&meta, Outcome::Published);
            tag = kind.metadata.insert(PooledMeta::new(meta));
        }
        kind.reject(cause, Queued { message, tag }, recipient, returns)
    }

    /// The error for an asker whose address leads to no actor. The message is a dead letter.
    pub(crate) fn unresolved_ask<A, M>(&self, cause: Cause, address: ActorAddress, message: M) -> AskError
    where
        A: HostedBy<S>,
        M: HandledBy<A>,
    {
        let message = message.wrap(ReplySlot::EMPTY);
        let name = name_of::<A>(message.number());
        let _ = self.unresolved::<A>(cause.clone(), &address, message, false); // the error below says why
        AskError::new(cause, Asked { actor: A::NAME, target: address, message: name, timeout: None })
    }

    /// Sends dead letters again. Returns how many were delivered.
    pub(crate) async fn replay(self: &Arc<Self>, letters: Vec<StoredLetter<S::Message>>) -> usize {
        let mut delivered = 0;
        for StoredLetter { letter, message, .. } in letters {
            let Some(message) = message else { continue };
            let draft = MetaFields {
                sender: letter.sender,
                recipient: letter.target,
                wait: WaitPolicy::Forever,
                ..MetaFields::default()
            };
            let meta = self.meta(letter.receiver_type, letter.message_type, draft);
            match self.publish(meta, message).done().await {
                Ok(published) => delivered += usize::from(published.receivers > 0),
                Err(rejected) => self.dead_letter_rejected(rejected.into()),
            }
        }
        delivered
    }
}

use crate::{
    actor::{ActorRef, HandledBy, Queued, Tag, name_of},
    broker::{MessageBroker, dead_letters::StoredLetter},
    envelope::{MetaFields, WaitPolicy},
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
        A::kind(&self.registry).members.find(id).map(ActorRef)
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

    /// Makes a dead letter of a message whose address leads to no actor, and the error for its asker.
    pub(crate) fn not_found<A, M>(&self, cause: Cause, address: ActorAddress, message: M) -> AskError
    where
        A: HostedBy<S>,
        M: HandledBy<A>,
    {
        let message = message.wrap(ReplySlot::EMPTY);
        let name = name_of::<A>(A::variant(&message));
        let target = match &address {
            ActorAddress::Id(id) => Some(*id),
            ActorAddress::Named(_) => None,
        };
        let queued = Queued { message, tag: Tag::of_sender(None) };
        A::kind(&self.registry).dead_letter_undelivered(cause.clone(), queued, target);
        AskError::new(cause, Asked { actor: A::NAME, target: address, message: name, timeout: None })
    }

    /// Sends dead letters again. Returns how many were delivered.
    pub(crate) async fn replay(self: &Arc<Self>, letters: Vec<StoredLetter<S::Message>>) -> usize {
        let mut delivered = 0;
        for StoredLetter { letter, message } in letters {
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

use crate::{
    actor::{
        declare::Actor,
        shared::{AnySystem, Cell, SendError, Sent, TypeState},
    },
    broker::{MaybeReady, Outcome, dead_letters::Reason},
    envelope::{Meta, MetaFields, PooledMeta},
    id::{ActorId, CorrelationId, MessageId},
    rt::BoxFuture,
    sync::Arc,
};
use std::any::{Any, TypeId};

/// The system, as one type of actor sees it. Implemented where the system and its broker are known; the one trait
/// object of the way of a message, and off the direct way.
pub(crate) trait Host<A: Actor>: AnySystem {
    /// What its actors share.
    fn kind(&self) -> &Arc<TypeState<A>>;

    /// The part of the system that spawns actors of this type: an `Arc<dyn Spawner<A>>`. Cold.
    fn spawner(self: Arc<Self>) -> Box<dyn Any + Send>;

    /// The part of the system that spawns actors of another type: an `Arc<dyn Spawner<_>>`. Cold.
    fn spawner_of(&self, actor: TypeId) -> Option<Box<dyn Any + Send>>;

    /// Makes the metadata of a message.
    fn metadata(&self, name: &'static str, fields: MetaFields) -> PooledMeta;

    /// Sends a message through the broker.
    fn publish(
        self: Arc<Self>,
        to: &Cell<A>,
        fields: MetaFields,
        message: A::Message,
    ) -> MaybeReady<Result<Sent, SendError<A::Message>>>;

    /// Publishes an event of an actor, on the direct path or through the broker. Ready when each subscriber has it.
    fn publish_event(
        &self,
        event: A::Event,
        sender: ActorId,
        correlation: Option<CorrelationId>,
    ) -> MaybeReady<()>;

    /// The handler of a message that can be seen begins.
    fn handling(&self, meta: &Meta);

    /// Something became of a message that can be seen.
    fn settled(&self, meta: &Meta, outcome: Outcome);

    /// A message will never be handled. Whoever waited for an answer has been told.
    fn dead_letter(&self, death: DeadLetterMeta, message: Option<A::Message>);

    /// The actor has ended; its name is free.
    fn release(&self, cell: &Cell<A>);

    /// Runs what is left of a send whose sender does not wait.
    fn spawn(self: Arc<Self>, rest: BoxFuture<'static, ()>);
}

/// What is known about a message that will never be handled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DeadLetterMeta {
    pub(crate) reason: Reason,
    /// A bare tell gets one now.
    pub(crate) id: Option<MessageId>,
    pub(crate) receiver: &'static str,
    pub(crate) name: &'static str,
    pub(crate) sender: Option<ActorId>,
    pub(crate) target: Option<ActorId>,
}

//! The trait `Host`: the system as one actor type uses it, to publish, to record dead letters and to spawn.

use crate::{
    actor::{
        declare::Actor,
        shared::{AnySystem, Cell, SendError, Sent, TypeState},
        spawn::Spawner,
    },
    broker::{MaybeReady, Outcome, dead_letters::Reason},
    envelope::{Meta, MetaFields, PooledMeta},
    id::{ActorId, CorrelationId, MessageId},
    reply::Cause,
    rt::BoxFuture,
    sync::Arc,
};
use std::any::{Any, TypeId};

/// The system, as one type of actor uses it. Implemented where the system and its broker are known. Messages on the direct path do
/// not pass this trait object.
pub(crate) trait Host<A: Actor>: AnySystem {
    /// The state that all actors of this type share.
    fn kind(&self) -> &Arc<TypeState<A>>;

    /// The part of the system that spawns actors of this type.
    fn spawner(self: Arc<Self>) -> Arc<dyn Spawner<A>>;

    /// The part of the system that makes tasks of actors of this type: an `Arc<dyn TaskHost<A>>`. Cold.
    fn task_host(self: Arc<Self>) -> Box<dyn Any + Send>;

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

    /// Reports that the handler of an observed message starts.
    fn handling(&self, meta: &Meta);

    /// Reports the outcome of an observed message.
    fn settled(&self, meta: &Meta, outcome: Outcome);

    /// Records a dead letter. Its asker has been told the cause.
    fn dead_letter(&self, death: DeadLetterMeta, message: Option<A::Message>);

    /// Records an event that its actor can no longer publish as a dead letter.
    fn dead_letter_event(&self, cause: &Cause, sender: ActorId, event: A::Event);

    /// Releases the name and the place of an actor that has ended.
    fn release(&self, cell: &Cell<A>);

    /// Runs the rest of a send whose sender does not wait.
    fn spawn(self: Arc<Self>, rest: BoxFuture<'static, ()>);
}

/// What is known about a message that will not be handled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DeadLetterMeta {
    pub(crate) reason: Reason,
    /// A message on the direct path has no id until it becomes a dead letter.
    pub(crate) id: Option<MessageId>,
    pub(crate) receiver: &'static str,
    pub(crate) name: &'static str,
    pub(crate) sender: Option<ActorId>,
    pub(crate) target: Option<ActorId>,
}

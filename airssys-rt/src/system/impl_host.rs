//! The impls of `Host`, `TaskHost`, `Spawner` and the broker's route: where actors and the broker meet.

use crate::{
    actor::{
        Cell, CellConfig, DeadLetterMeta, Host, SendResult, Sent, SpawnError, SpawnPlan, SpawnStart, Spawner,
        TaskHost, TaskState, TypeState, Variants, name_of,
    },
    broker::{MaybeReady, MessageBroker, Outcome, Published, Router, Undelivered},
    envelope::{Envelope, Meta, MetaFields, PooledMeta},
    id::{ActorId, CorrelationId},
    reply::Cause,
    rt::BoxFuture,
    sync::{Arc, Relaxed, Weak},
    system::{Core, HostedBy, System, publish_event::EventResult, spawn},
};
use std::any::{Any, TypeId};

/// The system, as one type of actor uses it.
impl<A, S, B> Host<A> for Core<S, B>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    fn kind(&self) -> &Arc<TypeState<A>> {
        A::kind(&self.registry)
    }

    fn spawner(self: Arc<Self>) -> Arc<dyn Spawner<A>> {
        self
    }

    fn task_host(self: Arc<Self>) -> Box<dyn Any + Send> {
        let task_host: Arc<dyn TaskHost<A>> = self;
        Box::new(task_host)
    }

    fn spawner_of(&self, actor: TypeId) -> Option<Box<dyn Any + Send>> {
        let mut found = None;
        S::kinds(&self.registry, &mut |kind| found = found.take().or_else(|| kind.spawner_of(actor)));
        found
    }

    fn metadata(&self, name: &'static str, fields: MetaFields) -> PooledMeta {
        PooledMeta::sent(self.meta(A::NAME, name, fields))
    }

    fn publish(
        self: Arc<Self>,
        to: &Cell<A>,
        fields: MetaFields,
        message: A::Message,
    ) -> MaybeReady<SendResult<A>> {
        let (request, detached) = (fields.request, fields.detached.clone());
        let returns = move || !request && !detached.is_some_and(|detached| detached.load(Relaxed));
        let meta = self.meta(A::NAME, name_of::<A>(message.number()), fields);
        let published = self.publish_by(meta, A::wrap(message), |envelope| self.deliver_to(to, envelope));
        published.map(move |published| match published {
            Ok(_) => Ok(Sent::Queued),
            Err(rejected) => A::kind(&self.registry).reject_envelope(rejected.into(), A::unwrap, returns()),
        })
    }

    #[inline]
    fn publish_event(
        &self,
        event: A::Event,
        sender: ActorId,
        correlation: Option<CorrelationId>,
    ) -> MaybeReady<()> {
        match Core::publish_event(self, Some(sender), correlation, A::route(event)) {
            Ok(_) => MaybeReady::Ready(()),
            Err(unfinished) => self.finish_event(*unfinished),
        }
    }

    fn handling(&self, meta: &Meta) {
        self.broker.handling(meta);
    }

    fn settled(&self, meta: &Meta, outcome: Outcome) {
        Core::settled(self, meta, outcome);
    }

    fn dead_letter(&self, death: DeadLetterMeta, message: Option<A::Message>) {
        Core::dead_letter(self, death, message.map(A::wrap));
    }

    fn dead_letter_event(&self, cause: &Cause, sender: ActorId, event: A::Event) {
        Core::dead_letter_event(self, cause, Some(sender), A::route(event));
    }

    fn release(&self, cell: &Cell<A>) {
        self.live.fetch_sub(1, Relaxed);
        if let Some(name) = cell.name() {
            self.names.release(name, cell.id);
        }
    }

    fn spawn(self: Arc<Self>, rest: BoxFuture<'static, ()>) {
        Core::spawn_send(&self, rest);
    }
}

impl<A, S, B> TaskHost<A> for Core<S, B>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    fn enter(self: Arc<Self>, birth: CellConfig) -> Result<TaskState<A>, SpawnError> {
        spawn::enter(&self, birth)
    }
}

impl<A, S, B> Spawner<A> for Core<S, B>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    fn begin(self: Arc<Self>, plan: SpawnPlan<A>) -> SpawnStart<A> {
        spawn::begin(self, plan)
    }
}

/// Counts one send in the background less, however it ends.
struct SendEnded<S: System, B: MessageBroker<S::Message>>(Arc<Core<S, B>>);

impl<S: System, B: MessageBroker<S::Message>> Drop for SendEnded<S, B> {
    fn drop(&mut self) {
        self.0.background.modify(|sends| *sends -= 1);
    }
}

impl<S: System, B: MessageBroker<S::Message>> Core<S, B> {
    /// Runs a send in the background. A shutdown waits for it.
    fn spawn_send(self: &Arc<Self>, rest: BoxFuture<'static, ()>) {
        self.background.modify(|sends| *sends += 1);
        let ended = SendEnded(self.clone());
        self.runtime.spawn(Box::pin(async move {
            let _ended = ended;
            rest.await;
        }));
    }

    /// Finishes the publish of an event of an actor. The actor does not want the event back: it is a dead letter.
    #[cold]
    fn finish_event(&self, unfinished: MaybeReady<EventResult<S>>) -> MaybeReady<()> {
        match unfinished {
            MaybeReady::Ready(Ok(_)) | MaybeReady::Yield(Ok(_)) => MaybeReady::Ready(()),
            MaybeReady::Ready(Err(rejection)) | MaybeReady::Yield(Err(rejection)) => {
                self.dead_letter_rejected(rejection);
                MaybeReady::Ready(())
            }
            MaybeReady::Later(rest) => {
                let core = self.me();
                MaybeReady::later(async move {
                    if let (Err(rejection), Some(core)) = (rest.await, core) {
                        core.dead_letter_rejected(rejection);
                    }
                })
            }
        }
    }

    /// Delivers an envelope from the broker to an actor whose cell the sender has.
    #[inline]
    fn deliver_to<A: HostedBy<S>>(
        &self,
        cell: &Cell<A>,
        envelope: Envelope<S::Message>,
    ) -> MaybeReady<Result<Published, Undelivered<S::Message>>> {
        if A::peek(envelope.message()).is_none() {
            return S::deliver(&self.registry, envelope); // a hook has put a message of another type of actor there
        }
        let (meta, message) = envelope.into_parts();
        let message = A::unwrap(message).expect("it was there a moment ago");
        cell.kind.deliver_to(cell, meta, message, A::wrap)
    }
}

/// The system behind its broker's route. Weak: the broker may outlive the system.
pub(crate) struct SystemRoute<S: System, B>(pub(crate) Weak<Core<S, B>>);

impl<S: System, B: MessageBroker<S::Message>> Router<S::Message> for SystemRoute<S, B> {
    fn deliver(
        &self,
        envelope: Envelope<S::Message>,
    ) -> MaybeReady<Result<Published, Undelivered<S::Message>>> {
        match self.0.upgrade() {
            Some(core) => core.deliver(envelope),
            None => MaybeReady::Ready(Err(Undelivered::ended(envelope))),
        }
    }

    fn watch(&self, watched: bool) {
        if let Some(core) = self.0.upgrade() {
            core.look(|observers| observers.taps = watched);
        }
    }
}

use crate::{
    actor::{
        Actor, Cell, CellConfig, DeadLetterMeta, FanOut, Host, Queued, SendError, Sent, SpawnError,
        SpawnPlan, SpawnStart, Spawner, TaskState, TypeState, name_of,
    },
    broker::{
        MaybeReady, MessageBroker, Obstacle, Outcome, Published, Rejected, Router, Undelivered,
        dead_letters::Reason,
    },
    envelope::{Envelope, Meta, MetaFields, PooledMeta},
    rt::BoxFuture,
    sync::{Arc, Relaxed, Weak},
    system::{Core, HostedBy, System, spawn},
};
use std::any::{Any, TypeId};

/// How a message goes back to its sender.
type Back<A> = fn(<A as Actor>::Message) -> SendError<<A as Actor>::Message>;

/// The system as one of its kinds of actor sees it.
impl<A, S, B> Host<A> for Core<S, B>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    fn kind(&self) -> &Arc<TypeState<A>> {
        A::kind(&self.registry)
    }

    fn spawner(self: Arc<Self>) -> Box<dyn Any + Send> {
        let spawner: Arc<dyn Spawner<A>> = self;
        Box::new(spawner)
    }

    fn spawner_of(&self, actor: TypeId) -> Option<Box<dyn Any + Send>> {
        let mut found = None;
        S::kinds(&self.registry, &mut |kind| found = found.take().or_else(|| kind.spawner_of(actor)));
        found
    }

    fn tag(&self, name: &'static str, draft: MetaFields) -> PooledMeta {
        PooledMeta::new(self.meta(A::NAME, name, draft))
    }

    fn publish(
        self: Arc<Self>,
        to: &Cell<A>,
        draft: MetaFields,
        message: A::Message,
    ) -> MaybeReady<Result<Sent, SendError<A::Message>>> {
        let (request, unattended) = (draft.request, draft.unattended.clone());
        let meta = self.meta(A::NAME, name_of::<A>(A::variant(&message)), draft);
        match self.publish_by(meta, A::wrap(message), |envelope| self.deliver_to(to, envelope)) {
            MaybeReady::Ready(Ok(_)) => MaybeReady::Ready(Ok(Sent::Queued)),
            MaybeReady::Ready(Err(rejected)) => {
                let unwanted = request || unattended.is_some_and(|gone| gone.load(Relaxed));
                MaybeReady::Ready(self.rejected::<A>(rejected, unwanted))
            }
            MaybeReady::Later(rest) => MaybeReady::later(async move {
                let Err(rejected) = rest.await else { return Ok(Sent::Queued) };
                let unwanted = request || unattended.is_some_and(|gone| gone.load(Relaxed));
                self.rejected::<A>(rejected, unwanted)
            }),
        }
    }

    fn publish_event(self: Arc<Self>, draft: MetaFields, event: A::Event) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            // Whoever published it has gone on: what came back is dead.
            if let Err(Some((reason, envelope))) = Core::publish_event(&self, draft, A::route(event)).await {
                self.dead_letter_envelope(reason, envelope);
            }
        })
    }

    fn fan_out(&self, event: A::Event, fan: &mut FanOut) {
        let event = A::route(event);
        S::fan_out(&self.registry, &event, fan);
        if fan.is_unheard() {
            self.unheard(fan.sender(), event);
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

    fn release(&self, cell: &Cell<A>) {
        self.live.fetch_sub(1, Relaxed);
        if let Some(name) = cell.name() {
            self.names.release(name, cell.id);
        }
    }

    fn spawn(self: Arc<Self>, rest: BoxFuture<'static, ()>) {
        /// One send less, however it ends.
        struct Ended<S: System, B: MessageBroker<S::Message>>(Arc<Core<S, B>>);
        impl<S: System, B: MessageBroker<S::Message>> Drop for Ended<S, B> {
            fn drop(&mut self) {
                self.0.background.send_modify(|sends| *sends -= 1);
            }
        }
        self.background.send_modify(|sends| *sends += 1);
        let ended = Ended(self.clone());
        self.runtime.spawn(async move {
            let _ended = ended;
            rest.await;
        });
    }
}

impl<A, S, B> Spawner<A> for Core<S, B>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    fn enter(self: Arc<Self>, birth: CellConfig) -> Result<TaskState<A>, SpawnError> {
        spawn::enter(&self, birth)
    }

    fn begin(self: Arc<Self>, plan: SpawnPlan<A>) -> SpawnStart<A> {
        spawn::begin(self, plan)
    }
}

impl<S: System, B: MessageBroker<S::Message>> Core<S, B> {
    /// From the broker to an actor that is at hand.
    #[inline]
    fn deliver_to<A: HostedBy<S>>(
        &self,
        cell: &Cell<A>,
        envelope: Envelope<S::Message>,
    ) -> MaybeReady<Result<Published, Undelivered<S::Message>>> {
        if A::peek(envelope.message()).is_none() {
            return S::deliver(&self.registry, envelope); // a hook has put another message there
        }
        let (meta, message) = envelope.into_parts();
        let message = A::unwrap(message).expect("it was there a moment ago");
        cell.kind.deliver_to(cell, meta, message, A::wrap)
    }

    /// What a sender is told whose message did not get through; `unwanted` if it does not want it back.
    #[cold]
    fn rejected<A: HostedBy<S>>(
        &self,
        rejected: Rejected<S::Message, B::Error>,
        unwanted: bool,
    ) -> Result<Sent, SendError<A::Message>> {
        let (back, reason, envelope): (Back<A>, _, _) = match rejected {
            Rejected::Refused(envelope) => (SendError::Refused, Reason::Refused, envelope),
            Rejected::Dropped(envelope) => return self.lose::<A>(Reason::Refused, envelope),
            Rejected::Transport(_) => return Err(SendError::Lost),
            Rejected::Undelivered(undelivered) => {
                let (obstacle, envelope) = (undelivered.obstacle(), undelivered.into_envelope());
                match obstacle {
                    Obstacle::Dropped => return self.lose::<A>(Reason::MailboxFull, envelope),
                    Obstacle::Expired => return self.lose::<A>(Reason::Expired, envelope),
                    Obstacle::Full => (SendError::Full, Reason::MailboxFull, envelope),
                    Obstacle::NoRecipient | Obstacle::Stopped | Obstacle::NoSubscriber => {
                        (SendError::Stopped, Reason::ActorStopped, envelope)
                    }
                }
            }
        };
        if unwanted {
            // An asker is told why, and the message is dead.
            return self.lose::<A>(reason, envelope);
        }
        let (meta, message) = envelope.into_parts();
        self.settled(&meta, Outcome::Returned);
        Err(A::unwrap(message).map_or(SendError::Lost, back)) // unless a hook put another message there
    }

    /// A message of an actor that nobody will handle, and whose sender need not care.
    fn lose<A: HostedBy<S>>(
        &self,
        reason: Reason,
        envelope: Envelope<S::Message>,
    ) -> Result<Sent, SendError<A::Message>> {
        let (meta, message) = envelope.into_parts();
        let Some(message) = A::unwrap(message) else { return Err(SendError::Lost) };
        let kind = A::kind(&self.registry);
        let target = meta.recipient();
        kind.lose(reason, Queued { message, tag: kind.metadata.insert(meta) }, target);
        Ok(Sent::Dropped)
    }
}

/// The system as its broker sees it. Weak: the broker may outlive the system.
pub(crate) struct SystemRoute<S: System, B>(pub(crate) Weak<Core<S, B>>);

impl<S: System, B: MessageBroker<S::Message>> Router<S::Message> for SystemRoute<S, B> {
    fn deliver(
        &self,
        envelope: Envelope<S::Message>,
    ) -> MaybeReady<Result<Published, Undelivered<S::Message>>> {
        match self.0.upgrade() {
            Some(core) => core.deliver(envelope),
            None => MaybeReady::Ready(Err(Undelivered::new(Obstacle::Stopped, envelope))),
        }
    }

    fn watch(&self, watched: bool) {
        if let Some(core) = self.0.upgrade() {
            core.look(|observers| observers.taps = watched);
        }
    }
}

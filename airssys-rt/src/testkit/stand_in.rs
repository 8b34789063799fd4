//! The host of an actor without a system, for probes and test contexts: records messages, runs scripts.

use crate::{
    actor::{
        Actor, AnyCell, AnySystem, Cell, CellConfig, DeadLetterMeta, Host, LifecycleEvent, SendError, Sent,
        Settings, SpawnError, SpawnPlan, SpawnStart, Spawner, TaskHost, TaskState, TypeState, Variants,
        name_of,
    },
    broker::{MaybeReady, Outcome, Published, Undelivered},
    envelope::{Meta, MetaFields, PooledMeta},
    id::{ActorId, CorrelationId, MessageId},
    mailbox::MailboxPolicy,
    reply::{Cause, FaultReport},
    rt::{BoxFuture, Runtime},
    sync::{Arc, AtomicU64, Mutex, Relaxed, Weak},
    testkit::script::Script,
};
use std::{
    any::{Any, TypeId},
    convert::identity,
    time::Duration,
};

/// The time limit of an ask to a stand-in.
const ASK_TIMEOUT: Duration = Duration::from_secs(5);

/// The number of stand-ins so far. Each gets its own kind index, so that an actor can watch two of them. The indices count down
/// from the highest one, so that they seldom equal those of a system's actors.
static STAND_INS: AtomicU64 = AtomicU64::new(0);

/// The host of one actor without a system: it observes each message on the way to the mailbox, and may answer it.
pub(super) struct StandIn<A: Actor> {
    pub(super) kind: Arc<TypeState<A>>,
    scripts: Mutex<Vec<Arc<Script<A>>>>,
    seen: Mutex<Vec<Meta>>,
    messages: AtomicU64,
}

impl<A: Actor> StandIn<A> {
    pub(super) fn new() -> Arc<Self> {
        let nth = STAND_INS.fetch_add(1, Relaxed) as usize;
        let index = ActorId::MAX_KINDS - 1 - nth % ActorId::MAX_KINDS;
        let settings = Settings {
            ask_timeout: ASK_TIMEOUT,
            stop_timeout: ASK_TIMEOUT,
            mailbox: MailboxPolicy::unbounded(),
        };
        Arc::new_cyclic(|host: &Weak<Self>| StandIn {
            // Observed, so that every message passes this host.
            kind: Arc::new(TypeState::new(index, true, settings, host.clone())),
            scripts: Mutex::new(Vec::new()),
            seen: Mutex::new(Vec::new()),
            messages: AtomicU64::new(0),
        })
    }

    /// Makes the cell of the actor, the only one of its type.
    pub(super) fn actor(&self, policy: MailboxPolicy) -> Arc<Cell<A>> {
        self.kind
            .enter(CellConfig { start_number: 0, name: None, policy, parent: None, supervised: false })
            .expect("an empty kind has capacity for its first actor")
    }

    pub(super) fn script(&self, script: Script<A>) {
        self.scripts.lock().push(Arc::new(script));
    }

    pub(super) fn seen(&self) -> Vec<Meta> {
        self.seen.lock().clone()
    }

    /// Answers with the last script that fits the message. Returns the message if there is none.
    fn answer(&self, message: A::Message) -> Option<A::Message> {
        let script = self.scripts.lock().iter().rev().find(|script| (script.fits)(&message)).cloned();
        let Some(script) = script else { return Some(message) };
        script.answer(message);
        None
    }

    fn is_open(&self, recipient: Option<ActorId>) -> bool {
        recipient.and_then(|id| self.kind.members.find(id)).is_some_and(|cell| cell.mailbox.is_open())
    }
}

impl<A: Actor> AnySystem for StandIn<A> {
    fn as_any_system(&self) -> &dyn AnySystem {
        self
    }

    fn into_any_system(self: Arc<Self>) -> Arc<dyn AnySystem> {
        self
    }

    fn runtime(&self) -> &Runtime {
        unreachable!("a stand-in spawns no actors")
    }

    fn next_start_number(&self) -> u64 {
        0
    }

    fn jitter_seed(&self) -> u64 {
        0
    }

    fn spawn_timeout(&self) -> Duration {
        ASK_TIMEOUT
    }

    fn stop_timeout(&self) -> Duration {
        ASK_TIMEOUT
    }

    fn observes_lifecycle(&self) -> bool {
        false
    }

    fn lifecycle_event(&self, _: &LifecycleEvent) {}

    fn record_overdue(&self, _: &Arc<dyn AnyCell>) {}

    fn release_name(&self, _: &str, _: ActorId) {}

    fn report_accepted(&self, _: &Meta, _: usize) {}

    fn report_interrupted(&self, _: &Meta, _: usize) {}

    fn record_accepted(&self, _: MessageId) {}

    fn fail(&self, _: FaultReport) {}
}

impl<A: Actor> Host<A> for StandIn<A> {
    fn kind(&self) -> &Arc<TypeState<A>> {
        &self.kind
    }

    fn spawner(self: Arc<Self>) -> Arc<dyn Spawner<A>> {
        self
    }

    fn task_host(self: Arc<Self>) -> Box<dyn Any + Send> {
        let task_host: Arc<dyn TaskHost<A>> = self;
        Box::new(task_host)
    }

    fn spawner_of(&self, _: TypeId) -> Option<Box<dyn Any + Send>> {
        None
    }

    fn metadata(&self, name: &'static str, fields: MetaFields) -> PooledMeta {
        let id = MessageId::nth(self.messages.fetch_add(1, Relaxed));
        PooledMeta::new(Meta::new(id, A::NAME, name, fields))
    }

    fn publish(
        self: Arc<Self>,
        to: &Cell<A>,
        fields: MetaFields,
        message: A::Message,
    ) -> MaybeReady<Result<Sent, SendError<A::Message>>> {
        let (request, recipient) = (fields.request, fields.recipient);
        let meta = self.metadata(name_of::<A>(message.number()), fields);
        let mut message = message;
        if self.is_open(recipient) {
            self.seen.lock().push(Meta::clone(&meta));
            let Some(left) = self.answer(message) else { return MaybeReady::Ready(Ok(Sent::Queued)) };
            message = left;
        }
        let kind = self.kind.clone();
        let sent = move |delivered: Result<Published, Undelivered<A::Message>>| match delivered {
            Ok(_) => Ok(Sent::Queued),
            Err(undelivered) => kind.reject_envelope(undelivered.into(), Some, !request),
        };
        self.kind.deliver_to(to, meta, message, identity).map(sent)
    }

    fn publish_event(&self, _: A::Event, _: ActorId, _: Option<CorrelationId>) -> MaybeReady<()> {
        MaybeReady::Ready(())
    }

    fn handling(&self, _: &Meta) {}

    fn settled(&self, _: &Meta, _: Outcome) {}

    fn dead_letter(&self, _: DeadLetterMeta, _: Option<A::Message>) {}

    fn dead_letter_event(&self, _: &Cause, _: ActorId, _: A::Event) {}

    fn release(&self, _: &Cell<A>) {}

    fn spawn(self: Arc<Self>, rest: BoxFuture<'static, ()>) {
        if let Some(runtime) = Runtime::current() {
            runtime.spawn(rest);
        }
    }
}

impl<A: Actor> TaskHost<A> for StandIn<A> {
    fn enter(self: Arc<Self>, _: CellConfig) -> Result<TaskState<A>, SpawnError> {
        Err(SpawnError::NotHosted { actor: A::NAME })
    }
}

impl<A: Actor> Spawner<A> for StandIn<A> {
    fn begin(self: Arc<Self>, _: SpawnPlan<A>) -> SpawnStart<A> {
        SpawnStart::Ready(Err(SpawnError::NotHosted { actor: A::NAME }))
    }
}

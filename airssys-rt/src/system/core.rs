//! The core of a running system: registry, broker, names, counters, observers and dead letters.

use crate::{
    actor::{AnyCell, DeadLetterMeta, LifecycleEvent, Settings, StartList, Totals, TypeState},
    backoff,
    broker::{
        BrokerMetrics, MessageBroker, Observation, Outcome, Rejection, Taps,
        dead_letters::{DeadLetter, DeadLetters, Reason},
    },
    envelope::{Envelope, Meta, MetaFields},
    id::MessageId,
    observe::Counters,
    registry::NameTable,
    reply::Cause,
    rt::{self, Runtime, Watched},
    supervision::SupervisorCell,
    sync::{Arc, AtomicBool, AtomicU64, AtomicUsize, Mutex, Relaxed, Weak},
    system::{
        HostedBy, System, SystemConfig, interrupted_events::InterruptedEvents, shutdown_state::ShutdownState,
        waiting_sends::WaitingSends,
    },
};
use std::fmt;

/// The parts of a system. Only here are the types of the system and of its broker known.
#[doc(hidden)]
pub struct Core<S: System, B> {
    pub(crate) registry: S::Registry,
    pub(crate) broker: B,
    pub(crate) config: SystemConfig,
    pub(crate) names: NameTable,
    pub(crate) runtime: Runtime,
    pub(crate) ending: ShutdownState,
    pub(crate) dead_letters: DeadLetters<S::Message>,
    pub(crate) monitors: Arc<Taps<Observation, Observation>>,
    pub(crate) lifecycle_events: Arc<Taps<LifecycleEvent, LifecycleEvent>>,
    pub(crate) lifecycle_observed: Arc<AtomicBool>,
    /// The supervisors without a supervisor above them.
    pub(crate) roots: Mutex<Vec<SupervisorCell>>,
    /// For code that has only a reference and starts something in the background.
    me: Weak<Self>,
    /// Counts of events and envelopes that no mailbox accepted.
    pub(crate) undelivered: Totals,
    observers: Mutex<Observers>,
    /// Whether any observer needs messages to pass the broker.
    armed: AtomicBool,
    /// How many sends continue in the background.
    pub(crate) background: Watched<usize>,
    pub(crate) waiting_sends: WaitingSends,
    pub(crate) interrupted_events: InterruptedEvents,
    pub(crate) starts: Arc<StartList>,
    births: AtomicU64,
    pub(crate) jitter_seed: u64,
    /// Actors that are alive or starting.
    pub(crate) live: AtomicUsize,
    messages: AtomicU64,
}

/// What observes messages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Observers {
    /// The broker itself, always.
    broker: bool,
    /// Taps of the broker.
    pub(crate) taps: bool,
    monitors: bool,
}

/// For generated code: makes the state that all actors of one type share.
#[doc(hidden)]
pub fn kind<A, S, B>(core: &Weak<Core<S, B>>, config: &SystemConfig) -> Arc<TypeState<A>>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    let settings = Settings {
        ask_timeout: config.ask_timeout,
        stop_timeout: config.stop_timeout,
        mailbox: config.mailbox,
    };
    Arc::new(TypeState::new(A::INDEX, B::SEES_LOCAL, settings, core.clone()))
}

impl<S: System, B: MessageBroker<S::Message>> Core<S, B> {
    pub(crate) fn new(config: SystemConfig, broker: B, runtime: Runtime) -> Arc<Self> {
        Arc::new_cyclic(|core: &Weak<Self>| {
            let monitored = core.clone();
            let lifecycle_observed = Arc::new(AtomicBool::new(false));
            let seen = lifecycle_observed.clone();
            Core {
                registry: S::registry(core, &config),
                broker,
                names: NameTable::default(),
                runtime,
                ending: ShutdownState::default(),
                dead_letters: DeadLetters::new(config.dead_letters, config.dead_letter_bytes),
                monitors: Taps::new(move |some| {
                    if let Some(core) = monitored.upgrade() {
                        core.look(|observers| observers.monitors = some);
                    }
                }),
                lifecycle_events: Taps::new(move |some| seen.store(some, Relaxed)),
                lifecycle_observed,
                roots: Mutex::new(Vec::new()),
                me: core.clone(),
                undelivered: Totals::default(),
                observers: Mutex::new(Observers { broker: B::SEES_LOCAL, taps: false, monitors: false }),
                armed: AtomicBool::new(B::SEES_LOCAL),
                background: Watched::new(0),
                waiting_sends: WaitingSends::default(),
                interrupted_events: InterruptedEvents::default(),
                starts: Arc::default(),
                births: AtomicU64::new(0),
                jitter_seed: config.jitter_seed.unwrap_or_else(backoff::random_seed),
                live: AtomicUsize::new(0),
                messages: AtomicU64::new(0),
                config,
            }
        })
    }

    /// `None` only while the system is made.
    pub(crate) fn me(&self) -> Option<Arc<Self>> {
        self.me.upgrade()
    }

    /// Changes what observes messages, and with it the path of the messages of all actor types.
    pub(crate) fn look(&self, change: impl FnOnce(&mut Observers)) {
        let mut observers = self.observers.lock();
        change(&mut observers);
        let armed = observers.is_via_broker();
        self.armed.store(armed, Relaxed);
        S::kinds(&self.registry, &mut |kind| kind.set_via_broker(armed));
    }

    /// Whether events from outside must pass the broker.
    pub(crate) fn is_via_broker(&self) -> bool {
        self.armed.load(Relaxed)
    }

    /// Counts one more actor, unless there are too many. `false`: it has not been counted.
    pub(crate) fn admit(&self) -> bool {
        let admitted = self.live.fetch_add(1, Relaxed) < self.config.max_actors;
        if !admitted {
            self.live.fetch_sub(1, Relaxed);
        }
        admitted
    }

    /// The next position in the order in which actors and supervisors start.
    pub(crate) fn next_start_number(&self) -> u64 {
        self.births.fetch_add(1, Relaxed)
    }

    fn next_message(&self) -> MessageId {
        MessageId::nth(self.messages.fetch_add(1, Relaxed))
    }

    #[inline]
    pub(crate) fn meta(&self, receiver: &'static str, name: &'static str, draft: MetaFields) -> Meta {
        Meta::new(self.next_message(), receiver, name, draft)
    }

    pub(crate) fn cells(&self) -> Vec<Arc<dyn AnyCell>> {
        let mut cells = Vec::new();
        S::kinds(&self.registry, &mut |kind| cells.extend(kind.cells()));
        cells
    }

    pub(crate) fn counters(&self) -> Counters {
        let mut counters = self.undelivered.counters(std::iter::empty());
        S::kinds(&self.registry, &mut |kind| counters.add(kind.counters()));
        counters
    }

    pub(crate) fn metrics(&self) -> BrokerMetrics {
        let mut undelivered = self.undelivered.undelivered();
        S::kinds(&self.registry, &mut |kind| undelivered += kind.undelivered());
        BrokerMetrics::counted(self.accepted(), undelivered)
    }

    /// How many messages all mailboxes have accepted.
    pub(crate) fn accepted(&self) -> u64 {
        let mut accepted = 0;
        S::kinds(&self.registry, &mut |kind| accepted += kind.accepted());
        accepted
    }

    /// Reports the outcome of a message to the broker and the monitors.
    pub(crate) fn settled(&self, meta: &Meta, outcome: Outcome) {
        // An observer that panics must not harm the actors it observes.
        rt::catch(|| self.broker.settled(meta, outcome));
        if self.monitors.has_taps() {
            rt::catch(|| {
                self.monitors.offer(&Observation::new(meta, outcome));
            });
        }
    }

    pub(crate) fn dead_letter(&self, meta: DeadLetterMeta, message: Option<S::Message>) {
        let letter = DeadLetter {
            reason: meta.reason,
            id: meta.id.unwrap_or_else(|| self.next_message()),
            receiver_type: meta.receiver,
            message_type: meta.name,
            sender: meta.sender,
            target: meta.target,
            time: rt::wall_clock().into(),
        };
        self.dead_letters.record(letter, message, |message| S::about(message).content);
    }

    /// Makes a dead letter of an envelope that no mailbox accepted: it counts as sent and as dead.
    pub(crate) fn dead_letter_envelope(&self, cause: &Cause, envelope: Envelope<S::Message>) {
        let reason = Reason::from(cause);
        let (meta, message) = envelope.into_parts();
        self.undelivered.count_undelivered(reason);
        self.settled(&meta, Outcome::Undelivered(reason));
        self.dead_letter(dead_letter_meta(reason, &meta), Some(message));
    }

    /// Makes a dead letter of a message that was never published: it counts as sent and as dead.
    pub(crate) fn dead_letter_unpublished(&self, reason: Reason, meta: &Meta, message: S::Message) {
        self.undelivered.count_undelivered(reason);
        self.dead_letter(dead_letter_meta(reason, meta), Some(message));
    }

    /// Makes a dead letter of a message that a transport has lost: it counts as sent and as dead.
    pub(crate) fn dead_letter_lost(&self, meta: &Meta) {
        self.undelivered.count_undelivered(Reason::Lost);
        self.settled(meta, Outcome::Undelivered(Reason::Lost));
        self.dead_letter(dead_letter_meta(Reason::Lost, meta), None);
    }

    /// Makes a dead letter of an envelope that a broker gave back and its sender does not want.
    pub(crate) fn dead_letter_rejected(&self, rejection: Rejection<S::Message>) {
        if let Some(envelope) = rejection.envelope {
            self.dead_letter_envelope(&rejection.cause, envelope);
        }
    }
}

impl Observers {
    fn is_via_broker(self) -> bool {
        self.broker || self.taps || self.monitors
    }
}

pub(crate) fn dead_letter_meta(reason: Reason, meta: &Meta) -> DeadLetterMeta {
    DeadLetterMeta {
        reason,
        id: Some(meta.id()),
        receiver: meta.receiver_type(),
        name: meta.message_type(),
        sender: meta.sender(),
        target: meta.recipient(),
    }
}

impl<S: System, B> fmt::Debug for Core<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Core({})", S::NAME)
    }
}

use crate::{
    actor::{AnyCell, DeadLetterMeta, LifeEvent, Settings, Totals, TypeState},
    broker::{
        BrokerMetrics, MessageBroker, Observation, Outcome, Rejection, Taps,
        dead_letters::{DeadLetter, DeadLetters, Reason},
    },
    envelope::{Envelope, Meta, MetaFields},
    id::MessageId,
    observe::Counters,
    registry::Names,
    reply::Cause,
    rt::{self, Runtime},
    supervision::SupervisorCell,
    sync::{Arc, AtomicBool, AtomicU64, AtomicUsize, Mutex, Relaxed, Weak, watch},
    system::{HostedBy, System, SystemConfig, shutdown::Ending},
};
use std::fmt;

/// What a system is made of. Here, and nowhere below, the system and its broker are known.
#[doc(hidden)]
pub struct Core<S: System, B> {
    pub(crate) registry: S::Registry,
    pub(crate) broker: B,
    pub(crate) config: SystemConfig,
    pub(crate) names: Names,
    pub(crate) runtime: Runtime,
    pub(crate) ending: Ending,
    pub(crate) dead_letters: DeadLetters<S::Message>,
    pub(crate) monitors: Arc<Taps<Observation, Observation>>,
    pub(crate) lives: Arc<Taps<LifeEvent, LifeEvent>>,
    pub(crate) lives_seen: Arc<AtomicBool>,
    /// The supervisors that nobody supervises.
    pub(crate) roots: Mutex<Vec<SupervisorCell>>,
    /// For what is begun by somebody who has only a part of it.
    me: Weak<Self>,
    /// Of events that reach nobody.
    pub(crate) undelivered: Totals,
    observers: Mutex<Observers>,
    /// What the observers come to.
    armed: AtomicBool,
    /// How many sends go on although their senders do not wait.
    pub(crate) background: watch::Sender<usize>,
    births: AtomicU64,
    /// Actors that are alive or starting.
    pub(crate) live: AtomicUsize,
    messages: AtomicU64,
}

/// Who observers at the messages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Observers {
    /// The broker, always.
    broker: bool,
    /// The broker, because of its taps.
    pub(crate) taps: bool,
    monitors: bool,
}

/// For generated code: what the actors of one type share.
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
            let lives_seen = Arc::new(AtomicBool::new(false));
            let seen = lives_seen.clone();
            Core {
                registry: S::registry(core, &config),
                broker,
                names: Names::default(),
                runtime,
                ending: Ending::default(),
                dead_letters: DeadLetters::new(config.dead_letters),
                monitors: Taps::new(move |some| {
                    if let Some(core) = monitored.upgrade() {
                        core.look(|observers| observers.monitors = some);
                    }
                }),
                lives: Taps::new(move |some| seen.store(some, Relaxed)),
                lives_seen,
                roots: Mutex::new(Vec::new()),
                me: core.clone(),
                undelivered: Totals::default(),
                observers: Mutex::new(Observers { broker: B::SEES_LOCAL, taps: false, monitors: false }),
                armed: AtomicBool::new(B::SEES_LOCAL),
                background: watch::Sender::new(0),
                births: AtomicU64::new(0),
                live: AtomicUsize::new(0),
                messages: AtomicU64::new(0),
                config,
            }
        })
    }

    /// `None` only while it is made.
    pub(crate) fn me(&self) -> Option<Arc<Self>> {
        self.me.upgrade()
    }

    /// Arms or disarms all kinds, whenever it changes who observers.
    pub(crate) fn look(&self, change: impl FnOnce(&mut Observers)) {
        let mut observers = self.observers.lock();
        change(&mut observers);
        let armed = observers.is_via_broker();
        self.armed.store(armed, Relaxed);
        S::kinds(&self.registry, &mut |kind| kind.set_via_broker(armed));
    }

    /// Whether events from outside have to pass the broker.
    pub(crate) fn is_via_broker(&self) -> bool {
        self.armed.load(Relaxed)
    }

    /// Whether one more actor may live. If not, it has not been counted.
    pub(crate) fn admit(&self) -> bool {
        let admitted = self.live.fetch_add(1, Relaxed) < self.config.max_actors;
        if !admitted {
            self.live.fetch_sub(1, Relaxed);
        }
        admitted
    }

    /// Counts the actors in the order in which they start.
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
        let (sent, delivered) = (self.counters().sent, self.accepted());
        BrokerMetrics::counted(sent, delivered)
    }

    /// How many messages were ever let into a mailbox.
    pub(crate) fn accepted(&self) -> u64 {
        let mut accepted = 0;
        S::kinds(&self.registry, &mut |kind| accepted += kind.accepted());
        accepted
    }

    /// Tells whoever observers what became of a message.
    pub(crate) fn settled(&self, meta: &Meta, outcome: Outcome) {
        // Whoever observers must not be able to harm those it observers at.
        rt::catch(|| self.broker.settled(meta, outcome));
        if self.monitors.has_taps() {
            rt::catch(|| {
                self.monitors.offer(&Observation::new(meta, outcome));
            });
        }
    }

    pub(crate) fn dead_letter(&self, death: DeadLetterMeta, message: Option<S::Message>) {
        let letter = DeadLetter {
            reason: death.reason,
            id: death.id.unwrap_or_else(|| self.next_message()),
            receiver_type: death.receiver,
            message_type: death.name,
            sender: death.sender,
            target: death.target,
            time: rt::wall_clock(),
        };
        self.dead_letters.record(letter, message);
    }

    /// Makes a dead letter of an envelope that no mailbox accepted: it counts as sent and as dead.
    pub(crate) fn dead_letter_envelope(&self, cause: &Cause, envelope: Envelope<S::Message>) {
        let reason = Reason::from(cause);
        let (meta, message) = envelope.into_parts();
        self.undelivered.count_undelivered(reason);
        self.settled(&meta, Outcome::Undelivered(reason));
        self.dead_letter(death(reason, &meta), Some(message));
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

pub(crate) fn death(reason: Reason, meta: &Meta) -> DeadLetterMeta {
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

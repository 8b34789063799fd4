//! The test system of the cause tables: a target that provokes each cause, and a relay that sends from inside.

use airssys_rt::{
    broker::{
        InMemoryMessageBroker, MessageBroker, MessageStream, Observation, Outcome, Published, Received,
        Rejected, Route, TapFilter, TapStream, Undeliverable, Undelivered,
        hook::{Hook, Verdict},
    },
    envelope::{Envelope, Meta},
    prelude::*,
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::Semaphore;

/// The message of the table. A handler of `Job(FAILS)` fails.
#[message(reply = u64)]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Job(pub(crate) u64);

pub(crate) const FAILS: u64 = 13;

/// Occupies the target until the gate opens; then the handler fails if `fails`.
#[message]
#[derive(Clone)]
pub(crate) struct Hold {
    pub(crate) fails: bool,
}

#[event]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Note;

pub(crate) struct Target {
    pub(crate) gate: Arc<Semaphore>,
    pub(crate) on_error: ErrorAction,
}

#[actor]
impl Target {
    #[handler]
    async fn hold(&mut self, Hold { fails }: Hold) -> Result<(), Fault> {
        self.gate.acquire().await?.forget();
        if fails { Err(Fault::new("held until it failed")) } else { Ok(()) }
    }

    #[handler]
    fn job(&mut self, Job(number): Job) -> Result<u64, Fault> {
        if number == FAILS { Err(Fault::new("a job that fails")) } else { Ok(number) }
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        self.on_error
    }
}

/// The subscriber of [`Note`]. It is held like the target.
pub(crate) struct Reader {
    pub(crate) gate: Arc<Semaphore>,
}

#[actor]
impl Reader {
    #[handler]
    async fn hold(&mut self, _: Hold) -> Result<(), Fault> {
        self.gate.acquire().await?.forget();
        Ok(())
    }

    #[on_event]
    fn note(&mut self, _: Note) {}
}

/// How a message is sent from inside an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inside {
    Tell,
    TryTell,
    TellTimeout,
    TellAny,
    Ask,
    AskTimeout,
    PublisherTell,
    PublisherTryTell,
    PublisherTellTimeout,
    PublisherTellAny,
    PublisherAsk,
    PublisherAskTimeout,
}

/// Sends a job in one way, and answers with what the sender is told.
#[message(reply = String)]
#[derive(Clone)]
pub(crate) struct Relay {
    pub(crate) how: Inside,
    pub(crate) to: ActorRef<Target>,
    pub(crate) job: Job,
    pub(crate) limit: Duration,
    pub(crate) ttl: Option<Duration>,
}

/// Publishes a note, as the actor or through a publisher.
#[message]
#[derive(Clone)]
pub(crate) struct Announce {
    pub(crate) publisher: bool,
}

pub(crate) struct Sender;

#[actor(tells(Target, any Job), asks(Target), publishes(Note))]
impl Sender {
    #[handler]
    async fn relay(
        &mut self,
        Relay { how, to, job, limit, ttl }: Relay,
        ctx: &mut ActorContext<Self>,
    ) -> String {
        let publisher = ctx.publisher();
        let any = || Recipient::from(to.clone());
        // `Duration::MAX` is no limit to the age.
        let ttl = ttl.unwrap_or(Duration::MAX);
        match how {
            Inside::Tell => sent(ctx.tell(&to, job).ttl(ttl).await),
            Inside::TryTell => sent(ctx.try_tell(&to, job)),
            Inside::TellTimeout => sent(ctx.tell_timeout(&to, job, limit).await),
            Inside::TellAny => sent(ctx.tell_any(&any(), job).await),
            Inside::Ask => asked(ctx.ask(&to, job).ttl(ttl).await),
            Inside::AskTimeout => asked(ctx.ask_timeout(&to, job, limit).await),
            Inside::PublisherTell => sent(publisher.tell(&to, job).ttl(ttl).await),
            Inside::PublisherTryTell => sent(publisher.try_tell(&to, job)),
            Inside::PublisherTellTimeout => sent(publisher.tell_timeout(&to, job, limit).await),
            Inside::PublisherTellAny => sent(publisher.tell_any(&any(), job).await),
            Inside::PublisherAsk => asked(publisher.ask(&to, job).ttl(ttl).await),
            Inside::PublisherAskTimeout => asked(publisher.ask_timeout(&to, job, limit).await),
        }
    }

    #[handler]
    async fn announce(&mut self, Announce { publisher }: Announce, ctx: &mut ActorContext<Self>) {
        if publisher {
            ctx.publisher().publish(Note).await;
        } else {
            ctx.publish(Note);
        }
    }
}

#[actor_system(actors(Target, Reader, Sender), events(Note))]
pub(crate) struct Lab;

/// What the sender of a tell is told. An error gives the message back, except a lost one.
pub(crate) fn sent(result: Result<Sent, SendError<Job>>) -> String {
    let text = match &result {
        Ok(sent) => return format!("Ok({sent:?})"),
        Err(SendError::Stopped(_)) => "Stopped",
        Err(SendError::NotFound(_)) => "NotFound",
        Err(SendError::Full(_)) => "Full",
        Err(SendError::Timeout(_)) => "Timeout",
        Err(SendError::Refused(_)) => "Refused",
        Err(SendError::Expired(_)) => "Expired",
        Err(SendError::ShuttingDown(_)) => "ShuttingDown",
        Err(SendError::Transport(_)) => "Transport",
        Err(SendError::Lost) => "Lost",
        Err(other) => panic!("no row for {other}"),
    };
    let message = result.expect_err("it is an error").into_message();
    assert_eq!(message.is_none(), text == "Lost", "the message comes back");
    text.to_owned()
}

/// What an asker is told.
pub(crate) fn asked(result: Result<u64, AskError>) -> String {
    match result {
        Ok(_) => "Ok",
        Err(AskError::Timeout(_)) => "Timeout",
        Err(AskError::Stopped(..)) => "Stopped",
        Err(AskError::Failed(..)) => "Failed",
        Err(AskError::NoReply(_)) => "NoReply",
        Err(AskError::Full(_)) => "Full",
        Err(AskError::Refused(_)) => "Refused",
        Err(AskError::NotFound(_)) => "NotFound",
        Err(AskError::Expired(_)) => "Expired",
        Err(AskError::Restarted(_)) => "Restarted",
        Err(AskError::ShuttingDown(_)) => "ShuttingDown",
        Err(AskError::Transport(_)) => "Transport",
        Err(AskError::Lost(_)) => "Lost",
        Err(other) => panic!("no row for {other}"),
    }
    .to_owned()
}

/// What a broker or a hook does with jobs and notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Pass,
    Refuse,
    Drop,
    /// The transport fails and hands the envelope back.
    Transport,
    /// The transport fails and has lost the envelope.
    Lose,
    GiveBack(Undeliverable),
}

/// The script of one system, set by the test.
#[derive(Debug, Clone)]
pub(crate) struct Scripted(pub(crate) Arc<Mutex<Script>>);

impl Scripted {
    pub(crate) fn new(script: Script) -> Self {
        Scripted(Arc::new(Mutex::new(script)))
    }

    fn of(&self, meta: &Meta) -> Script {
        let concerns = ["Job", "Note"].contains(&meta.message_type());
        if concerns { *self.0.lock().expect("no panic") } else { Script::Pass }
    }
}

impl<M> Hook<M> for Scripted {
    fn before(&self, envelope: &mut Envelope<M>) -> Verdict {
        match self.of(envelope.meta()) {
            Script::Pass => Verdict::Pass,
            Script::Refuse => Verdict::Refuse,
            Script::Drop => Verdict::Drop,
            other => panic!("a hook cannot {other:?}"),
        }
    }
}

/// A broker that is written with the public interface only.
pub(crate) struct ScriptedBroker<M> {
    pub(crate) script: Scripted,
    inner: InMemoryMessageBroker<M>,
}

#[derive(Debug, thiserror::Error)]
#[error("the cable is cut")]
pub(crate) struct CableCut;

impl<M: Send + 'static> ScriptedBroker<M> {
    pub(crate) fn new(script: Script) -> Self {
        ScriptedBroker { script: Scripted::new(script), inner: InMemoryMessageBroker::new() }
    }
}

impl<M> Clone for ScriptedBroker<M> {
    fn clone(&self) -> Self {
        ScriptedBroker { script: self.script.clone(), inner: self.inner.clone() }
    }
}

impl<M: Send + 'static> MessageBroker<M> for ScriptedBroker<M> {
    type Error = CableCut;

    async fn attach(&self, route: Route<M>) -> Result<(), CableCut> {
        self.inner.attach(route).await.map_err(|_| CableCut)
    }

    async fn publish(&self, envelope: Envelope<M>) -> Result<Published, Rejected<M, CableCut>> {
        Err(match self.script.of(envelope.meta()) {
            Script::Pass => {
                return self.inner.publish(envelope).await.map_err(|rejected| match rejected {
                    Rejected::Undelivered(undelivered) => Rejected::Undelivered(undelivered),
                    _ => panic!("the in-memory broker rejects nothing else"),
                });
            }
            Script::Refuse => Rejected::Refused(envelope),
            Script::Drop => Rejected::Dropped(envelope),
            Script::Transport => Rejected::Transport { error: CableCut, envelope: Some(envelope) },
            Script::Lose => Rejected::Transport { error: CableCut, envelope: None },
            Script::GiveBack(reason) => Rejected::Undelivered(Undelivered::new(reason, envelope)),
        })
    }

    fn subscribe(&self, capacity: usize) -> Result<MessageStream<M>, CableCut>
    where
        M: Clone,
    {
        self.inner.subscribe(capacity).map_err(|_| CableCut)
    }

    fn subscribe_where(
        &self,
        capacity: usize,
        filter: TapFilter<Envelope<M>>,
    ) -> Result<MessageStream<M>, CableCut>
    where
        M: Clone,
    {
        self.inner.subscribe_where(capacity, filter).map_err(|_| CableCut)
    }

    async fn detach(&self) {
        self.inner.detach().await;
    }
}

/// The path of a message or an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Path {
    /// Into the mailbox.
    Direct,
    /// Through the in-memory broker, because a monitor observes it.
    Monitored,
    Hook,
    Broker,
}

/// How a message ended, as the monitor was told: everything after `Published` and `Delivered`.
pub(crate) fn outcomes(monitor: &mut TapStream<Observation>, message_type: &str) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    while let Ok(Received::Item(observation)) = monitor.try_recv() {
        let on_its_way = matches!(observation.outcome, Outcome::Published | Outcome::Delivered { .. });
        if observation.meta.message_type() == message_type && !on_its_way {
            outcomes.push(observation.outcome);
        }
    }
    outcomes
}

//! Test support: shared systems, actors, a test broker, runtimes, and waits with a deadline.

#![allow(
    missing_docs,
    missing_debug_implementations,
    clippy::missing_panics_doc,
    clippy::missing_errors_doc,
    clippy::unwrap_used
)] // read by its tests only

pub mod bank;
pub mod billing;
pub mod test_broker;
mod tools;
pub mod worker;

pub use tools::*;

use airssys_rt::prelude::*;
use tokio::sync::oneshot;

/// A dead letter keeps it.
#[message(keep_payload)]
#[derive(Debug)]
pub struct Note(pub u64);

/// Its handler waits until it is released, or for ever.
#[message]
pub struct Hold {
    pub started: oneshot::Sender<()>,
    pub release: oneshot::Receiver<()>,
}

impl Hold {
    /// The message, a future that is ready once the handler waits, and the sender that releases it.
    pub fn new() -> (Self, oneshot::Receiver<()>, oneshot::Sender<()>) {
        let (started, is_started) = oneshot::channel();
        let (release, released) = oneshot::channel();
        (Hold { started, release: released }, is_started, release)
    }
}

#[message(reply = Vec<u64>)]
pub struct Read;

/// A dead letter keeps its text.
#[message(reply = u64)]
#[derive(Debug)]
pub struct Double(pub u64);

/// Fails with a fault.
#[message(reply = u64)]
pub struct Fail;

#[message(reply = u64)]
pub struct Panic;

/// Never answers.
#[message(reply = u64)]
pub struct Never;

#[derive(Debug, thiserror::Error)]
#[error("the disk is full")]
pub struct DiskFull;

/// Records its notes, and fails, panics or waits on command.
#[derive(Default)]
pub struct Scribe {
    pub notes: Vec<u64>,
    pub seen: Log,
    /// Whether it resumes after a failure.
    pub resumes: bool,
}

#[actor]
impl Scribe {
    #[handler]
    fn note(&mut self, Note(n): Note) {
        self.notes.push(n);
        self.seen.add(n.to_string());
    }

    #[handler]
    async fn hold(&mut self, Hold { started, release }: Hold) {
        let _ = started.send(());
        let _ = release.await;
    }

    #[handler]
    fn read(&self, _: Read) -> Vec<u64> {
        self.notes.clone()
    }

    #[handler]
    fn double(&self, Double(n): Double) -> u64 {
        n * 2
    }

    #[handler]
    fn fail(&mut self, _: Fail) -> Result<u64, Fault> {
        Err(DiskFull)?
    }

    #[handler]
    fn panic(&mut self, _: Panic) -> u64 {
        panic!("out of ink");
    }

    #[handler]
    async fn never(&mut self, _: Never) -> u64 {
        std::future::pending().await
    }

    #[on_error]
    fn failed(&mut self, fault: Fault) -> ErrorAction {
        self.seen.add(format!("{} in {:?}, panic: {}", fault, fault.message(), fault.is_panic()));
        if self.resumes { ErrorAction::Resume } else { ErrorAction::Stop }
    }
}

/// A dead letter keeps it.
#[event(keep_payload)]
#[derive(Debug, Clone)]
pub struct Ticked(pub u64);

/// Publishes two events for each message, and can fail in between.
#[message(reply = u64)]
pub struct Tick {
    pub n: u64,
    pub fails: bool,
}

#[derive(Default)]
pub struct Clock;

#[actor(publishes(Ticked))]
impl Clock {
    #[handler]
    fn tick(&mut self, Tick { n, fails }: Tick, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        ctx.publish(Ticked(n));
        if fails {
            return Err(Fault::new("the spring is broken"));
        }
        ctx.publish(Ticked(n + 1));
        Ok(n)
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Resume
    }
}

/// Subscribes to the events of the clock.
#[derive(Default)]
pub struct Listener {
    pub heard: Log,
}

#[actor]
impl Listener {
    #[on_event]
    fn ticked(&mut self, Ticked(n): Ticked) {
        self.heard.add(n.to_string());
    }

    #[handler]
    async fn hold(&mut self, Hold { started, release }: Hold) {
        let _ = started.send(());
        let _ = release.await;
    }
}

/// The behaviour of a hook of a [`Hooked`] or a [`worker::Worker`].
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Hook {
    #[default]
    Works,
    Fails,
    Panics,
    /// Waits for ten seconds.
    IsSlow,
    /// Waits for ever.
    Hangs,
}

impl Hook {
    pub async fn run(self) -> Result<(), Fault> {
        match self {
            Hook::Works => Ok(()),
            Hook::Fails => Err(Fault::from(DiskFull)),
            Hook::Panics => panic!("out of ink"),
            Hook::IsSlow => {
                tokio::time::sleep(std::time::Duration::from_secs(10)).await;
                Ok(())
            }
            Hook::Hangs => std::future::pending().await,
        }
    }
}

/// Logs its hooks, its messages and its drop.
#[derive(Default)]
pub struct Hooked {
    pub log: Log,
    pub start: Hook,
    pub stop: Hook,
    /// The behaviour of `on_error`: it resumes, stops, or panics.
    pub error: Hook,
}

#[actor]
impl Hooked {
    #[pre_start]
    async fn started(&mut self) -> Result<(), Fault> {
        self.log.add("pre_start");
        self.start.run().await
    }

    #[handler]
    fn note(&mut self, Note(n): Note) {
        self.log.add(n.to_string());
    }

    #[handler]
    async fn hold(&mut self, Hold { started, release }: Hold) {
        let _ = started.send(());
        let _ = release.await;
    }

    #[handler]
    fn fail(&mut self, _: Fail) -> Result<u64, Fault> {
        Err(DiskFull)?
    }

    #[handler]
    fn stop(&mut self, _: Quit, ctx: &mut ActorContext<Self>) {
        ctx.stop();
    }

    #[on_error]
    async fn failed(&mut self, fault: Fault) -> ErrorAction {
        self.log.add(format!("on_error: {fault}"));
        match self.error.run().await {
            Ok(()) => ErrorAction::Resume,
            Err(_) => ErrorAction::Stop,
        }
    }

    #[post_stop]
    async fn stopped(&mut self) -> Result<(), Fault> {
        self.log.add("post_stop");
        self.stop.run().await
    }
}

impl Drop for Hooked {
    fn drop(&mut self) {
        self.log.add("dropped");
    }
}

/// Makes the actor stop itself.
#[message]
pub struct Quit;

/// Forwards messages to a scribe, or asks it.
pub struct Relay {
    pub to: ActorRef<Scribe>,
}

#[message]
pub struct Pass(pub u64);

/// Sends this many notes, each followed by an ask, all in one handler.
#[message(reply = u64)]
pub struct Mix(pub u64);

#[actor(tells(Scribe), asks(Scribe, Relay, cycle = "the tests have it fail"))]
impl Relay {
    #[handler]
    async fn pass(&mut self, Pass(n): Pass, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.tell(&self.to, Note(n)).await?;
        Ok(())
    }

    #[handler]
    async fn mix(&mut self, Mix(n): Mix, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        for i in 0..n {
            ctx.tell(&self.to, Note(i)).await?;
            if ctx.ask(&self.to, Read).await?.last() != Some(&i) {
                return Err(Fault::new("the ask overtook the tell"));
            }
        }
        Ok(n)
    }

    #[handler]
    async fn ask_myself(&mut self, _: AskYourself, ctx: &mut ActorContext<Self>) -> String {
        let me = ctx.actor_ref();
        ctx.ask(&me, Mix(0)).await.map_or_else(|error| error.to_string(), |_| String::new())
    }

    #[handler]
    async fn ask_around(&mut self, _: AskAround, ctx: &mut ActorContext<Self>) -> Result<u64, AskError> {
        ctx.ask(&self.to, Double(1)).await
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Resume
    }
}

#[message(reply = String)]
pub struct AskYourself;

/// Makes the relay ask the scribe.
#[message(reply = Result<u64, AskError>)]
pub struct AskAround;

/// Asks its partner, which asks back.
#[derive(Default)]
pub struct Duelist {
    pub partner: Option<ActorRef<Duelist>>,
}

#[message]
pub struct Meet(pub ActorRef<Duelist>);

/// Asks the partner this many more times.
#[message(reply = Result<u64, AskError>)]
pub struct Parry(pub u64);

#[actor(asks(Duelist, cycle = "the tests time out"))]
impl Duelist {
    #[handler]
    fn meet(&mut self, Meet(partner): Meet) {
        self.partner = Some(partner);
    }

    #[handler]
    async fn parry(&mut self, Parry(n): Parry, ctx: &mut ActorContext<Self>) -> Result<u64, AskError> {
        match &self.partner {
            Some(partner) if n > 0 => ctx.ask(partner, Parry(n - 1)).await?,
            _ => Ok(n),
        }
    }
}

#[actor_system(actors(Scribe, Clock, Listener, Hooked, Relay, Duelist), events(Ticked))]
pub struct Lab;

pub async fn lab() -> ActorSystem<Lab> {
    lab_with(SystemConfig::default()).await
}

pub async fn lab_with(config: SystemConfig) -> ActorSystem<Lab> {
    ActorSystem::<Lab>::start(config).await.expect("the configuration is good")
}

use crate::{
    actor::AnyCell,
    broker::MessageBroker,
    id::ActorId,
    rt,
    sync::{Acquire, Arc, AtomicBool, Release, watch},
    system::{Core, System},
};
use std::{cmp::Reverse, fmt, future::poll_fn, time::Duration};

/// What a shutdown that went well has done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShutdownReport {
    /// How many actors were stopped.
    pub stopped: usize,
    /// How many messages were left over by them.
    pub dead: u64,
}

/// Some actors did not stop in time and were aborted. The system has ended all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("did not stop in time and had to be aborted: {}", list(.aborted))]
#[non_exhaustive]
pub struct ShutdownError {
    /// Who had to be aborted, the youngest first.
    pub aborted: Vec<Aborted>,
    /// The rest of it.
    pub report: ShutdownReport,
}

/// An actor that did not stop in time.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Aborted {
    /// The name of its type.
    pub actor: &'static str,
    /// Who it was.
    pub id: ActorId,
    /// The name it was spawned with.
    pub name: Option<Arc<str>>,
    /// Whether it has not even ended yet: its code does not let go of its thread.
    pub stuck: bool,
}

impl fmt::Display for Aborted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.actor, self.id)?;
        if let Some(name) = &self.name {
            write!(f, " ({name})")?;
        }
        if self.stuck { f.write_str(" [stuck]") } else { Ok(()) }
    }
}

fn list(aborted: &[Aborted]) -> String {
    aborted.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

type Outcome = Result<ShutdownReport, ShutdownError>;

/// The one shutdown of a system, and its result for everybody who waits.
pub(super) struct Ending {
    begun: AtomicBool,
    outcome: watch::Sender<Option<Outcome>>,
}

impl Default for Ending {
    fn default() -> Self {
        Ending { begun: AtomicBool::new(false), outcome: watch::Sender::new(None) }
    }
}

impl Ending {
    pub(super) fn has_begun(&self) -> bool {
        // Acquire: whoever sees the end sees what was done before it.
        self.begun.load(Acquire)
    }

    /// `true` for the first one.
    fn begin(&self) -> bool {
        !self.begun.swap(true, Release)
    }
}

/// Runs the shutdown in a task of its own, once, and waits for it.
pub(super) async fn run<S: System, B: MessageBroker<S::Message>>(core: &Arc<Core<S, B>>) -> Outcome {
    if core.ending.begin() {
        S::kinds(&core.registry, &mut |kind| kind.close());
        let last = LastWord { core: core.clone(), outcome: None };
        core.runtime.spawn(last.speak());
    }
    outcome(core).await
}

/// How the shutdown ended, once it has.
pub(super) async fn outcome<S: System, B: MessageBroker<S::Message>>(core: &Arc<Core<S, B>>) -> Outcome {
    let mut outcome = core.ending.outcome.subscribe();
    let outcome = outcome.wait_for(Option::is_some).await.expect("the core, and so the sender, is alive");
    outcome.clone().expect("waited for it")
}

/// The last handle is gone: nobody can want anything any more.
pub(super) fn abandon<S: System, B: MessageBroker<S::Message>>(core: &Arc<Core<S, B>>) {
    if core.ending.begin() {
        S::kinds(&core.registry, &mut |kind| kind.close());
        let cells = core.cells();
        cells.iter().for_each(|cell| cell.kill());
        let core = core.clone();
        core.runtime.clone().spawn(async move {
            // A kill takes effect at the next wait, and then `post_stop` has its time.
            let _ = rt::timeout(core.config.stop_timeout.saturating_mul(2), all_ended(&cells)).await;
            detach(&core).await;
        });
    }
}

/// The task of a shutdown. However it ends, with its runtime or by a panic, whoever waits hears of it.
struct LastWord<S: System, B: MessageBroker<S::Message>> {
    core: Arc<Core<S, B>>,
    outcome: Option<Outcome>,
}

impl<S: System, B: MessageBroker<S::Message>> LastWord<S, B> {
    async fn speak(mut self) {
        self.outcome = Some(end(&self.core).await);
    }
}

impl<S: System, B: MessageBroker<S::Message>> Drop for LastWord<S, B> {
    fn drop(&mut self) {
        let outcome = self.outcome.take().unwrap_or_else(|| {
            let left = self.core.cells();
            left.iter().for_each(|cell| cell.kill());
            end_streams(&self.core);
            let report = ShutdownReport { stopped: 0, dead: 0 };
            Err(ShutdownError { aborted: left.iter().map(aborted).collect(), report })
        });
        self.core.ending.outcome.send_replace(Some(outcome));
    }
}

async fn end<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>) -> Outcome {
    core.dead_letters.stop_logging();
    // Whether or not all is quiet in time: what is still queued then is dead.
    let _ = rt::timeout(core.config.drain_timeout, quiet(core)).await;
    let dead = core.counters().dead;
    let (stopped, aborted) = stop(core.cells(), core.config.stop_timeout).await;
    let report = ShutdownReport { stopped, dead: core.counters().dead - dead };
    detach(core).await;
    if aborted.is_empty() { Ok(report) } else { Err(ShutdownError { aborted, report }) }
}

/// Nothing will pass any more. A broker that does not let go is left behind.
async fn detach<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>) {
    let _ = rt::timeout(core.config.stop_timeout, rt::contain_future(core.broker.detach())).await;
    end_streams(core);
}

fn end_streams<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>) {
    core.monitors.end();
    core.dead_letters.end();
}

/// Ready when nobody has anything to handle.
///
/// One actor after the other is waited for, and each may wake others meanwhile. But if none has accepted a message
/// between the first look and the last, every one was idle after its last message, and all are idle now.
pub(super) async fn quiet<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>) {
    loop {
        let before = core.accepted();
        // The sender is in the core, and the core is here.
        let _ = core.background.subscribe().wait_for(|sends| *sends == 0).await;
        for cell in core.cells() {
            poll_fn(|cx| cell.poll_quiet(cx)).await;
        }
        if core.accepted() == before {
            return;
        }
        rt::consume_budget().await;
    }
}

/// Stops one after the other, the youngest first. Once somebody is late all others are stopped together, so that the
/// whole takes a few times `limit` at most. Whoever is late is killed.
async fn stop(mut cells: Vec<Arc<dyn AnyCell>>, limit: Duration) -> (usize, Vec<Aborted>) {
    let all = cells.len();
    cells.sort_by_key(|cell| Reverse(cell.born()));
    let mut cells = cells.into_iter();
    let mut late = Vec::new();
    for cell in cells.by_ref() {
        cell.shut_down();
        if rt::timeout(limit, cell.exit()).await.is_none() {
            late.push(cell);
            break;
        }
    }
    let rest: Vec<_> = cells.inspect(|cell| cell.shut_down()).collect();
    if rt::timeout(limit, all_ended(&rest)).await.is_none() {
        late.extend(rest.into_iter().filter(|cell| !cell.has_ended()));
    }
    late.iter().for_each(|cell| cell.kill());
    // A kill takes effect at the next wait, and then `post_stop` has its time.
    let _ = rt::timeout(limit.saturating_mul(2), all_ended(&late)).await;
    (all - late.len(), late.iter().map(aborted).collect())
}

async fn all_ended(cells: &[Arc<dyn AnyCell>]) {
    for cell in cells {
        let _ = cell.exit().await; // an actor does not go without a word
    }
}

fn aborted(cell: &Arc<dyn AnyCell>) -> Aborted {
    Aborted { actor: cell.actor(), id: cell.id(), name: cell.name(), stuck: !cell.has_ended() }
}

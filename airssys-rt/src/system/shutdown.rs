use crate::{
    actor::AnyCell,
    broker::MessageBroker,
    id::ActorId,
    reply::FaultReport,
    rt,
    supervision::SupervisorCell,
    sync::{Acquire, Arc, AtomicBool, Mutex, Release, watch},
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

/// The system did not end as it should: a supervisor with nobody above it gave up, or some actors did not stop in time
/// and were aborted. It has ended all the same.
///
/// Its `source()` is the cause, with all that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShutdownError {
    /// Which supervisor gave up, and why, if that is what ended the system.
    pub cause: Option<FaultReport>,
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

impl fmt::Display for ShutdownError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            Some(_) if self.aborted.is_empty() => f.write_str("the system failed and was stopped"),
            Some(_) => {
                write!(
                    f,
                    "the system failed; did not stop in time and had to be aborted: {}",
                    list(&self.aborted)
                )
            }
            None => write!(f, "did not stop in time and had to be aborted: {}", list(&self.aborted)),
        }
    }
}

impl std::error::Error for ShutdownError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| cause as _)
    }
}

fn list(aborted: &[Aborted]) -> String {
    aborted.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

type Outcome = Result<ShutdownReport, ShutdownError>;

/// The one shutdown of a system, and its result for everybody who waits.
pub(crate) struct Ending {
    begun: AtomicBool,
    /// What ended it, if nobody wanted it to end.
    cause: Mutex<Option<FaultReport>>,
    outcome: watch::Sender<Option<Outcome>>,
}

impl Default for Ending {
    fn default() -> Self {
        Ending { begun: AtomicBool::new(false), cause: Mutex::new(None), outcome: watch::Sender::new(None) }
    }
}

impl Ending {
    pub(crate) fn has_begun(&self) -> bool {
        // Acquire: whoever sees the end sees what was done before it.
        self.begun.load(Acquire)
    }

    /// `true` for the first one.
    pub(crate) fn begin(&self) -> bool {
        !self.begun.swap(true, Release)
    }
}

/// Runs the shutdown in a task of its own, once, and waits for it.
pub(crate) async fn run<S: System, B: MessageBroker<S::Message>>(core: &Arc<Core<S, B>>) -> Outcome {
    begin(core);
    outcome(core).await
}

pub(crate) fn begin<S: System, B: MessageBroker<S::Message>>(core: &Arc<Core<S, B>>) {
    if core.ending.begin() {
        S::kinds(&core.registry, &mut |kind| kind.close());
        let roots = core.roots.lock().clone();
        roots.iter().filter(|root| root.has_ended()).for_each(SupervisorCell::forget_aborted);
        let last = LastWord { core: core.clone(), outcome: None };
        core.runtime.spawn(last.speak());
    }
}

/// A supervisor gave up that nobody is above: the system stops, and says why.
pub(crate) fn fail<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>, cause: FaultReport) {
    core.ending.cause.lock().get_or_insert(cause);
    if let Some(core) = core.me() {
        begin(&core);
    }
}

/// How the shutdown ended, once it has.
pub(crate) async fn outcome<S: System, B: MessageBroker<S::Message>>(core: &Arc<Core<S, B>>) -> Outcome {
    let mut outcome = core.ending.outcome.subscribe();
    let outcome = outcome.wait_for(Option::is_some).await.expect("the core, and so the sender, is alive");
    outcome.clone().expect("waited for it")
}

/// Ends everybody in the middle of whatever they do, and comes back with them.
pub(crate) fn kill_all<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>) -> Vec<Arc<dyn AnyCell>> {
    let (cells, roots) = (core.cells(), core.roots.lock().clone());
    roots.iter().for_each(SupervisorCell::abort); // a supervisor would start again whom somebody else kills
    cells.iter().filter(|cell| !cell.is_supervised()).for_each(|cell| cell.kill());
    cells
}

/// The last handle is gone: nobody can want anything any more.
pub(crate) fn abandon<S: System, B: MessageBroker<S::Message>>(core: &Arc<Core<S, B>>) {
    if core.ending.begin() {
        S::kinds(&core.registry, &mut |kind| kind.close());
        let cells = kill_all(core);
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
            let cause = self.core.ending.cause.lock().clone();
            Err(ShutdownError { cause, aborted: left.iter().map(aborted).collect(), report })
        });
        self.core.ending.outcome.send_replace(Some(outcome));
    }
}

async fn end<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>) -> Outcome {
    core.dead_letters.stop_logging();
    // Whether or not all is quiet in time: what is still queued then is dead.
    let _ = rt::timeout(core.config.drain_timeout, quiet(core)).await;
    let dead = core.counters().dead;
    let (stopped, aborted) = stop(core.parts(), core.config.stop_timeout).await;
    let report = ShutdownReport { stopped, dead: core.counters().dead - dead };
    detach(core).await;
    let cause = core.ending.cause.lock().clone();
    if aborted.is_empty() && cause.is_none() {
        return Ok(report);
    }
    Err(ShutdownError { cause, aborted, report })
}

/// Nothing will pass any more. A broker that does not let go is left behind.
async fn detach<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>) {
    let _ = rt::timeout(core.config.stop_timeout, rt::catch_future(core.broker.detach())).await;
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
pub(crate) async fn quiet<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>) {
    loop {
        let before = core.accepted();
        // The sender is in the core, and the core is here.
        let _ = core.background.subscribe().wait_for(|sends| *sends == 0).await;
        for cell in core.cells() {
            poll_fn(|cx| cell.poll_idle(cx)).await;
        }
        if core.accepted() == before {
            return;
        }
        rt::consume_budget().await;
    }
}

/// What is stopped in one go: an actor that nobody supervises, or a supervisor with everybody below.
enum Part {
    Actor(Arc<dyn AnyCell>),
    Root(SupervisorCell),
}

impl<S: System, B: MessageBroker<S::Message>> Core<S, B> {
    /// Everybody, the youngest first, and how many actors that are.
    fn parts(&self) -> (usize, Vec<Part>) {
        let (cells, roots) = (self.cells(), self.roots.lock().clone());
        let all = cells.len();
        let actors = cells.into_iter().filter(|cell| !cell.is_supervised()).map(Part::Actor);
        let mut parts: Vec<_> = actors.chain(roots.into_iter().map(Part::Root)).collect();
        parts.sort_by_key(|part| Reverse(part.start_number()));
        (all, parts)
    }
}

impl Part {
    fn start_number(&self) -> u64 {
        match self {
            Part::Actor(cell) => cell.start_number(),
            Part::Root(supervisor) => supervisor.start_number(),
        }
    }

    fn shut_down(&self) {
        match self {
            Part::Actor(cell) => cell.shut_down(),
            Part::Root(supervisor) => supervisor.close(),
        }
    }

    /// Within `limit`; a supervisor has as long as it takes, for its children have limits of their own.
    async fn ended(&self, limit: Duration) -> bool {
        match self {
            Part::Actor(cell) => rt::timeout(limit, cell.exit()).await.is_some(),
            Part::Root(supervisor) => {
                supervisor.ended().await;
                true
            }
        }
    }
}

/// Stops one after the other, the youngest first. Once somebody is late all others are stopped together, so that the
/// whole takes a few times `limit` at most. Whoever is late is killed.
async fn stop((all, parts): (usize, Vec<Part>), limit: Duration) -> (usize, Vec<Aborted>) {
    let mut parts = parts.into_iter();
    let (mut late, mut aborts, mut roots) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts.by_ref() {
        part.shut_down();
        let ended = part.ended(limit).await;
        match part {
            Part::Root(supervisor) => aborts.extend(supervisor.take_aborted()),
            Part::Actor(cell) if !ended => {
                late.push(cell);
                break;
            }
            Part::Actor(_) => {}
        }
    }
    let mut rest = Vec::new();
    for part in parts.inspect(Part::shut_down) {
        match part {
            Part::Actor(cell) => rest.push(cell),
            Part::Root(supervisor) => roots.push(supervisor),
        }
    }
    if rt::timeout(limit, all_ended(&rest)).await.is_none() {
        late.extend(rest.into_iter().filter(|cell| !cell.has_ended()));
    }
    late.iter().for_each(|cell| cell.kill());
    // A kill takes effect at the next wait, and then `post_stop` has its time.
    let _ = rt::timeout(limit.saturating_mul(2), all_ended(&late)).await;
    for supervisor in roots {
        supervisor.ended().await;
        aborts.extend(supervisor.take_aborted());
    }
    late.extend(aborts);
    late.sort_by_key(|cell| Reverse(cell.start_number()));
    (all - late.len().min(all), late.iter().map(aborted).collect())
}

async fn all_ended(cells: &[Arc<dyn AnyCell>]) {
    for cell in cells {
        let _ = cell.exit().await; // an actor does not go without a word
    }
}

fn aborted(cell: &Arc<dyn AnyCell>) -> Aborted {
    Aborted { actor: cell.actor(), id: cell.id(), name: cell.name(), stuck: !cell.has_ended() }
}

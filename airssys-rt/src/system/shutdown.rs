//! The shutdown of a system: drains the actors, stops them youngest first, kills late ones, ends the streams.

use crate::{
    actor::{AnyCell, CurrentActor, OwnLimit, end_within},
    broker::MessageBroker,
    reply::{Fault, FaultReport},
    rt::{self, Instant},
    supervision::SupervisorCell,
    sync::Arc,
    system::{Aborted, Core, ShutdownError, ShutdownReport, System, shutdown_state::ShutdownResult},
};
use std::{
    cmp::Reverse,
    collections::HashSet,
    future::{Future, poll_fn},
    mem,
    pin::pin,
    task::Poll,
    time::Duration,
};

/// Begins the shutdown, unless it has begun, and waits for its end.
pub(crate) async fn run<S: System, B: MessageBroker<S::Message>>(core: &Arc<Core<S, B>>) -> ShutdownResult {
    begin(core);
    outcome(core).await
}

/// Spawns the task of the shutdown, once.
pub(crate) fn begin<S: System, B: MessageBroker<S::Message>>(core: &Arc<Core<S, B>>) {
    if core.ending.begin() {
        S::kinds(&core.registry, &mut |kind| kind.close());
        let roots = core.roots.lock().clone();
        roots.iter().filter(|root| root.has_ended()).for_each(SupervisorCell::forget_aborted);
        let task = ShutdownTask { core: core.clone(), outcome: None };
        core.runtime.spawn(Box::pin(task.run()));
    }
}

/// Shuts the system down because a root supervisor gave up.
pub(crate) fn fail<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>, cause: FaultReport) {
    core.ending.cause.lock().get_or_insert(cause);
    if let Some(core) = core.me() {
        begin(&core);
    }
}

/// Waits for the result of the shutdown.
pub(crate) async fn outcome<S: System, B: MessageBroker<S::Message>>(
    core: &Arc<Core<S, B>>,
) -> ShutdownResult {
    core.ending.outcome.wait_for(Option::clone).await
}

/// Kills all actors and returns them.
pub(crate) fn kill_all<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>) -> Vec<Arc<dyn AnyCell>> {
    let (cells, roots) = (core.cells(), core.roots.lock().clone());
    roots.iter().for_each(SupervisorCell::abort); // a supervisor would restart children that were killed without it
    cells.iter().filter(|cell| !cell.is_supervised()).for_each(|cell| cell.kill());
    cells
}

/// Kills all actors because of a second signal. They are among the aborted actors of the shutdown, which has begun.
pub(crate) fn kill_now<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>) {
    core.ending.dead_before_kill.lock().get_or_insert(core.counters().dead);
    let mut killed: Vec<_> = core.cells().into_iter().filter(|cell| !cell.has_ended()).collect();
    core.ending.overdue.lock().append(&mut killed);
    kill_all(core);
}

/// Ends the system because its last handle was dropped.
pub(crate) fn abandon<S: System, B: MessageBroker<S::Message>>(core: &Arc<Core<S, B>>) {
    if core.ending.begin() {
        S::kinds(&core.registry, &mut |kind| kind.close());
        let cells = kill_all(core);
        let (core, streams) = (core.clone(), EndStreams(core.clone()));
        core.runtime.clone().spawn(Box::pin(async move {
            let _streams = streams;
            // A kill takes effect at the next wait; `post_stop` then has its time limit.
            let limits = own_limits(&cells, core.config.stop_timeout.saturating_mul(2));
            let ended = async {
                for (cell, own) in limits {
                    own.ended(&*cell).await;
                }
            };
            polling_starts(&core, ended).await;
            detach(&core, Duration::MAX).await;
        }));
    }
}

/// The task of a shutdown. When it is dropped, also with its runtime or by a panic, callers that wait get a result.
struct ShutdownTask<S: System, B: MessageBroker<S::Message>> {
    core: Arc<Core<S, B>>,
    outcome: Option<ShutdownResult>,
}

impl<S: System, B: MessageBroker<S::Message>> ShutdownTask<S, B> {
    async fn run(mut self) {
        self.outcome = Some(polling_starts(&self.core, shut_down(&self.core)).await);
    }
}

impl<S: System, B: MessageBroker<S::Message>> Drop for ShutdownTask<S, B> {
    fn drop(&mut self) {
        let outcome = self.outcome.take().unwrap_or_else(|| {
            let left = self.core.cells();
            left.iter().for_each(|cell| cell.kill());
            end_streams(&self.core);
            let report = ShutdownReport { stopped: 0, dead: 0 };
            // Its runtime has dropped the task.
            let ended = || Fault::new("the runtime of the system ended before the shutdown").report();
            let cause = Some(self.core.ending.cause.lock().clone().unwrap_or_else(ended));
            Err(ShutdownError { cause, aborted: left.iter().map(aborted).collect(), report })
        });
        self.core.ending.outcome.modify(|result| *result = Some(outcome));
    }
}

async fn shut_down<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>) -> ShutdownResult {
    core.dead_letters.stop_logging();
    let config = &core.config;
    let end = rt::now().checked_add(config.shutdown_timeout); // `None` is never
    // Messages that are still queued after the time limit become dead letters.
    let whole = config.shutdown_timeout;
    let drain = config.drain_timeout.min(whole.saturating_sub(config.stop_timeout).max(whole / 2));
    let _ = rt::timeout(drain, quiet(core, rt::now().checked_add(drain))).await;
    let dead = core.ending.dead_before_kill.lock().unwrap_or_else(|| core.counters().dead);
    let (all, units) = core.units();
    if rt::timeout(until(end), stop(core, units)).await.is_none() {
        kill_now(core);
        let ended = async {
            for cell in core.cells() {
                end_within(&*cell, Duration::MAX).await;
            }
        };
        let _ = rt::timeout(AFTER_LIMIT, ended).await;
    }
    let (stopped, aborted) = stopped_and_aborted(core, &all);
    let report = ShutdownReport { stopped, dead: core.counters().dead - dead };
    detach(core, until(end).max(AFTER_LIMIT)).await;
    let cause = core.ending.cause.lock().clone();
    if aborted.is_empty() && cause.is_none() {
        return Ok(report);
    }
    Err(ShutdownError { cause, aborted, report })
}

/// The time that actors which are killed at the limit of a shutdown have for their end, and a broker for its detach.
const AFTER_LIMIT: Duration = Duration::from_millis(50);

/// The time until `end`.
fn until(end: Option<Instant>) -> Duration {
    end.map_or(Duration::MAX, |end| end.saturating_duration_since(rt::now()))
}

/// The number of actors that were stopped out of `all`, given by their start numbers, and the actors that were aborted.
fn stopped_and_aborted<S: System, B: MessageBroker<S::Message>>(
    core: &Core<S, B>,
    all: &HashSet<u64>,
) -> (usize, Vec<Aborted>) {
    let mut late = mem::take(&mut *core.ending.overdue.lock());
    // The start number of an actor is its own. A parent and the shutdown may both find a child late.
    late.sort_by_key(|cell| Reverse(cell.start_number()));
    late.dedup_by_key(|cell| cell.start_number());
    let stopped = all.len() - late.iter().filter(|cell| all.contains(&cell.start_number())).count();
    (stopped, late.iter().map(aborted).collect())
}

/// Detaches the broker, which is abandoned after the time limit, and ends the streams.
async fn detach<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>, limit: Duration) {
    let _ = rt::timeout(core.config.stop_timeout.min(limit), rt::catch_future(core.broker.detach())).await;
    end_streams(core);
}

/// Ends the streams when it is dropped: a runtime that has ended drops a task without a poll.
struct EndStreams<S: System, B: MessageBroker<S::Message>>(Arc<Core<S, B>>);

impl<S: System, B: MessageBroker<S::Message>> Drop for EndStreams<S, B> {
    fn drop(&mut self) {
        end_streams(&self.0);
    }
}

fn end_streams<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>) {
    core.monitors.end();
    core.lifecycle_events.end();
    core.dead_letters.end();
}

/// Waits until all actors are idle.
///
/// The actors are awaited one after the other, and each may send to others meanwhile. But if no actor has accepted a message
/// between the first check and the last, each was idle after its last message, and all are idle now.
pub(crate) async fn idle<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>) {
    let own = |cell: &Arc<dyn AnyCell>| CurrentActor::is(cell.identity());
    let waits_for_itself = CurrentActor::is_any() && core.cells().iter().any(own);
    assert!(!waits_for_itself, "an actor waits in its own code until it is idle");
    polling_starts(core, quiet(core, None)).await;
}

/// Waits for `all`, and polls the actors that start meanwhile: their spawners may not poll them.
async fn polling_starts<S: System, B, T>(core: &Core<S, B>, all: impl Future<Output = T>) -> T {
    let mut all = pin!(all);
    let starts = core.starts.poller();
    poll_fn(|cx| {
        starts.poll_all(cx);
        all.as_mut().poll(cx)
    })
    .await
}

/// `end`: the time until which it waits. An actor whose next incarnation starts later handles nothing until then, and is not awaited.
async fn quiet<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>, end: Option<Instant>) {
    let starts_too_late =
        |cell: &dyn AnyCell| end.is_some_and(|end| cell.restart_due().is_some_and(|due| due > end));
    loop {
        let before = core.accepted();
        core.background.wait_for(|sends| (*sends == 0).then_some(())).await;
        for cell in core.cells() {
            poll_fn(|cx| match cell.poll_idle(cx) {
                Poll::Pending if starts_too_late(&*cell) => Poll::Ready(()),
                idle => idle,
            })
            .await;
        }
        if core.accepted() == before {
            return;
        }
        rt::consume_budget().await;
    }
}

/// What a shutdown stops as one unit: an unsupervised actor, or a root supervisor with all its descendants.
enum StopUnit {
    Actor(Arc<dyn AnyCell>),
    Root(SupervisorCell),
}

impl<S: System, B: MessageBroker<S::Message>> Core<S, B> {
    /// All units, the youngest first, and the start numbers of the actors in them.
    fn units(&self) -> (HashSet<u64>, Vec<StopUnit>) {
        let (cells, roots) = (self.cells(), self.roots.lock().clone());
        let all = cells.iter().map(|cell| cell.start_number()).collect();
        let actors = cells.into_iter().filter(|cell| !cell.is_supervised()).map(StopUnit::Actor);
        let mut units: Vec<_> = actors.chain(roots.into_iter().map(StopUnit::Root)).collect();
        units.sort_by_key(|unit| Reverse(unit.start_number()));
        (all, units)
    }
}

impl StopUnit {
    fn start_number(&self) -> u64 {
        match self {
            StopUnit::Actor(cell) => cell.start_number(),
            StopUnit::Root(supervisor) => supervisor.start_number(),
        }
    }

    fn shut_down(&self) {
        match self {
            StopUnit::Actor(cell) => cell.shut_down(),
            StopUnit::Root(supervisor) => supervisor.close(),
        }
    }

    /// Waits for the end, for an actor within `limit`. A supervisor has no limit: its children have their own.
    async fn ended(&self, limit: Duration) -> bool {
        match self {
            StopUnit::Actor(cell) => end_within(&**cell, limit).await,
            StopUnit::Root(supervisor) => {
                supervisor.ended().await;
                true
            }
        }
    }
}

/// Stops one unit after the other, the youngest first. Once an actor is late, all others are stopped together, so that the
/// whole takes a few times `limit` at most; parents still wait for their children. Actors that are late are killed, and recorded.
async fn stop<S: System, B: MessageBroker<S::Message>>(core: &Core<S, B>, units: Vec<StopUnit>) {
    let limit = core.config.stop_timeout;
    let mut units = units.into_iter();
    let record = |cells: &mut Vec<Arc<dyn AnyCell>>| core.ending.overdue.lock().append(cells);
    let (mut late, mut roots) = (None, Vec::new());
    for unit in units.by_ref() {
        unit.shut_down();
        let ended = unit.ended(limit).await;
        match unit {
            StopUnit::Root(supervisor) => record(&mut supervisor.take_aborted()),
            StopUnit::Actor(cell) if !ended => {
                late = Some(cell);
                break;
            }
            StopUnit::Actor(_) => {}
        }
    }
    let mut remaining = Vec::new();
    for unit in units.inspect(StopUnit::shut_down) {
        match unit {
            StopUnit::Actor(cell) => remaining.push(cell),
            StopUnit::Root(supervisor) => roots.push(supervisor),
        }
    }
    // A kill takes effect at the next wait; `post_stop` then has its time limit.
    let kill = |cell: Arc<dyn AnyCell>| {
        cell.kill();
        let own = OwnLimit::begin(&*cell, limit.saturating_mul(2));
        record(&mut vec![cell.clone()]);
        (cell, own)
    };
    let mut killed: Vec<_> = late.into_iter().map(kill).collect();
    for (cell, own) in own_limits(&remaining, limit) {
        if !own.ended(&*cell).await {
            killed.push(kill(cell));
        }
    }
    for (cell, own) in killed {
        own.ended(&*cell).await;
    }
    for supervisor in roots {
        supervisor.ended().await;
        record(&mut supervisor.take_aborted());
    }
}

/// The limits of actors that were told to end at the same time. They are awaited one after the other.
fn own_limits<'a>(
    cells: impl IntoIterator<Item = &'a Arc<dyn AnyCell>>,
    limit: Duration,
) -> Vec<(Arc<dyn AnyCell>, OwnLimit)> {
    cells.into_iter().map(|cell| (cell.clone(), OwnLimit::begin(&**cell, limit))).collect()
}

fn aborted(cell: &Arc<dyn AnyCell>) -> Aborted {
    Aborted { actor: cell.actor(), id: cell.id(), name: cell.name().cloned(), stuck: !cell.has_ended() }
}

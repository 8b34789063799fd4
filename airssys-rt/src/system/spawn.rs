//! The spawn of an actor: registers it, claims its name, runs `pre_start` with a time limit, starts its task.

use crate::{
    actor::{
        ActorSource, CellConfig, IncarnationFactory, SpawnError, SpawnOptions, SpawnPlan, SpawnResult,
        SpawnStart, StartFailure, Task, TaskState, spawn_restartable,
    },
    broker::MessageBroker,
    rt::Threads,
    sync::{Arc, Relaxed},
    system::{Core, HostedBy, System},
};
use std::time::Duration;

/// Spawns an actor.
pub(crate) fn begin<A, S, B>(core: Arc<Core<S, B>>, plan: SpawnPlan<A>) -> SpawnStart<A>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    let SpawnPlan { actor, policy, options, .. } = plan;
    let SpawnOptions { on_restart, name, timeout, parent, place } =
        options.map(|options| *options).unwrap_or_default();
    let timeout = timeout.unwrap_or(core.config.spawn_timeout);
    let start_number = core.next_start_number();
    let config = policy.map(|policy| CellConfig {
        start_number,
        name,
        policy,
        parent: parent.as_ref().map(Arc::downgrade),
        supervised: false,
    });
    let state = match config.map_err(SpawnError::from).and_then(|config| enter(&core, config)) {
        Ok(state) => state,
        Err(error) => return SpawnStart::Ready(Err(error)),
    };
    if let Some(parent) = parent
        && !parent.add_child(state.cell())
    {
        return SpawnStart::Ready(Err(SpawnError::ParentStopped { parent: parent.actor() }));
    }
    let threads = match place.threads(A::NAME, state.name()) {
        Ok(threads) => threads,
        Err(error) => return SpawnStart::Ready(Err(error)),
    };
    match actor {
        ActorSource::Value(actor) if A::STARTS => {
            SpawnStart::Pending(Box::pin(start(Task::new(actor, state), core, timeout, threads)))
        }
        ActorSource::Value(actor) => {
            SpawnStart::Ready(Ok(Task::new(actor, state).spawn(&core.runtime, threads)))
        }
        ActorSource::Factory(factory) => {
            let factory = Box::new(IncarnationFactory { factory, on_restart, timeout });
            SpawnStart::Pending(Box::pin(start_with(state, factory, core, threads)))
        }
    }
}

/// Registers an actor: from here on messages reach it. Dropping the state leaves nothing behind.
pub(crate) fn enter<A, S, B>(core: &Arc<Core<S, B>>, config: CellConfig) -> Result<TaskState<A>, SpawnError>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    let name = config.name.clone();
    if name.as_ref().is_some_and(|name| name.is_empty()) {
        return Err(SpawnError::EmptyName);
    }
    if !core.admit() {
        return Err(SpawnError::TooMany { actor: A::NAME });
    }
    let Some(cell) = A::kind(&core.registry).enter(config) else {
        core.live.fetch_sub(1, Relaxed);
        return Err(SpawnError::TooMany { actor: A::NAME });
    };
    let id = cell.id;
    let state = TaskState::new(cell, core.clone());
    // In this order: a shutdown that begins meanwhile is either observed here, or finds the cell.
    if core.ending.has_begun() {
        return Err(SpawnError::ShuttingDown);
    }
    if let Some(name) = name {
        core.names.claim(&name, id).map_err(|holder| SpawnError::NameTaken { name, holder })?;
    }
    Ok(state)
}

async fn start<A, S, B>(
    mut task: Task<A>,
    core: Arc<Core<S, B>>,
    limit: Duration,
    threads: Option<Threads>,
) -> SpawnResult<A>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    match run_pre_start(&mut task, &core, limit).await {
        Ok(()) => Ok(task.spawn(&core.runtime, threads)),
        Err(error) => Err(error),
    }
}

async fn start_with<A, S, B>(
    state: TaskState<A>,
    mut factory: Box<IncarnationFactory<A>>,
    core: Arc<Core<S, B>>,
    threads: Option<Threads>,
) -> SpawnResult<A>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    let made = factory.make_actor().map_err(|fault| SpawnError::Panicked { actor: A::NAME, fault })?;
    let actor = made.expect("a factory without a supervisor always makes an actor");
    let mut task = Task::new(actor, state);
    run_pre_start(&mut task, &core, factory.timeout).await?;
    Ok(spawn_restartable(task, factory, &core.runtime, threads))
}

/// Runs `pre_start`.
async fn run_pre_start<A, S, B>(
    task: &mut Task<A>,
    core: &Core<S, B>,
    limit: Duration,
) -> Result<(), SpawnError>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    let Err(failure) = task.run_pre_start(limit).await else { return Ok(()) };
    task.start_failed(&failure);
    Err(if matches!(failure, StartFailure::Killed) && core.ending.has_begun() {
        SpawnError::ShuttingDown
    } else {
        failure.error(A::NAME)
    })
}

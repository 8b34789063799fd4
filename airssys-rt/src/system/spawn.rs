use crate::{
    actor::{
        ActorSource, CellConfig, Renewal, SpawnError, SpawnOptions, SpawnPlan, SpawnResult, SpawnStart,
        StartFailure, Task, TaskState, launch,
    },
    broker::MessageBroker,
    rt::{self, Threads},
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
    let birth = policy.map(|policy| CellConfig {
        start_number,
        name,
        policy,
        parent: parent.as_ref().map(Arc::downgrade),
        supervised: false,
    });
    let life = match birth.map_err(SpawnError::from).and_then(|birth| enter(&core, birth)) {
        Ok(life) => life,
        Err(error) => return SpawnStart::Ready(Err(error)),
    };
    if let Some(parent) = parent
        && !parent.add_child(life.cell())
    {
        return SpawnStart::Ready(Err(SpawnError::ParentStopped { parent: parent.actor() }));
    }
    let threads = match place.threads(A::NAME, life.name()) {
        Ok(threads) => threads,
        Err(error) => return SpawnStart::Ready(Err(error)),
    };
    match actor {
        ActorSource::Value(actor) if A::STARTS => {
            SpawnStart::Pending(Box::pin(start(Task::new(actor, life), core, timeout, threads)))
        }
        ActorSource::Value(actor) => {
            SpawnStart::Ready(Ok(Task::new(actor, life).launch(&core.runtime, threads)))
        }
        ActorSource::Factory(factory) => {
            let renewal = Box::new(Renewal { factory, on_restart, timeout });
            SpawnStart::Pending(Box::pin(start_with(life, renewal, core, threads)))
        }
    }
}

/// Lets an actor in: from here on it can be reached. Dropped, it leaves nothing behind.
pub(crate) fn enter<A, S, B>(core: &Arc<Core<S, B>>, birth: CellConfig) -> Result<TaskState<A>, SpawnError>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    let name = birth.name.clone();
    if name.as_ref().is_some_and(|name| name.is_empty()) {
        return Err(SpawnError::EmptyName);
    }
    if !core.admit() {
        return Err(SpawnError::TooMany { actor: A::NAME });
    }
    let Some(cell) = A::kind(&core.registry).enter(birth) else {
        core.live.fetch_sub(1, Relaxed);
        return Err(SpawnError::TooMany { actor: A::NAME });
    };
    let id = cell.id;
    let life = TaskState::new(cell, core.clone());
    // In this order: a shutdown that begins meanwhile either is seen here or sees the cell.
    if core.ending.has_begun() {
        return Err(SpawnError::ShuttingDown);
    }
    if let Some(name) = name {
        core.names.claim(&name, id).map_err(|holder| SpawnError::NameTaken { name, holder })?;
    }
    Ok(life)
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
    match open(&mut task, &core, limit).await {
        Ok(()) => Ok(task.launch(&core.runtime, threads)),
        Err(error) => Err(error),
    }
}

async fn start_with<A, S, B>(
    life: TaskState<A>,
    mut renewal: Box<Renewal<A>>,
    core: Arc<Core<S, B>>,
    threads: Option<Threads>,
) -> SpawnResult<A>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    let made = renewal.make().map_err(|fault| SpawnError::Panicked { actor: A::NAME, fault })?;
    let actor = made.expect("a factory without a supervisor always wants its actor");
    let mut task = Task::new(actor, life);
    open(&mut task, &core, renewal.timeout).await?;
    Ok(launch(task, renewal, &core.runtime, threads))
}

/// Runs `pre_start`.
async fn open<A, S, B>(task: &mut Task<A>, core: &Core<S, B>, limit: Duration) -> Result<(), SpawnError>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    let failure = match rt::timeout(limit, task.open()).await {
        Some(Ok(())) => return Ok(()),
        Some(Err(failure)) => failure,
        None => StartFailure::Timeout(limit),
    };
    task.give_up(&failure);
    Err(if matches!(failure, StartFailure::Killed) && core.ending.has_begun() {
        SpawnError::ShuttingDown
    } else {
        failure.error(A::NAME)
    })
}

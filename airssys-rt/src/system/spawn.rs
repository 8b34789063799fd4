//! The spawn of an actor: registers it, claims its name, runs `pre_start` with a time limit, starts its task.

use crate::{
    actor::{
        Actor, ActorSource, CellConfig, IncarnationFactory, SpawnError, SpawnOptions, SpawnPlan, SpawnResult,
        SpawnStart, StartFailure, StartWait, Task, TaskState, spawn_restartable,
    },
    broker::MessageBroker,
    id::ActorId,
    rt::{Runtime, Threads},
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
    let policy = match policy {
        Ok(policy) => policy,
        Err(error) => return SpawnStart::Ready(Err(error.into())),
    };
    let parent_link = parent.as_ref().map(Arc::downgrade);
    let config = CellConfig { start_number, name, policy, parent: parent_link, supervised: false };
    let state = match enter(&core, config) {
        Ok(state) => state,
        Err(error) => return SpawnStart::Ready(Err(error)),
    };
    if let Some(parent) = parent {
        if !parent.about().add_child(state.cell()) {
            return SpawnStart::Ready(Err(SpawnError::ParentStopped { parent: parent.actor() }));
        }
    }
    let threads = match place.threads(A::NAME, state.name()) {
        Ok(threads) => threads,
        Err(error) => return SpawnStart::Ready(Err(error)),
    };
    match actor {
        ActorSource::Value(actor) if A::STARTS => {
            let list = core.starts.clone();
            let wait = StartWait::of_current(&*state.cell());
            let start = start(Start::Made(Task::new(actor, state)), core, timeout, threads, wait);
            SpawnStart::Pending(Box::pin(start), list)
        }
        ActorSource::Value(actor) => SpawnStart::Ready(Task::new(actor, state).spawn(&core.runtime, threads)),
        ActorSource::Factory(factory) => {
            let factory = Box::new(IncarnationFactory { factory, on_restart, timeout, awaited: None });
            let list = core.starts.clone();
            let wait = A::STARTS.then(|| StartWait::of_current(&*state.cell())).flatten();
            let start = start(Start::Factory(state, factory), core, timeout, threads, wait);
            SpawnStart::Pending(Box::pin(start), list)
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
    admit(core, name.as_ref(), A::NAME)?;
    let Some(cell) = A::kind(&core.registry).enter(config) else {
        core.live.fetch_sub(1, Relaxed);
        return Err(SpawnError::TooMany { actor: A::NAME });
    };
    let id = cell.id;
    let state = TaskState::new(cell, core.clone());
    // In this order: a shutdown that begins meanwhile is either observed here, or finds the cell.
    confirm(core, name, id)?;
    Ok(state)
}

/// Counts one more actor, if it may be spawned.
fn admit<S, B>(core: &Core<S, B>, name: Option<&Arc<str>>, actor: &'static str) -> Result<(), SpawnError>
where
    S: System,
    B: MessageBroker<S::Message>,
{
    if name.is_some_and(|name| name.is_empty()) {
        return Err(SpawnError::EmptyName);
    }
    if core.admit() { Ok(()) } else { Err(SpawnError::TooMany { actor }) }
}

/// Claims the name of an actor that is registered, unless a shutdown has begun.
fn confirm<S, B>(core: &Core<S, B>, name: Option<Arc<str>>, id: ActorId) -> Result<(), SpawnError>
where
    S: System,
    B: MessageBroker<S::Message>,
{
    if core.ending.has_begun() {
        return Err(SpawnError::ShuttingDown);
    }
    match name {
        Some(name) => core.names.claim(&name, id).map_err(|holder| SpawnError::NameTaken { name, holder }),
        None => Ok(()),
    }
}

/// How an actor is started.
enum Start<A: Actor> {
    Made(Task<A>),
    /// With a factory, which makes the actor now and at each restart.
    Factory(TaskState<A>, Box<IncarnationFactory<A>>),
}

/// Makes the actor if a factory has to, runs `pre_start` within `limit`, and spawns the task.
async fn start<A, S, B>(
    start: Start<A>,
    core: Arc<Core<S, B>>,
    limit: Duration,
    threads: Option<Threads>,
    wait: Option<StartWait>,
) -> SpawnResult<A>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    let (task, factory) = match start {
        Start::Made(task) => (task, None),
        Start::Factory(state, mut factory) => match factory.make_actor() {
            Ok(made) => {
                let actor = made.expect("a factory without a supervisor always makes an actor");
                (Task::new(actor, state), Some(factory))
            }
            Err(fault) => return Err(SpawnError::FactoryPanicked { actor: A::NAME, fault }),
        },
    };
    let mut unstarted = UnstartedTask { task: Some(task), runtime: &core.runtime };
    // The caller may be on a thread without a runtime.
    let started = core.runtime.run(unstarted.task().run_pre_start(limit)).await;
    drop(wait);
    if let Err(failure) = started {
        core.runtime.run(unstarted.task().stop_children()).await; // that `pre_start` has spawned
        unstarted.task().start_failed(&failure);
        return Err(start_error(failure, A::NAME, core.ending.has_begun()));
    }
    let task = unstarted.into_task();
    match factory {
        None => task.spawn(&core.runtime, threads),
        Some(factory) => spawn_restartable(task, factory, &core.runtime, threads),
    }
}

/// The task of an actor whose `pre_start` runs. If the spawn is dropped meanwhile, the actor ends after the children that `pre_start`
/// has spawned.
struct UnstartedTask<'a, A: Actor + Send> {
    /// `None` once the actor has started.
    task: Option<Task<A>>,
    runtime: &'a Runtime,
}

impl<A: Actor + Send> UnstartedTask<'_, A> {
    fn task(&mut self) -> &mut Task<A> {
        self.task.as_mut().expect("only `into_task` takes it")
    }

    fn into_task(mut self) -> Task<A> {
        self.task.take().expect("only `into_task` takes it")
    }
}

impl<A: Actor + Send> Drop for UnstartedTask<'_, A> {
    fn drop(&mut self) {
        if let Some(task) = self.task.take_if(|task| task.cell().has_children()) {
            self.runtime.spawn(Box::pin(task.abandon()));
        }
    }
}

fn start_error(failure: StartFailure, actor: &'static str, ending: bool) -> SpawnError {
    if ending && matches!(failure, StartFailure::Killed) {
        SpawnError::ShuttingDown
    } else {
        failure.error(actor)
    }
}

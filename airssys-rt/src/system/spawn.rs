use crate::{
    actor::{Begun, Plan, SpawnError, Spawned, StartFailure, Task},
    broker::MessageBroker,
    rt,
    sync::{Arc, Relaxed},
    system::{Core, HostedBy, System},
};
use std::time::Duration;

/// Spawns an actor.
pub(super) fn begin<A, S, B>(core: Arc<Core<S, B>>, plan: Plan<A>) -> Begun<A>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    let timeout = plan.timeout;
    match prepare(&core, plan) {
        Err(error) => Begun::Now(Err(error)),
        Ok(task) if A::STARTS => Begun::Soon(Box::pin(start(task, core, timeout))),
        Ok(task) => Begun::Now(Ok(task.launch(&core.runtime))),
    }
}

/// From here on the actor can be reached. The task leaves nothing behind when it is dropped.
fn prepare<A, S, B>(core: &Arc<Core<S, B>>, plan: Plan<A>) -> Result<Task<A>, SpawnError>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    let Plan { actor, name, policy, parent, .. } = plan;
    if name.as_ref().is_some_and(|name| name.is_empty()) {
        return Err(SpawnError::EmptyName);
    }
    let policy = policy?;
    if !core.admit() {
        return Err(SpawnError::TooMany { actor: A::NAME });
    }
    let above = parent.as_ref().map(Arc::downgrade);
    let Some(cell) = A::kind(&core.registry).enter(core.next_birth(), name.clone(), policy, above) else {
        core.live.fetch_sub(1, Relaxed);
        return Err(SpawnError::TooMany { actor: A::NAME });
    };
    let id = cell.id;
    let task = Task::new(actor, cell.clone(), core.clone());
    // In this order: a shutdown that begins meanwhile either is seen here or sees the cell.
    if core.ending.has_begun() {
        return Err(SpawnError::ShuttingDown);
    }
    if let Some(parent) = parent
        && !parent.adopt(cell)
    {
        return Err(SpawnError::ParentStopped { parent: parent.actor() });
    }
    if let Some(name) = name {
        core.names.claim(&name, id).map_err(|holder| SpawnError::NameTaken { name, holder })?;
    }
    Ok(task)
}

async fn start<A, S, B>(mut task: Task<A>, core: Arc<Core<S, B>>, limit: Duration) -> Spawned<A>
where
    A: HostedBy<S>,
    S: System,
    B: MessageBroker<S::Message>,
{
    let actor = A::NAME;
    let failure = match rt::timeout(limit, task.open()).await {
        Some(Ok(())) => return Ok(task.launch(&core.runtime)),
        Some(Err(failure)) => failure,
        None => return Err(SpawnError::Timeout { actor, limit }),
    };
    Err(match failure {
        StartFailure::Failed(fault) if fault.is_panic() => SpawnError::Panicked { actor, fault },
        StartFailure::Failed(fault) => SpawnError::Failed { actor, fault },
        StartFailure::Killed if core.ending.has_begun() => SpawnError::ShuttingDown,
        StartFailure::Killed => SpawnError::Killed { actor },
    })
}

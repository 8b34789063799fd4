//! `ActorInfo`: a snapshot of one live actor, its state, restarts and message counts.

use crate::{
    actor::{ActorState, AnyCell},
    id::ActorId,
    sync::Arc,
};
use std::time::Duration;

/// A snapshot of the state of one live actor.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActorInfo {
    /// The id of the actor.
    pub id: ActorId,
    /// The name of the actor's type.
    pub actor: &'static str,
    /// The name that the actor was spawned with.
    pub name: Option<Arc<str>>,
    /// The lifecycle state.
    pub state: ActorState,
    /// The number of the current incarnation: 1 for the first, one more after each restart.
    pub incarnation: u32,
    /// The number of restarts.
    pub restarts: u32,
    /// The time since the spawn.
    pub uptime: Duration,
    /// The number of messages that the mailbox has accepted.
    pub accepted: u64,
    /// The number of accepted messages that are finished, successfully or not.
    pub done: u64,
    /// The number of accepted messages that are queued or being handled.
    pub queue_depth: u64,
}

impl ActorInfo {
    pub(crate) fn of(cell: &dyn AnyCell) -> Self {
        let (accepted, done) = cell.progress();
        let lifecycle = cell.lifecycle();
        ActorInfo {
            id: cell.id(),
            actor: cell.actor(),
            name: cell.name().cloned(),
            state: lifecycle.state(),
            incarnation: lifecycle.incarnation(),
            restarts: lifecycle.restarts(),
            uptime: lifecycle.uptime(),
            accepted,
            done,
            queue_depth: accepted - done,
        }
    }
}

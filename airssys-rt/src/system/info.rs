use crate::{
    actor::{ActorState, AnyCell},
    id::ActorId,
    sync::Arc,
};
use std::time::Duration;

/// What can be said about one live actor at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActorInfo {
    /// Who it is.
    pub id: ActorId,
    /// The name of its type.
    pub actor: &'static str,
    /// The name it was spawned with.
    pub name: Option<Arc<str>>,
    /// Where it is in its life.
    pub state: ActorState,
    /// Which life of it this is: 1 for the first, and one more with each restart.
    pub incarnation: u32,
    /// How often it was restarted.
    pub restarts: u32,
    /// How long ago it was spawned.
    pub uptime: Duration,
    /// How many messages its mailbox has let in.
    pub accepted: u64,
    /// How many of these it has come to the end of, in whatever way.
    pub done: u64,
    /// How many of these wait, or are being handled.
    pub queue_depth: u64,
}

impl ActorInfo {
    pub(crate) fn of(cell: &dyn AnyCell) -> Self {
        let (accepted, done) = cell.progress();
        let lifecycle = cell.lifecycle();
        ActorInfo {
            id: cell.id(),
            actor: cell.actor(),
            name: cell.name(),
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

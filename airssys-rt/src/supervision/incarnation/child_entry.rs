//! A child in one incarnation of its supervisor: its spec, its task, and the replies that wait for it.

use crate::{
    actor::{AnyCell, OwnLimit, SpawnError, StartWaiter},
    reply::FaultReport,
    rt::Instant,
    supervision::{
        ControlError,
        cell::ChildHandle,
        input::{Reply, StartReply},
        link::{ChildLink, TaskNumber},
        spec::ChildSpec,
    },
    sync::{Arc, Weak},
};
use std::mem;

/// A child, as the incarnation of its supervisor keeps it.
pub(super) struct ChildEntry {
    pub(super) spec: Arc<ChildSpec>,
    /// `None`: the child has not been started, or was ended.
    pub(super) task: Option<ChildTask>,
    /// The last task, if it was directed to end and has not ended yet.
    pub(super) ending: Option<TaskNumber>,
    /// Whether the child is started as soon as that task has ended.
    pub(super) start_pending: bool,
    /// Whether its task was given up: it has not ended its incarnation.
    pub(super) stuck: bool,
    /// Actors that were given up and may still block their threads.
    given_up: Vec<Weak<dyn AnyCell>>,
    /// Whether it was added by a caller and has not started yet.
    pub(super) is_new: bool,
    pub(super) restarts: u32,
    pub(super) fault: Option<FaultReport>,
    pub(super) start_error: Option<SpawnError>,
    /// Whether the factory declined.
    pub(super) declined: bool,
    /// The actor that waits for its start, after a restart by command.
    pub(super) awaited: Option<Weak<StartWaiter>>,
    /// Answered when the child has started, or has not.
    pub(super) start_reply: Option<StartReply>,
    /// Answered when the child has ended.
    pub(super) stop_replies: Vec<Reply>,
}

/// The task of a child.
pub(super) struct ChildTask {
    pub(super) handle: ChildHandle,
    pub(super) link: ChildLink,
    pub(super) number: TaskNumber,
    /// Number of starts that it was directed to.
    pub(super) starts: u32,
    /// When its limit is checked, if it was told to stop.
    pub(super) deadline: Option<Instant>,
    /// Its limit, if it was told to stop, and what follows.
    pub(super) limit: Option<(StopLimit, Overdue)>,
    /// Whether it is in the list of actors that did not stop in time.
    pub(super) is_reported: bool,
}

/// A task that was directed to end: what waits for its end, after which its name is free.
#[derive(Default)]
pub(super) struct EndingTask {
    pub(super) stops: Vec<Reply>,
    /// The start of the child, which has failed.
    pub(super) failed_start: Option<(StartReply, ControlError)>,
}

/// The time limit of a child that was told to stop.
#[derive(Debug, Clone, Copy)]
pub(super) enum StopLimit {
    /// Of an actor.
    Own(OwnLimit),
    /// Of a supervisor with all its children.
    Whole,
}

/// What is done with a child that has not stopped by its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Overdue {
    Kill,
    /// It was killed already: its code blocks its thread.
    Abandon,
}

impl ChildEntry {
    pub(super) fn new(spec: Arc<ChildSpec>, start_reply: Option<StartReply>) -> Self {
        ChildEntry {
            spec,
            task: None,
            ending: None,
            start_pending: false,
            stuck: false,
            given_up: Vec::new(),
            is_new: start_reply.is_some(),
            restarts: 0,
            fault: None,
            start_error: None,
            declined: false,
            awaited: None,
            start_reply,
            stop_replies: Vec::new(),
        }
    }

    /// Remembers an actor that was given up.
    pub(super) fn give_up(&mut self, cell: &Arc<dyn AnyCell>) {
        self.given_up.retain(is_running);
        self.given_up.push(Arc::downgrade(cell));
    }

    /// The next incarnation has started: the actor has let go of its thread.
    pub(super) fn recover(&mut self) {
        if !mem::take(&mut self.stuck) {
            return;
        }
        if let Some(ChildHandle::Actor(current)) = self.task.as_ref().map(|task| &task.handle) {
            self.given_up.retain(|cell| cell.upgrade().is_some_and(|cell| cell.key() != current.key()));
        }
    }

    /// Whether an actor that was given up has not ended.
    pub(super) fn is_stuck(&self) -> bool {
        self.given_up.iter().any(is_running)
    }

    /// The answer to a caller that has stopped the child.
    pub(super) fn stopped(&self) -> Result<(), ControlError> {
        if self.is_stuck() { Err(ControlError::Stuck(self.spec.id())) } else { Ok(()) }
    }

    pub(super) fn handle(&self) -> Option<&ChildHandle> {
        self.task.as_ref().map(|task| &task.handle)
    }
}

fn is_running(cell: &Weak<dyn AnyCell>) -> bool {
    cell.upgrade().is_some_and(|cell| !cell.has_ended())
}

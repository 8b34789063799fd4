//! The state and the result of a shutdown: `ShutdownReport`, and `ShutdownError` with the aborted actors.

use crate::{
    actor::AnyCell,
    id::{ActorId, Printable},
    reply::FaultReport,
    rt::Watched,
    sync::{Acquire, Arc, AtomicBool, Mutex, Release},
};
use std::fmt;

/// What a shutdown did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShutdownReport {
    /// Number of actors that were stopped.
    pub stopped: usize,
    /// Number of messages that they left in their mailboxes.
    pub dead: u64,
}

/// The error of a system that has ended abnormally: a root supervisor gave up, or some actors did not stop in time and were
/// aborted.
///
/// Its `source()` is the cause, which has a chain of sources.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShutdownError {
    /// The supervisor that gave up and its reason, if that ended the system.
    pub cause: Option<FaultReport>,
    /// The actors that were aborted because they did not stop in time, or by a second signal. The youngest first.
    pub aborted: Vec<Aborted>,
    /// What the shutdown did.
    pub report: ShutdownReport,
}

/// An actor that did not stop in time, or that a second signal has killed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Aborted {
    /// The name of the actor's type.
    pub actor: &'static str,
    /// The id of the actor.
    pub id: ActorId,
    /// The name that the actor was spawned with.
    pub name: Option<Arc<str>>,
    /// Whether the actor has not ended at all: its code blocks its thread.
    pub stuck: bool,
}

impl fmt::Display for Aborted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.actor, self.id)?;
        if let Some(name) = &self.name {
            write!(f, " ({})", Printable(name))?;
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

pub(super) type ShutdownResult = Result<ShutdownReport, ShutdownError>;

/// The state of the one shutdown of a system, with its result for all callers that wait.
pub(crate) struct ShutdownState {
    begun: AtomicBool,
    /// What ended the system, if no caller did.
    pub(super) cause: Mutex<Option<FaultReport>>,
    /// Children that exceeded the limit that their parents give them.
    pub(super) overdue: Mutex<Vec<Arc<dyn AnyCell>>>,
    /// The number of dead messages before a signal killed the actors.
    pub(super) dead_before_kill: Mutex<Option<u64>>,
    pub(super) outcome: Watched<Option<ShutdownResult>>,
}

impl Default for ShutdownState {
    fn default() -> Self {
        ShutdownState {
            begun: AtomicBool::new(false),
            cause: Mutex::new(None),
            overdue: Mutex::default(),
            dead_before_kill: Mutex::default(),
            outcome: Watched::new(None),
        }
    }
}

impl ShutdownState {
    pub(crate) fn has_begun(&self) -> bool {
        // Acquire: a thread that observes the shutdown also observes all that was done before it began.
        self.begun.load(Acquire)
    }

    /// Returns `true` for the first call.
    pub(crate) fn begin(&self) -> bool {
        !self.begun.swap(true, Release)
    }
}

//! The actions that the plan decides on; the incarnation of the supervisor carries them out.

/// The key of a child in its supervisor; children that are added later have greater keys.
pub(in crate::supervision) type Key = u64;

/// What the supervisor does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::supervision) enum Action {
    /// The child waits: it will be restarted.
    Wait(Key),
    Start(Key),
    Stop(Key),
    /// The child is not started again; its spec is kept.
    End(Key),
    /// The child is not started again, and its spec is removed.
    Remove(Key),
    /// The supervisor has started: all its initial children have.
    SupervisorStarted,
    /// The supervisor does not start, because this child did not.
    SupervisorStartFailed(Key),
    /// The supervisor gives up because of this child. `requested`: by the child itself; otherwise the restarts are used up.
    Escalate {
        child: Key,
        requested: bool,
    },
    /// All children have ended, and so has the supervisor.
    SupervisorEnded,
}

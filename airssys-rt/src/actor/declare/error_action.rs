//! `ErrorAction` and `OnRestart`: what happens to an actor, and to its mailbox, after a handler has failed.

/// What happens to an actor after its handler failed.
///
/// The failed message is never handled again. An actor without an `#[on_error]` method stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorAction {
    /// The actor keeps its state and continues with the next message.
    Resume,
    /// The actor is restarted with a fresh state from its factory: same address, same mailbox, next incarnation. Under a
    /// supervisor the restart type decides, as after `Stop`. An actor that was spawned without a factory stops with
    /// [`ExitReason::NoFactory`](crate::actor::ExitReason::NoFactory).
    Restart,
    /// The actor stops. Under a supervisor the restart type decides whether it is started again; otherwise its queued messages
    /// become dead letters.
    Stop,
    /// The actor stops, and its parent or supervisor fails with it: the parent has the fault
    /// [`ChildFailed`](crate::actor::ChildFailed); the supervisor gives up at once, as if its restarts were used up. Without a
    /// parent or a supervisor this is `Stop`.
    Escalate,
}

/// What happens to the queued messages of an actor when it is restarted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnRestart {
    /// They are kept: the next incarnation handles them.
    #[default]
    Keep,
    /// They become dead letters, and asks among them fail with `Restarted`. Later messages are kept.
    Discard,
}

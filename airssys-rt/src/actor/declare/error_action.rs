/// What happens to an actor after its handler failed.
///
/// The failed message is not handled again, whatever is decided. An actor without an `#[on_error]` method stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorAction {
    /// It keeps its state and goes on with the next message.
    Resume,
    /// It begins again with a fresh state from its factory: same address, same mailbox, next incarnation. Under a
    /// supervisor that is the supervisor's decision, as after `Stop`. One that was spawned without a factory cannot; it
    /// stops and says so: [`ExitReason::NoFactory`](crate::actor::ExitReason::NoFactory).
    Restart,
    /// It stops. Under a supervisor its restart type says whether it is started again; else what is left in its mailbox is
    /// dead.
    Stop,
    /// It stops, and whoever is above it fails with it: its parent has a fault of its own,
    /// [`ChildFailed`](crate::actor::ChildFailed); a supervisor gives up at once, as if its restarts were used up. With
    /// nobody above it this is `Stop`.
    Escalate,
}

/// What becomes of the messages that wait for an actor when it is restarted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnRestart {
    /// They are kept; the next incarnation handles them.
    #[default]
    Keep,
    /// They are dead letters; whoever asked is told `Restarted`. What comes later is kept.
    Discard,
}

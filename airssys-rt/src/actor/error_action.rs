/// What happens to an actor after its handler failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorAction {
    /// It keeps its state and goes on with the next message. The failed message is not handled again.
    Resume,
    /// It stops; what is left in its mailbox is dead.
    Stop,
}

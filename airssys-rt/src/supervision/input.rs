//! What the task of a supervisor receives: reports of children, commands of callers, stop and kill.

use crate::{
    actor::{ActorKey, StartWaiter},
    rt::OnceSender,
    supervision::{
        ControlError,
        link::{ChildReport, TaskNumber},
        plan::Key,
        siblings::AnyRef,
        spec::ChildSpec,
    },
    sync::{Arc, Weak},
};

/// What a supervisor receives.
pub(super) enum Input {
    Report(ChildReport),
    /// A child that was told to stop has waited for its own children. Its time limit goes on.
    LimitGoesOn(Key, TaskNumber),
    Command(Command),
    /// Stop all children, if this is still the incarnation with that number.
    Close(u32),
    /// Kill all children, if this is still the incarnation with that number.
    Abort(u32),
}

/// A request of a caller.
pub(super) enum Command {
    Start(Box<ChildSpec>, StartReply),
    Stop(Arc<str>, Reply),
    Restart(Arc<str>, Option<Weak<StartWaiter>>, StartReply),
    Delete(Arc<str>, Reply),
    /// Stop the child that is this actor.
    StopActor(ActorKey, Reply),
}

/// Where the result of a command is sent.
pub(super) type Reply<T = ()> = OnceSender<Result<T, ControlError>>;

/// The reply to a start: the reference of the child, if it is an actor.
pub(super) type StartReply = Reply<Option<AnyRef>>;

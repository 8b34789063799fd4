//! Actors: the traits that the attributes implement, references, sending, spawning, the task, and the context.
//!
//! The module has six rooms. `context` holds [`ActorContext`]:
//!
//! | room | holds |
//! |---|---|
//! | `declare` | the `Actor` trait, handlers, permissions, compile-time assertions |
//! | `shared` | what an actor shares with its senders: cell, reference, state of its type, lifecycle, watch |
//! | `send` | `tell`, `ask`, fan-out, `Recipient`, `Publisher` |
//! | `spawn` | the builder of an actor, blocking pools, `SpawnError` |
//! | `task` | the run loop, restarts, panics and kills |
//!
//! Nothing here names a system or a broker; what an actor needs of them is behind `Host`, which the shared state of its
//! type points to.

mod context;
mod declare;
mod send;
mod shared;
mod spawn;
mod task;

pub use context::ActorContext;
pub use declare::{
    Actor, AskedBy, Asks, ErrorAction, EventVariant, HandledBy, Handler, Handles, HandlesTerminated,
    MessageVariant, OnRestart, PermitsTell, PublishedBy, Publishes, SpawnedBy, Spawns, Subscriber, Tells,
    TellsAny, ToItself, ToldBy, ToldToAnyBy, TriedBy, Tries, Variants, Waits,
};
#[doc(hidden)]
pub use declare::{assertions, attribute_imports, finished, one_of};
pub use send::{ActorHandle, Ask, AskAny, Publisher, Publishing, Recipient, Tell, TellAny, TellTimeout};
pub use shared::{
    ActorRef, ActorState, AnyTypeState, ChildFailed, Exit, ExitReason, FanOut, Lifecycle, LifecycleEvent,
    LifecycleStep, SendError, Sent, Stop, Terminated, TypeState, Watch,
};
pub use spawn::{ActorSource, BlockingPool, BlockingPoolError, Spawn, SpawnError};

pub(crate) use send::{OtherWords, refused, try_tell};
pub(crate) use shared::{
    ActorKey, AnyCell, AnySystem, Cell, CellConfig, CurrentActor, DeadLetterMeta, Host, OwnLimit, Queued,
    SendOrigin, SendResult, Settings, StartWait, StartWaiter, Tag, Totals, end_within, give_up, name_of,
    stop_each,
};
pub(crate) use spawn::{Placement, SpawnOptions, SpawnPlan, SpawnResult, SpawnStart, Spawner, StartList};
pub(crate) use task::{
    Directive, IncarnationController, IncarnationEnd, IncarnationEvent, IncarnationFactory, PendingDirective,
    RestartRequest, StartFailure, Task, TaskHost, TaskState, spawn_restartable, spawn_supervised, task_host,
};

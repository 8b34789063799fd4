//! What an application of actors needs: `use airssys_rt::prelude::*;`

#[cfg(feature = "macros")]
pub use crate::{actor, actor_system, event, handler, message, on_error, on_event, post_stop, pre_start};
pub use crate::{
    actor::{Actor, ActorContext, ActorRef, ErrorAction, Exit, ExitReason, SendError, Sent},
    broker::{MessageBroker, Published},
    id::ActorId,
    mailbox::{Overflow, Policy},
    message::{Event, Message},
    observe::Counters,
    reply::{AskError, Fault, FaultReport},
    system::{ActorSystem, PublishError, ShutdownError, SpawnError, SystemConfig},
};

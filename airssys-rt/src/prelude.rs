//! The names that most applications need: `use airssys_rt::prelude::*`.

#[cfg(feature = "macros")]
pub use crate::{
    actor, actor_list, actor_system, event, handler, message, on_error, on_event, on_terminated, post_stop,
    pre_start,
};
pub use crate::{
    actor::{
        Actor, ActorContext, ActorRef, ErrorAction, Exit, ExitReason, Handler, Publisher, Recipient,
        SendError, Sent, SpawnError, Subscriber, Terminated,
    },
    broker::{MessageBroker, Published},
    id::{ActorAddress, ActorId},
    mailbox::{MailboxPolicy, Overflow},
    message::{Event, Message},
    observe::Counters,
    reply::{AskError, Fault, FaultReport},
    supervisor::{Child, Supervisor, SupervisorRef},
    system::{ActorSystem, PublishError, ShutdownError, SystemConfig},
};

//! The names that most applications need: `use airssys_rt::prelude::*`.

#[cfg(feature = "macros")]
pub use crate::{actor, actor_list, actor_system, event, message};
// Only the attributes, without the traits of the same names: a program may have a module of this name in another glob.
pub use crate::{
    actor::{
        Actor, ActorContext, ActorRef, ErrorAction, Exit, ExitReason, HandledBy, Handler, Handles, Publisher,
        Recipient, SendError, Sent, SpawnError, Subscriber, Terminated,
    },
    broker::{MessageBroker, Published},
    id::{ActorAddress, ActorId},
    mailbox::{MailboxPolicy, Overflow},
    message::{Event, Message},
    observe::Counters,
    reply::{AskError, Fault, FaultReport},
    supervisor::{Child, Supervisor, SupervisorRef},
    system::{ActorSystem, HostedBy, PublishError, ShutdownError, SystemConfig},
};
#[cfg(feature = "macros")]
pub use airssys_rt_macros::{handler, on_error, on_event, on_terminated, post_stop, pre_start};

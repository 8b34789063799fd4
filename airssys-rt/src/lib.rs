//! Actors whose whole message graph is known when the program is compiled.

pub mod actor;
pub mod broker;
pub mod envelope;
pub mod id;
pub mod mailbox;
pub mod message;
pub mod observe;
pub mod prelude;
mod registry;
pub mod reply;
mod rt;
mod sync;
pub mod system;
pub mod topology;

#[cfg(feature = "macros")]
pub use airssys_rt_macros::{
    actor, actor_system, event, handler, message, on_error, on_event, post_stop, pre_start,
};

/// What generated code names. Not for people.
#[doc(hidden)]
pub mod __private {
    pub use crate::{
        actor::{
            Actor, ActorContext, ActorRef, AnyKind, AskedBy, Asks, ErrorAction, FanOut, HandledBy, Handles,
            Kind, PublishedBy, Publishes, Tells, ToldBy, check,
        },
        broker::{MessageBroker, Published, Undelivered},
        envelope::{Envelope, Meta},
        mailbox::{Overflow, Policy},
        message::{Event, Message, NoEvents},
        reply::{Fault, Refusal, ReplySlot},
        system::{Core, HostedBy, MemberOf, Node, RoutedBy, System, SystemConfig, kind},
        topology::Topology,
    };
    pub use std::sync::{Arc, Weak};

    /// `mailbox::Policy` and its kin, as the contract of the macros names them.
    pub mod mailbox {
        pub use crate::mailbox::{Overflow, Policy};
    }
}

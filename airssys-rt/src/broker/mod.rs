//! The transport of messages: [`MessageBroker`], the in-memory broker, [hooks](hook), taps and [`dead_letters`].
//!
//! A broker moves envelopes from senders to the [`Route`] of the system. It resolves no address and knows no actor: the system
//! attaches its route to the broker once, and each envelope that is published ends in that route.

pub mod dead_letters;
pub mod hook;
mod in_memory_broker;
mod maybe_ready;
mod message_broker;
mod metrics;
mod observation;
mod outcome;
mod publish_step;
mod published;
mod rejected;
mod request;
mod route;
mod tap;
mod topic;
mod undelivered;

pub use in_memory_broker::{InMemoryError, InMemoryMessageBroker};
#[doc(hidden)]
pub use maybe_ready::MaybeReady;
pub use message_broker::MessageBroker;
pub use metrics::{AtomicRecorder, BrokerMetrics, MailboxMetrics, Recorder, Recording};
pub use observation::Observation;
pub use outcome::Outcome;
pub use publish_step::PublishStep;
pub use published::Published;
pub use rejected::Rejected;
pub(crate) use rejected::Rejection;
pub use request::{Pending, Request};
pub use route::Route;
pub(crate) use route::Router;
pub(crate) use tap::Taps;
pub use tap::{MessageStream, Received, TapFeed, TapFilter, TapStream, TryRecvError, tap};
pub use topic::{InvalidPattern, TopicPattern};
pub use undelivered::{Undeliverable, Undelivered};

//! Transport: moves envelopes of the system-wide message from who sends to the system's route. And what can be seen of
//! it: hooks, taps, dead letters.
//!
//! A broker resolves no address and knows no actor. The system attaches its [`Route`] to it once; whatever is
//! published ends in that route.

pub mod dead_letters;
pub mod hook;
mod in_memory;
mod maybe_ready;
mod message_broker;
mod metrics;
mod outcome;
mod publish_step;
mod published;
mod rejected;
mod request;
mod route;
mod tap;
mod topic;
mod undelivered;

pub use in_memory::{InMemoryError, InMemoryMessageBroker};
#[doc(hidden)]
pub use maybe_ready::MaybeReady;
pub use message_broker::MessageBroker;
pub use metrics::{AtomicRecorder, BrokerMetrics, MailboxMetrics, Recorder, Recording};
pub use outcome::{Observation, Outcome};
pub use publish_step::PublishStep;
pub use published::Published;
pub use rejected::Rejected;
pub(crate) use rejected::Rejection;
pub use request::{Pending, Request};
pub use route::Route;
pub(crate) use route::Router;
pub(crate) use tap::Taps;
pub use tap::{Filter, MessageStream, Received, TapFeed, TapStream, TryRecvError, Wanted, tap};
pub use topic::{InvalidPattern, TopicPattern};
pub use undelivered::{Undeliverable, Undelivered};

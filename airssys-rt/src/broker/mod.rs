//! Transport: moves envelopes of the system-wide message from who sends to the system's route. And what can be seen of
//! it: hooks, taps, dead letters.
//!
//! A broker resolves no address and knows no actor. The system attaches its [`Route`] to it once; whatever is
//! published ends in that route.

mod contract;
pub mod dead_letters;
pub mod hook;
mod in_memory;
mod metrics;
mod outcome;
mod request;
mod route;
mod soon;
mod tap;
mod topic;

pub use contract::{MessageBroker, Passage, Rejected};
pub use in_memory::{InMemoryError, InMemoryMessageBroker};
pub use metrics::{AtomicRecorder, BrokerMetrics, MailboxMetrics, Recorder, Recording};
pub use outcome::{Observation, Outcome};
pub use request::{Pending, Request};
pub(crate) use route::Router;
pub use route::{Obstacle, Published, Route, Undelivered};
#[doc(hidden)]
pub use soon::Soon;
pub(crate) use tap::Taps;
pub use tap::{Filter, MessageStream, Received, TapFeed, TapStream, TryRecvError, Wanted, tap};
pub use topic::{InvalidPattern, TopicPattern};

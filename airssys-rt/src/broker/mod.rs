//! Transport: moves envelopes of the system-wide message from who sends to the system's route.
//!
//! A broker resolves no address and knows no actor. The system attaches its [`Route`] to it once; whatever is
//! published ends in that route.

mod contract;
mod in_memory;
mod route;
mod tap;

pub use contract::{MessageBroker, Rejected};
pub use in_memory::{InMemoryError, InMemoryMessageBroker};
pub(crate) use route::Router;
pub use route::{Obstacle, Published, Route, Undelivered};
pub use tap::{MessageStream, Received, TryRecvError};

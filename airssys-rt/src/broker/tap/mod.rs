//! Taps: bounded streams of observed messages, dead letters or lifecycle events.
//!
//! [`Taps`] is the list of taps at one place. Each tap is a bounded queue, which a [`TapStream`] reads. A [`TapFeed`] fills a
//! tap of a broker that is written elsewhere.

mod feed;
mod queue;
mod received;
mod stream;
mod taps;

pub use feed::{TapFeed, tap};
pub use received::{Received, TryRecvError};
pub use stream::{MessageStream, TapFilter, TapStream};
pub(crate) use taps::Taps;

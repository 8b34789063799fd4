//! Observed messages: the [`Envelope`] that a broker transports, and the [`Meta`] of its message.
//!
//! A message gets an envelope if it goes through the broker: while a tap or a monitor observes the system, or if its broker
//! must see local messages, as one with hooks does. A message on the direct path has none, and metadata only if it has a TTL.

mod envelope;
mod meta;
mod pooled_meta;

pub use envelope::Envelope;
pub use meta::Meta;
pub(crate) use meta::{MetaFields, WaitPolicy};
pub use pooled_meta::PooledMeta;

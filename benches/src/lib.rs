//! Compares the framework with bare tokio channels that do the same work.
//!
//! Only the ratio within one run is meaningful, not the absolute times, because machines are noisy. The contestants run in
//! alternating rounds, and each checks that every message was handled.

mod contest;
pub mod tell;

pub use contest::{Contest, Row};

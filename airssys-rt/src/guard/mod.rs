//! Decisions that are functions of state, event and time, without I/O and without a clock of their own.
//!
//! Whoever uses one passes the time in, so that it can be tested and replayed.

mod backoff;

pub use backoff::{Backoff, BackoffError, BackoffState};

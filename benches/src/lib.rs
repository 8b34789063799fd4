//! The framework side by side with bare tokio channels that do the same work.
//!
//! A ratio in one run counts; an absolute time does not: the machines are noisy. Contestants take turns, round by
//! round, and each checks that every message was handled.

mod rounds;
pub mod tell;

pub use rounds::{Contest, Row};

//! One cause has one answer, one dead letter, one counter and one outcome, whichever way the message was sent.
//!
//! Each row of a table is one cause; it is provoked for each way of sending and on each path.

#![allow(clippy::unwrap_used)]

mod events;
mod lab;
mod messages;

//! Causes of failed sends: one error, dead letter, counter and outcome for each cause, for every way of sending.
//!
//! Each row of a table is one cause; it is provoked for each way of sending and on each path.

#![allow(clippy::unwrap_used)]

mod events;
mod lab;
mod messages;
mod words;

//! Messaging: tells, asks, events, addresses, names, order and mailboxes.
//!
//! Case ids are those of the specification.

#![cfg(panic = "unwind")] // without unwinding no panic is contained
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod actor_handle;
mod addresses;
mod ask;
mod ask_panics;
mod ask_time_limits;
mod counters;
mod counters_forward;
mod events;
mod handler_forms;
mod mailbox;
mod mailbox_exact;
mod message_size;
mod names;
mod order;
mod other_instance;
mod publisher;
mod self_messages;
mod time_to_live;

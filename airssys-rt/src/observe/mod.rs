//! Observation of a system: the message counters, and what the runtime writes with the crate `tracing`.
//!
//! # Events
//!
//! | target | level | events |
//! |---|---|---|
//! | `airssys_rt::actor` | `DEBUG` | an actor has started or stopped, with the reason |
//! | `airssys_rt::actor` | `WARN` | a handler or a hook has failed: the fault or the panic, the actor and the message |
//! | `airssys_rt::dead_letter` | `WARN` | a message will not be handled, at most ten a second |
//! | `airssys_rt::message` | `DEBUG` | each step of each message, with the hook [`Tracing`](crate::broker::hook::Tracing) |
//!
//! An event costs one load of a flag while no subscriber listens to its level.
//!
//! # Spans
//!
//! A handler runs in a span with the name `handle`, of the target `airssys_rt::handler` and the level `DEBUG`. A line that the handler
//! logs, and a span that it opens, belong to it. It has the fields `actor`, `id` and `name` of the actor, the `message_type`, and the
//! `sender`. Its time is busy while the handler runs and idle while the handler waits.
//!
//! With a hook, a tap or a monitor it has the `message_id` and the `correlation` as well, and is linked to the span in which the
//! message was sent. The span of an ask is a child of that span, because the asker waits for it. The span of a tell or an event is a
//! root that follows from that span, so a chain of tells is not a tree of unlimited depth.
//!
//! The runtime reads the filters of the subscriber when an actor starts and after every eighth message, so a changed filter holds
//! after at most eight more messages of an actor. Without a subscriber for this level there is no span, and a message costs a few
//! comparisons more.
//!
//! # Examples
//!
//! ```
//! use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};
//! use tracing::Level;
//!
//! let filter = Targets::new()
//!     .with_default(Level::INFO)
//!     .with_target("airssys_rt::handler", Level::DEBUG); // the spans of handlers
//! tracing_subscriber::registry().with(tracing_subscriber::fmt::layer()).with(filter).init();
//! ```

mod actor_events;
mod counters;
mod handler_span;
mod sender_span;
mod span_filter;

pub use counters::Counters;
pub(crate) use {
    actor_events::{failed, started, stopped},
    handler_span::{HandledMessage, SuspendedSpan, begin_span, end_span},
    sender_span::SenderSpan,
    span_filter::spans_enabled,
};

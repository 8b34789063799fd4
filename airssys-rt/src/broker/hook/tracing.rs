//! `Tracing`: a hook that writes an event of the `tracing` crate for each step of a message.

use crate::{
    broker::{
        Outcome,
        hook::{Hook, Verdict},
    },
    envelope::{Envelope, Meta},
};

/// A hook that traces each message: an event of `tracing` when the message is published, and for each outcome after that.
///
/// The level is `DEBUG`, the target `airssys_rt::message`. An event carries id, message type, sender, recipient, correlation and
/// outcome. While no subscriber listens to that target, it costs one load of a flag.
///
/// With this hook, as with any other hook, the [span of a handler](crate::observe#spans) has the id and the correlation of its
/// message and is linked to the span in which the message was sent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tracing;

impl<M> Hook<M> for Tracing {
    fn before(&self, envelope: &mut Envelope<M>) -> Verdict {
        trace(envelope.meta(), "published");
        Verdict::Pass
    }

    fn after(&self, meta: &Meta, outcome: Outcome) {
        match outcome {
            Outcome::Published => {}
            Outcome::Delivered { .. } => trace(meta, "delivered"),
            Outcome::Handled { .. } => trace(meta, "handled"),
            Outcome::Failed => trace(meta, "failed"),
            Outcome::Returned => trace(meta, "returned"),
            Outcome::Cancelled => trace(meta, "cancelled"),
            Outcome::Undelivered(_) | Outcome::Dead(_) => trace(meta, "dead"),
        }
    }
}

fn trace(meta: &Meta, outcome: &'static str) {
    tracing::debug!(
        target: "airssys_rt::message",
        id = %meta.id(),
        message_type = meta.message_type(),
        sender = meta.sender().map(tracing::field::display),
        recipient = meta.recipient().map(tracing::field::display),
        correlation = %meta.correlation(),
        outcome,
    );
}

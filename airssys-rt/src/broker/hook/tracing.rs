//! `Tracing`: a hook that writes a span and an event of the `tracing` crate for each step of a message.

use crate::{
    broker::{
        Outcome,
        hook::{Hook, Verdict},
    },
    envelope::{Envelope, Meta},
};

/// A hook that traces each message: a span with an event in it when the message is published, and for each outcome after that.
///
/// The level is `DEBUG`, the target `airssys_rt::message`. Span and event both carry id, message type, sender, recipient and
/// correlation, so that a collector of spans and one of log lines get the same. While no subscriber listens to that target, each
/// costs one load of a flag.
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
    let span = tracing::debug_span!(
        target: "airssys_rt::message",
        "message",
        id = %meta.id(),
        message_type = meta.message_type(),
        sender = meta.sender().map(tracing::field::display),
        recipient = meta.recipient().map(tracing::field::display),
        correlation = %meta.correlation(),
    );
    let _inside = span.enter();
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

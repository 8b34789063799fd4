//! The trace events (`tracing`) of actors: started, failed, stopped.

use crate::{
    id::{ActorId, MessageId},
    observe::spans_enabled,
    rt,
};
use std::fmt;
use tracing::{Level, level_filters::LevelFilter};

/// Returns whether the messages of the actor are handled in spans.
#[inline]
pub(crate) fn started(actor: &'static str, id: ActorId, name: Option<&str>) -> bool {
    let debug = Level::DEBUG <= LevelFilter::current();
    if debug {
        emit(&|| tracing::debug!(target: "airssys_rt::actor", actor, %id, name, "started"));
    }
    debug && spans_enabled()
}

pub(crate) fn failed(
    actor: &'static str,
    id: ActorId,
    message_type: Option<&str>,
    message_id: Option<MessageId>,
    panicked: bool,
    cause: &dyn fmt::Display,
) {
    let message_id = message_id.map(tracing::field::display);
    trace(Level::WARN, &|| {
        tracing::warn!(
            target: "airssys_rt::actor", actor, %id, message_type, message_id, panicked, %cause, "failed"
        );
    });
}

#[inline]
pub(crate) fn stopped(actor: &'static str, id: ActorId, reason: &dyn fmt::Display) {
    trace(Level::DEBUG, &|| tracing::debug!(target: "airssys_rt::actor", actor, %id, %reason, "stopped"));
}

/// Emits a trace event. A subscriber of `tracing` is user code: its panic must not harm the actor that it observes.
#[inline]
fn trace(level: Level, event: &dyn Fn()) {
    if level <= LevelFilter::current() {
        emit(event);
    }
}

#[cold]
fn emit(event: &dyn Fn()) {
    rt::catch(event);
}

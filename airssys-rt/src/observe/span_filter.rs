//! Whether handlers run in spans (`tracing`).

use crate::rt;
use tracing::{Level, level_filters::LevelFilter};

/// Whether a subscriber of `tracing` wants the spans of handlers. One load if there is no subscriber for debugging.
#[inline]
pub(crate) fn spans_enabled() -> bool {
    Level::DEBUG <= LevelFilter::current() && is_enabled()
}

#[cold]
fn is_enabled() -> bool {
    rt::catch_value(|| tracing::span_enabled!(target: "airssys_rt::handler", Level::DEBUG)).unwrap_or(false)
}

//! What `--chaos` sends now and then instead of a kill.

use airssys_rt::prelude::*;

/// Whoever handles it panics.
#[message]
pub(crate) struct Crash;

impl Crash {
    /// What the panic says.
    pub(crate) const TEXT: &str = "chaos";
}

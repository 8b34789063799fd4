//! The message that `--chaos` sends for one part of its kills.

use airssys_rt::prelude::*;

/// Makes the receiving actor panic.
#[message]
pub(crate) struct Crash;

impl Crash {
    /// The text of the panic.
    pub(crate) const TEXT: &str = "chaos";
}

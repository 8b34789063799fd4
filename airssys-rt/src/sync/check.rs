//! The tools that a model test is written with, of loom and shuttle.
//!
//! Loom tries every interleaving of its threads, shuttle many random ones.

#[cfg(airssys_loom)]
pub(crate) use loom::{future::block_on, model as check, thread};
#[cfg(airssys_shuttle)]
pub(crate) use shuttle::{future::block_on, thread};

/// Tries many interleavings, and prints the one that fails.
#[cfg(airssys_shuttle)]
pub(crate) fn check(model: impl Fn() + Send + Sync + 'static) {
    shuttle::check_random(model, 2000);
}

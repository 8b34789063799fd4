//! Decisions that are functions of state, event and time, against models that are too simple to be wrong. Case ids are
//! those of the specification. A failing property prints its input, and `PROPTEST_RNG_SEED` repeats a run.

#![allow(clippy::unwrap_used)] // a test fails by panicking

#[path = "decisions/backoff.rs"]
mod backoff;
#[path = "decisions/cycles.rs"]
mod cycles;
#[path = "decisions/intensity.rs"]
mod intensity;

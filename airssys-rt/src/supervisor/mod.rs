//! Supervision: who is started again, when, and when that is given up.

mod intensity;

pub use intensity::{Intensity, IntensityError, Verdict};

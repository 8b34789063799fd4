//! TRAPR: an integral is cut into pieces, one for each worker. How well a few large computations are spread.

mod airssys;
mod kameo;
mod ractor;
mod rules;

use crate::savina::program::{Program, play};

pub(crate) const TRAPEZOID: Program = Program {
    name: "trapezoid",
    contestants: [
        |threads, setting| play(threads, setting, airssys::run),
        |threads, setting| play(threads, setting, kameo::run),
        |threads, setting| play(threads, setting, ractor::run),
    ],
};

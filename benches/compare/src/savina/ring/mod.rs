//! THR: a token runs round a ring of actors. What it costs to wake one actor after the other.

mod airssys;
mod kameo;
mod ractor;
mod rules;

use crate::savina::program::{Program, play};

pub(crate) const RING: Program = Program {
    name: "thread-ring",
    contestants: [
        |threads, setting| play(threads, setting, airssys::run),
        |threads, setting| play(threads, setting, kameo::run),
        |threads, setting| play(threads, setting, ractor::run),
    ],
};

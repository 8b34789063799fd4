//! THR: a token is passed around a ring of actors. The cost of waking one actor after the other.

mod airssys;
mod kameo;
mod ractor;
mod workload;

use crate::savina::program::{Program, measure};

pub(crate) const RING: Program = Program {
    name: "thread-ring",
    contestants: [
        |threads, setting| measure(threads, setting, airssys::run),
        |threads, setting| measure(threads, setting, kameo::run),
        |threads, setting| measure(threads, setting, ractor::run),
    ],
};

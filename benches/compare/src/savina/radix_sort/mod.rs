//! RSORT: numbers pass through a pipeline of actors, each of which sorts by one bit. Many messages in order, with
//! back-pressure.

mod airssys;
mod kameo;
mod ractor;
mod workload;

use crate::savina::program::{Program, measure};

pub(crate) const RADIX_SORT: Program = Program {
    name: "radix-sort",
    contestants: [
        |threads, setting| measure(threads, setting, airssys::run),
        |threads, setting| measure(threads, setting, kameo::run),
        |threads, setting| measure(threads, setting, ractor::run),
    ],
};

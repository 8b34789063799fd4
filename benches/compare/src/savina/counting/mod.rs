//! CNT: a producer sends one message after the other to an actor, then asks for the number received. The cost of one-way
//! delivery.

mod airssys;
mod kameo;
mod ractor;
mod workload;

use crate::savina::program::{Program, measure};

pub(crate) const COUNTING: Program = Program {
    name: "counting",
    contestants: [
        |threads, setting| measure(threads, setting, airssys::run),
        |threads, setting| measure(threads, setting, kameo::run),
        |threads, setting| measure(threads, setting, ractor::run),
    ],
};

//! PHIL: philosophers ask an arbitrator for two forks until they get them. Many to one, with replies that may be a denial.

mod airssys;
mod kameo;
mod ractor;
mod workload;

use crate::savina::program::{Program, measure};

pub(crate) const PHILOSOPHERS: Program = Program {
    name: "philosophers",
    contestants: [
        |threads, setting| measure(threads, setting, airssys::run),
        |threads, setting| measure(threads, setting, kameo::run),
        |threads, setting| measure(threads, setting, ractor::run),
    ],
};

//! RSORT: numbers run through a pipeline of actors, each of which sorts by one bit. Many messages in order, with back-pressure.

mod airssys;
mod kameo;
mod ractor;
mod rules;

use crate::savina::program::{Program, play};

pub(crate) const RADIX_SORT: Program = Program {
    name: "radix-sort",
    contestants: [
        |threads, setting| play(threads, setting, airssys::run),
        |threads, setting| play(threads, setting, kameo::run),
        |threads, setting| play(threads, setting, ractor::run),
    ],
};

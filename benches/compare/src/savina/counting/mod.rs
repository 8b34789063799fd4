//! CNT: a producer sends an actor one message after the other, then asks how many came. What it costs to deliver a message one way.

mod airssys;
mod kameo;
mod ractor;
mod rules;

use crate::savina::program::{Program, play};

pub(crate) const COUNTING: Program = Program {
    name: "counting",
    contestants: [
        |threads, setting| play(threads, setting, airssys::run),
        |threads, setting| play(threads, setting, kameo::run),
        |threads, setting| play(threads, setting, ractor::run),
    ],
};

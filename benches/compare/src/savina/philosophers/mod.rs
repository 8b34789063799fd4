//! PHIL: philosophers ask an arbitrator for two forks until they get them. Many to one, with answers that may be no.

mod airssys;
mod kameo;
mod ractor;
mod rules;

use crate::savina::program::{Program, play};

pub(crate) const PHILOSOPHERS: Program = Program {
    name: "philosophers",
    contestants: [
        |threads, setting| play(threads, setting, airssys::run),
        |threads, setting| play(threads, setting, kameo::run),
        |threads, setting| play(threads, setting, ractor::run),
    ],
};

//! CDICT: workers read and write one dictionary and wait for each reply. Request and reply, many to one.

mod airssys;
mod kameo;
mod ractor;
mod workload;

use crate::savina::program::{Program, measure};

pub(crate) const DICTIONARY: Program = Program {
    name: "dictionary",
    contestants: [
        |threads, setting| measure(threads, setting, airssys::run),
        |threads, setting| measure(threads, setting, kameo::run),
        |threads, setting| measure(threads, setting, ractor::run),
    ],
};

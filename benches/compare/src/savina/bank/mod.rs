//! BTX: a teller tells accounts to transfer money; each account waits for the reply of the other. Request and reply, many to
//! many.

mod airssys;
mod kameo;
mod ractor;
mod workload;

use crate::savina::program::{Program, measure};

pub(crate) const BANK: Program = Program {
    name: "bank",
    contestants: [
        |threads, setting| measure(threads, setting, airssys::run),
        |threads, setting| measure(threads, setting, kameo::run),
        |threads, setting| measure(threads, setting, ractor::run),
    ],
};

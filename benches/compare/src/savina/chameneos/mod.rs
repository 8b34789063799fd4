//! CHAM: creatures visit a mall, which pairs them; each pair changes colours and returns. Contention on one mailbox.

mod airssys;
mod kameo;
mod ractor;
mod workload;

use crate::savina::program::{Program, measure};

pub(crate) const CHAMENEOS: Program = Program {
    name: "chameneos",
    contestants: [
        |threads, setting| measure(threads, setting, airssys::run),
        |threads, setting| measure(threads, setting, kameo::run),
        |threads, setting| measure(threads, setting, ractor::run),
    ],
};

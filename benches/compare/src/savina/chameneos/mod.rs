//! CHAM: creatures come to a mall, which pairs them; each pair changes colours and comes again. Contention on one mailbox.

mod airssys;
mod kameo;
mod ractor;
mod rules;

use crate::savina::program::{Program, play};

pub(crate) const CHAMENEOS: Program = Program {
    name: "chameneos",
    contestants: [
        |threads, setting| play(threads, setting, airssys::run),
        |threads, setting| play(threads, setting, kameo::run),
        |threads, setting| play(threads, setting, ractor::run),
    ],
};

//! PP: two actors send one message back and forth. The cost of waking an actor for each message.

mod airssys;
mod kameo;
mod ractor;
mod workload;

use crate::savina::program::{Program, measure};

pub(crate) const PING_PONG: Program = Program {
    name: "ping-pong",
    contestants: [
        |threads, setting| measure(threads, setting, airssys::run),
        |threads, setting| measure(threads, setting, kameo::run),
        |threads, setting| measure(threads, setting, ractor::run),
    ],
};

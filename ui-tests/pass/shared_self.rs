//! Handlers that take `&self`.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Total;

#[message(reply = u64)]
pub struct Again;

#[event]
#[derive(Clone)]
pub struct Closed;

#[derive(Default)]
pub struct Auditor {
    total: u64,
}

#[actor]
impl Auditor {
    #![allow(clippy::needless_arbitrary_self_type)]

    #[handler]
    fn total(&self, _: Total) -> u64 {
        self.total
    }

    #[handler]
    async fn again(self: &mut Self, _: Again, _: &mut ActorContext<Self>) -> u64 {
        self.total
    }

    #[on_event]
    async fn closed(&self, _: Closed) {}

    #[pre_start]
    fn open(&self) {}
}

fn main() {
    let _ = Auditor::default();
}

use crate::savina::program::{Setting, Workload};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Ring {
    /// Number of hops of the token: a multiple of the number of members, so that it ends at the first member.
    pub(crate) hops: u64,
}

pub(crate) const MEMBERS: u64 = 100;

impl Workload for Ring {
    /// Number of tokens that all members have received.
    type Outcome = u64;

    fn of(setting: Setting) -> Self {
        Ring { hops: MEMBERS * setting.scale.pick(4_000, 20) }
    }

    fn check(&self, handled: &u64) {
        assert_eq!(*handled, self.hops + 1, "the token stops with no hop left");
    }
}

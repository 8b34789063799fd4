use crate::savina::program::{Rules, Setting};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Ring {
    /// How often the token is passed: a multiple of the members, so that it ends where it began.
    pub(crate) hops: u64,
}

pub(crate) const MEMBERS: u64 = 100;

impl Rules for Ring {
    /// How many tokens the members have had together.
    type Outcome = u64;

    fn of(setting: Setting) -> Self {
        Ring { hops: MEMBERS * setting.scale.pick(4_000, 20) }
    }

    fn check(&self, handled: &u64) {
        assert_eq!(*handled, self.hops + 1, "the token stops with no hop left");
    }
}

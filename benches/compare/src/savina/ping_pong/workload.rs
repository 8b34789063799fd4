use crate::savina::program::{Setting, Workload};

#[derive(Debug, Clone, Copy)]
pub(crate) struct PingPong {
    pub(crate) pings: u64,
}

/// Number of messages received: `(pings, pongs)`.
pub(crate) type Hits = (u64, u64);

impl Workload for PingPong {
    type Outcome = Hits;

    fn of(setting: Setting) -> Self {
        PingPong { pings: setting.scale.pick(200_000, 1_000) }
    }

    fn check(&self, hits: &Hits) {
        assert_eq!(*hits, (self.pings, self.pings), "each ping has one pong");
    }
}

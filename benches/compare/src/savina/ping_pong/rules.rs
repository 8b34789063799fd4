use crate::savina::program::{Rules, Setting};

#[derive(Debug, Clone, Copy)]
pub(crate) struct PingPong {
    pub(crate) pings: u64,
}

/// How many messages came: `(pings, pongs)`.
pub(crate) type Hits = (u64, u64);

impl Rules for PingPong {
    type Outcome = Hits;

    fn of(setting: Setting) -> Self {
        PingPong { pings: setting.scale.pick(200_000, 1_000) }
    }

    fn check(&self, hits: &Hits) {
        assert_eq!(*hits, (self.pings, self.pings), "each ping has its pong");
    }
}

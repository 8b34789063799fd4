use crate::savina::program::{Setting, Workload};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Counting {
    pub(crate) messages: u64,
}

impl Workload for Counting {
    /// Number of messages that were counted.
    type Outcome = u64;

    fn of(setting: Setting) -> Self {
        Counting { messages: setting.scale.pick(1_500_000, 5_000) }
    }

    fn check(&self, counted: &u64) {
        assert_eq!(*counted, self.messages, "each message is counted once");
    }
}

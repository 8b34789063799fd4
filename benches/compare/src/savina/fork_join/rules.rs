use crate::savina::program::{Rules, Setting};

#[derive(Debug, Clone, Copy)]
pub(crate) struct ForkJoin {
    /// To each of the workers.
    pub(crate) messages: u64,
}

pub(crate) const WORKERS: usize = 60;

/// What a worker does with a message.
pub(crate) fn compute(n: u64) -> i64 {
    let sine = (n as f64).sin();
    (1e6 * sine * sine) as i64
}

impl Rules for ForkJoin {
    /// The sum of what the workers computed.
    type Outcome = i64;

    fn of(setting: Setting) -> Self {
        ForkJoin { messages: setting.scale.pick(30_000, 50) }
    }

    fn check(&self, sum: &i64) {
        let each: i64 = (0..self.messages).map(compute).sum();
        assert_eq!(*sum, WORKERS as i64 * each, "each worker computes once for each message");
    }
}

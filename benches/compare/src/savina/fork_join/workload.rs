use crate::savina::program::{Setting, Workload};

#[derive(Debug, Clone, Copy)]
pub(crate) struct ForkJoin {
    /// Number of messages per worker.
    pub(crate) messages: u64,
}

pub(crate) const WORKERS: usize = 60;

/// The computation of a worker for one message.
pub(crate) fn compute(n: u64) -> i64 {
    let sine = (n as f64).sin();
    (1e6 * sine * sine) as i64
}

impl Workload for ForkJoin {
    /// The sum of the results of all workers.
    type Outcome = i64;

    fn of(setting: Setting) -> Self {
        ForkJoin { messages: setting.scale.pick(30_000, 50) }
    }

    fn check(&self, sum: &i64) {
        let each: i64 = (0..self.messages).map(compute).sum();
        assert_eq!(*sum, WORKERS as i64 * each, "each worker computes once for each message");
    }
}

use crate::job::Threads;
use std::{future::Future, time::Duration};

/// The parameters of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) scale: Scale,
    /// The seed of all random choices. In one round all contestants have the same seed.
    pub(crate) seed: u64,
}

/// The size of a workload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// About a tenth of a second of work.
    Full,
    /// Small enough for a test.
    #[cfg_attr(not(test), expect(dead_code, reason = "used by tests only"))]
    Small,
}

/// The part of a program that all contestants share: the amount of work and the expected outcome.
pub(crate) trait Workload: Copy + Send + 'static {
    /// The outcome of a program.
    type Outcome: Send + 'static;

    fn of(setting: Setting) -> Self;

    /// # Panics
    ///
    /// Panics if `outcome` differs from the outcome when each message is handled once.
    fn check(&self, outcome: &Self::Outcome);
}

/// The time from the first message to the outcome, without the start and the end of the system; and the outcome.
pub(crate) type Measured<T> = (Duration, T);

/// A program, implemented by each contestant.
#[derive(Debug)]
pub(crate) struct Program {
    /// Name in `--work` and in reports.
    pub(crate) name: &'static str,
    /// In the order of [`NAMES`].
    pub(crate) contestants: [fn(Threads, Setting) -> Duration; 3],
}

/// The contestants, in the order in which they run.
pub(crate) const NAMES: [&str; 3] = ["airssys", "kameo", "ractor"];

/// Runs the program of a contestant and checks its outcome.
pub(crate) fn measure<R: Workload, F>(threads: Threads, setting: Setting, program: fn(R) -> F) -> Duration
where
    F: Future<Output = Measured<R::Outcome>> + Send + 'static,
{
    let workload = R::of(setting);
    let runtime = threads.runtime();
    // Spawned as a task, because the thread in `block_on` is not a worker.
    let (time, outcome) =
        runtime.block_on(runtime.spawn(program(workload))).expect("the program does not panic");
    workload.check(&outcome);
    time
}

impl Scale {
    /// Returns the value for this scale.
    pub(crate) fn pick<T>(self, full: T, small: T) -> T {
        match self {
            Scale::Full => full,
            Scale::Small => small,
        }
    }
}

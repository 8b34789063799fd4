use crate::job::Threads;
use std::{future::Future, time::Duration};

/// What differs from run to run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) scale: Scale,
    /// Of whatever is chosen at random. In one round all contestants have the same.
    pub(crate) seed: u64,
}

/// How much a program does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// About a tenth of a second's worth.
    Full,
    /// Enough for a test.
    #[cfg_attr(not(test), expect(dead_code, reason = "only tests are in a hurry"))]
    Small,
}

/// What the three contestants of a program share: how much there is to do, and what has to come out.
pub(crate) trait Rules: Copy + Send + 'static {
    /// What a program came to.
    type Outcome: Send + 'static;

    fn of(setting: Setting) -> Self;

    /// # Panics
    ///
    /// If that is not what comes out when each message is handled once.
    fn check(&self, outcome: &Self::Outcome);
}

/// From the first message to the outcome, without the start of the system and its end; and the outcome.
pub(crate) type Played<T> = (Duration, T);

/// One program, and all who play it.
#[derive(Debug)]
pub(crate) struct Program {
    /// As `--work` takes it and reports say it.
    pub(crate) name: &'static str,
    /// In the order of [`NAMES`].
    pub(crate) contestants: [fn(Threads, Setting) -> Duration; 3],
}

/// The contestants, in the order in which they take their turns.
pub(crate) const NAMES: [&str; 3] = ["airssys", "kameo", "ractor"];

/// Runs a contestant's program and checks what it came to.
pub(crate) fn play<R: Rules, F>(threads: Threads, setting: Setting, program: fn(R) -> F) -> Duration
where
    F: Future<Output = Played<R::Outcome>> + Send + 'static,
{
    let rules = R::of(setting);
    let runtime = threads.runtime();
    // As a task, not on the thread that waits for it: that one is no worker.
    let (time, outcome) = runtime.block_on(runtime.spawn(program(rules))).expect("no program panics");
    rules.check(&outcome);
    time
}

impl Scale {
    /// One of the two.
    pub(crate) fn pick<T>(self, full: T, small: T) -> T {
        match self {
            Scale::Full => full,
            Scale::Small => small,
        }
    }
}

use crate::work::Work;
use std::{future::Future, time::Duration};

/// The threads that the contestants run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Threads {
    /// Only the thread of the program.
    One,
    /// A pool of two workers.
    Two,
}

/// One run of a work by a contestant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Job {
    pub(crate) work: Work,
    pub(crate) threads: Threads,
    /// Number of operations.
    pub(crate) operations: u64,
}

/// The result of one run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sample {
    /// From the first operation to the last, without the start and the end of the system.
    pub(crate) time: Duration,
    /// The sum of the receivers. The harness checks it.
    pub(crate) sum: u64,
}

/// The program of a contestant for a job.
pub(crate) type Program = fn(&Job) -> Sample;

/// Spawns the given number of actors and leaves them idle; they live as long as the closure.
pub(crate) type SpawnIdle = Box<dyn FnMut(usize)>;

/// A framework or channel that takes part in the comparison.
#[derive(Debug)]
pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    /// Description: version and mailbox limits.
    pub(crate) about: fn() -> String,
    /// The program for a work, or `None` if the contestant does not support the work.
    pub(crate) program: fn(Work) -> Option<Program>,
    pub(crate) idle: Idle,
}

/// How the memory of an idle actor is measured.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Idle {
    /// Starts the system on this thread; the harness measures the memory of this process.
    InProcess(fn() -> SpawnIdle),
    /// Spawns the given number of actors in another process; returns the bytes of heap and of resident memory per actor.
    OtherProcess(fn(usize) -> Option<(f64, f64)>),
    /// The contestant has no actors.
    NoActors,
}

impl Threads {
    /// Both choices.
    pub(crate) const ALL: [Threads; 2] = [Threads::Two, Threads::One];

    /// Name in reports.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Threads::One => "one thread",
            Threads::Two => "2 workers",
        }
    }

    /// Creates a tokio runtime as `#[tokio::main]` does, with this number of threads.
    pub(crate) fn runtime(self) -> tokio::runtime::Runtime {
        let mut builder = match self {
            Threads::One => tokio::runtime::Builder::new_current_thread(),
            Threads::Two => tokio::runtime::Builder::new_multi_thread(),
        };
        if self == Threads::Two {
            builder.worker_threads(2);
        }
        builder.enable_all().build().expect("a runtime")
    }
}

impl Job {
    /// Runs `work` as a task of a new runtime, because the thread in `block_on` is not a worker.
    pub(crate) fn run(&self, work: impl Future<Output = Sample> + Send + 'static) -> Sample {
        let runtime = self.threads.runtime();
        runtime.block_on(runtime.spawn(work)).expect("the program does not panic")
    }

    /// Returns the range of operations of one of `producers` producers; together the ranges cover all operations.
    pub(crate) fn share(&self, producers: u64, producer: u64) -> std::ops::Range<u64> {
        self.operations * producer / producers..self.operations * (producer + 1) / producers
    }
}

use crate::work::Work;
use std::{future::Future, time::Duration};

/// On how many threads the contestants run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Threads {
    /// The thread of the program alone.
    One,
    /// A pool of two workers.
    Two,
}

/// What a contestant is to do once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Job {
    pub(crate) work: Work,
    pub(crate) threads: Threads,
    /// How many operations.
    pub(crate) operations: u64,
}

/// What a contestant did.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sample {
    /// From the first operation to the last; without the start of the system and its end.
    pub(crate) time: Duration,
    /// What the receivers added up. The harness knows what it has to be.
    pub(crate) sum: u64,
}

/// A contestant's program for a job.
pub(crate) type Program = fn(&Job) -> Sample;

/// Spawns so many actors and leaves them idle, and alive as long as it.
pub(crate) type Idlers = Box<dyn FnMut(usize)>;

/// One that takes part.
#[derive(Debug)]
pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    /// What it is, in which version, and how its mailboxes are bounded.
    pub(crate) about: fn() -> String,
    /// Its program for a work, or `None` if it cannot do it.
    pub(crate) program: fn(Work) -> Option<Program>,
    pub(crate) idle: Idle,
}

/// How to see what an idle actor needs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Idle {
    /// Starts its system on this thread; the harness looks at what this process needs.
    Here(fn() -> Idlers),
    /// Spawns so many elsewhere; says how many bytes of heap each needs, and of the process.
    Elsewhere(fn(usize) -> Option<(f64, f64)>),
    /// It has no actors.
    Never,
}

impl Threads {
    /// Every choice.
    pub(crate) const ALL: [Threads; 2] = [Threads::Two, Threads::One];

    /// As reports say it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Threads::One => "one thread",
            Threads::Two => "2 workers",
        }
    }

    /// A runtime of tokio as `#[tokio::main]` makes it, with so many threads.
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
    /// Runs `work` as a task of a new runtime, not on the thread that waits for it: that one is no worker.
    pub(crate) fn run(&self, work: impl Future<Output = Sample> + Send + 'static) -> Sample {
        let runtime = self.threads.runtime();
        runtime.block_on(runtime.spawn(work)).expect("no program panics")
    }

    /// The operations of one of several `producers`: together they do them all.
    pub(crate) fn share(&self, producers: u64, producer: u64) -> std::ops::Range<u64> {
        self.operations * producer / producers..self.operations * (producer + 1) / producers
    }
}

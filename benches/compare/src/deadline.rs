//! Runs a contestant with a deadline: a contestant that panics or hangs ends the whole run with its name.

use crate::job::{Job, Program, Sample};
use std::{
    panic::catch_unwind,
    process,
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::Duration,
};

/// Far longer than any work takes. A contestant that is not done by then waits for a lost message.
const DEADLINE: Duration = Duration::from_secs(180);

/// Runs the job of a contestant.
///
/// # Panics
///
/// Panics if the contestant panics. If the contestant hangs, the process exits.
pub(crate) fn run_with_deadline(name: &'static str, program: Program, job: &Job) -> Sample {
    let work = job.work.name();
    let (done, over) = channel::<()>();
    thread::spawn(move || {
        if over.recv_timeout(DEADLINE) == Err(RecvTimeoutError::Timeout) {
            eprintln!(
                "{name} has not finished {work} after {DEADLINE:?}: a message was lost, or an actor panicked"
            );
            process::exit(1);
        }
    });
    let sample = catch_unwind(|| program(job));
    drop(done);
    sample.unwrap_or_else(|_| panic!("{name} panicked in {work}"))
}

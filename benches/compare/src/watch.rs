//! A contestant that panics or waits for ever ends the whole run, and is named.

use crate::job::{Job, Program, Sample};
use std::{
    panic::catch_unwind,
    process,
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::Duration,
};

/// Far more than any work takes. Who is not done then waits for a message that got lost.
const PATIENCE: Duration = Duration::from_secs(180);

/// Lets a contestant do a job.
///
/// # Panics
///
/// If it does. If it hangs, this program ends.
pub(crate) fn watched(name: &'static str, program: Program, job: &Job) -> Sample {
    let work = job.work.name();
    let (done, over) = channel::<()>();
    thread::spawn(move || {
        if over.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            eprintln!(
                "{name} is not done with {work} after {PATIENCE:?}: a message got lost, or an actor panicked"
            );
            process::exit(1);
        }
    });
    let sample = catch_unwind(|| program(job));
    drop(done);
    sample.unwrap_or_else(|_| panic!("{name} panicked at {work}"))
}

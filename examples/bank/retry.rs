//! Asking again: what fails while somebody is started again succeeds a little later.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use airssys_rt::guard::{Backoff, BackoffError, BackoffState};
use airssys_rt::prelude::*;

/// How often a row is tried before the bank counts as broken.
const TRIES: u32 = 10;
const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(200);

/// How failed rows are tried again, and how often that was.
#[derive(Debug)]
pub(crate) struct Retries {
    backoff: Backoff,
    rows: AtomicU64,
    tries: AtomicU64,
}

/// The patience of one row.
#[derive(Debug)]
pub(crate) struct Patience<'a> {
    retries: &'a Retries,
    state: BackoffState,
}

impl Retries {
    pub(crate) fn new() -> Result<Self, BackoffError> {
        let backoff = Backoff::exponential(SHORTEST, LONGEST)?.with_jitter(0.5)?;
        Ok(Self { backoff, rows: AtomicU64::new(0), tries: AtomicU64::new(0) })
    }

    /// For the row at this line.
    pub(crate) fn begin(&self, line: u64) -> Patience<'_> {
        Patience { retries: self, state: self.backoff.begin(line) }
    }

    /// How many rows were tried again.
    pub(crate) fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed) // relaxed: a figure, read when all rows have been joined
    }

    /// How often, over all rows.
    pub(crate) fn tries(&self) -> u64 {
        self.tries.load(Ordering::Relaxed) // relaxed: as in `rows`
    }
}

impl Patience<'_> {
    /// Waits before the next try.
    ///
    /// # Errors
    ///
    /// The error itself, if trying again is of no use, or was of none too often.
    pub(crate) async fn wait(&mut self, error: AskError) -> Result<(), AskError> {
        if !passes(&error) || self.state.attempts() + 1 >= TRIES {
            return Err(error);
        }
        // Relaxed: these are figures.
        self.retries.rows.fetch_add(u64::from(self.state.attempts() == 0), Ordering::Relaxed);
        self.retries.tries.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(self.state.failed(Instant::now())).await;
        Ok(())
    }
}

/// Whether the same may work once its actor has been started again. Nobody knows then whether it was done: that is why a
/// transaction has an id.
fn passes(error: &AskError) -> bool {
    matches!(
        error,
        AskError::Failed(..)
            | AskError::Stopped(_)
            | AskError::Restarted(_)
            | AskError::NoReply(_)
            | AskError::Timeout(_)
            | AskError::MailboxFull(_)
    )
}

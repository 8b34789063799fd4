//! Retries: an ask that fails during a restart of an actor succeeds a little later.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use airssys_rt::backoff::{Backoff, BackoffError, BackoffState};
use airssys_rt::prelude::*;

/// Number of attempts per row before the bank counts as broken.
const MAX_ATTEMPTS: u32 = 10;
const MIN_DELAY: Duration = Duration::from_millis(1);
const MAX_DELAY: Duration = Duration::from_millis(200);

/// The retry policy of failed rows, and the number of retries.
#[derive(Debug)]
pub(crate) struct Retries {
    backoff: Backoff,
    rows: AtomicU64,
    tries: AtomicU64,
}

/// The retries of one row.
#[derive(Debug)]
pub(crate) struct Retry<'a> {
    retries: &'a Retries,
    state: BackoffState,
}

impl Retries {
    pub(crate) fn new() -> Result<Self, BackoffError> {
        let backoff = Backoff::exponential(MIN_DELAY, MAX_DELAY)?.with_jitter(0.5)?;
        Ok(Self { backoff, rows: AtomicU64::new(0), tries: AtomicU64::new(0) })
    }

    /// Starts the retries of the row at `line`.
    pub(crate) fn begin(&self, line: u64) -> Retry<'_> {
        Retry { retries: self, state: self.backoff.begin(line) }
    }

    /// Returns the number of rows that were retried.
    pub(crate) fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed) // relaxed: a statistic, read after all rows have been joined
    }

    /// Returns the number of retries over all rows.
    pub(crate) fn tries(&self) -> u64 {
        self.tries.load(Ordering::Relaxed) // relaxed: as in `rows`
    }
}

impl Retry<'_> {
    /// Waits before the next attempt.
    ///
    /// # Errors
    ///
    /// Returns `error` if a retry cannot help, or if the number of attempts is used up.
    pub(crate) async fn wait(&mut self, error: AskError) -> Result<(), AskError> {
        if !is_transient(&error) || self.state.attempts() + 1 >= MAX_ATTEMPTS {
            return Err(error);
        }
        // Relaxed: these are statistics.
        self.retries.rows.fetch_add(u64::from(self.state.attempts() == 0), Ordering::Relaxed);
        self.retries.tries.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(self.state.failed(Instant::now())).await;
        Ok(())
    }
}

/// Returns whether the ask may succeed after a restart of its actor. Whether the first attempt was carried out is unknown:
/// for this reason a transaction has an id.
fn is_transient(error: &AskError) -> bool {
    matches!(
        error,
        AskError::Failed(..)
            | AskError::Stopped(..)
            | AskError::Restarted(_)
            | AskError::NoReply(_)
            | AskError::Timeout(_)
            | AskError::Full(_)
    )
}

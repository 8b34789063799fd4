//! Backoff: how long to wait before the next restart. A function of state and time, without a clock of its own.

use std::time::{Duration, Instant};

/// How long to wait before the next try, while one fails after the other.
///
/// The first delay is `min`; each one more is `factor` times as long, until it is `max`. Jitter spreads a delay, so that
/// many that failed together do not come back together, but never beyond `max`. Whoever was healthy for `reset_after`
/// begins again at `min`.
///
/// ```
/// use airssys_rt::backoff::Backoff;
/// use std::time::Duration;
///
/// let backoff = Backoff::exponential(Duration::from_millis(100), Duration::from_secs(10))?.with_jitter(0.2)?;
/// assert_eq!(backoff.reset_after(), Duration::from_secs(10));
/// # Ok::<(), airssys_rt::backoff::BackoffError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backoff {
    min: Duration,
    max: Duration,
    factor: f64,
    jitter: f64,
    reset_after: Duration,
}

/// Why there is no such backoff.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BackoffError {
    /// A delay that begins at nothing never grows.
    #[error("`min` cannot be 0: a delay of nothing never grows")]
    ZeroMin,
    /// The first delay was to be longer than the longest.
    #[error("`min` ({min:?}) cannot be more than `max` ({max:?})")]
    MinAboveMax {
        /// The first delay.
        min: Duration,
        /// The longest delay.
        max: Duration,
    },
    /// Delays were to become shorter, or it is no number.
    #[error("`factor` ({0}) has to be a number of at least 1")]
    Factor(f64),
    /// More than the whole delay was to be spread, or less than nothing, or it is no number.
    #[error("`jitter` ({0}) has to be a number from 0 to 1")]
    Jitter(f64),
}

impl Backoff {
    /// Doubles the delay from `min` to `max`, without jitter, and begins again after a healthy time as long as `max`.
    ///
    /// # Errors
    ///
    /// If `min` is 0 or more than `max`.
    pub fn exponential(min: Duration, max: Duration) -> Result<Self, BackoffError> {
        if min.is_zero() {
            return Err(BackoffError::ZeroMin);
        }
        if min > max {
            return Err(BackoffError::MinAboveMax { min, max });
        }
        Ok(Backoff { min, max, factor: 2.0, jitter: 0.0, reset_after: max })
    }

    /// The same, growing by another factor; 1 for a delay that stays as it is.
    ///
    /// # Errors
    ///
    /// If `factor` is less than 1, infinite or no number.
    pub fn with_factor(mut self, factor: f64) -> Result<Self, BackoffError> {
        if !factor.is_finite() || factor < 1.0 {
            return Err(BackoffError::Factor(factor));
        }
        self.factor = factor;
        Ok(self)
    }

    /// The same, with each delay up to this share of it shorter or longer.
    ///
    /// # Errors
    ///
    /// If `jitter` is not from 0 to 1.
    pub fn with_jitter(mut self, jitter: f64) -> Result<Self, BackoffError> {
        if !(0.0..=1.0).contains(&jitter) {
            return Err(BackoffError::Jitter(jitter));
        }
        self.jitter = jitter;
        Ok(self)
    }

    /// The same, beginning again after another healthy time.
    #[must_use]
    pub fn with_reset_after(mut self, reset_after: Duration) -> Self {
        self.reset_after = reset_after;
        self
    }

    /// The first delay, before jitter.
    #[must_use]
    pub fn min(&self) -> Duration {
        self.min
    }

    /// No delay is longer.
    #[must_use]
    pub fn max(&self) -> Duration {
        self.max
    }

    /// How long one has to be healthy to begin again at `min`.
    #[must_use]
    pub fn reset_after(&self) -> Duration {
        self.reset_after
    }

    /// One that has not failed yet. The same seed gives the same jitter.
    #[must_use]
    pub fn begin(self, seed: u64) -> BackoffState {
        BackoffState { backoff: self, random: seed, delay: None, attempts: 0, healthy_since: None }
    }

    fn longer(&self, delay: Duration) -> Duration {
        let longer = delay.as_secs_f64() * self.factor;
        // Not representable is longer than any `max`. Rounding must not make it shorter.
        Duration::try_from_secs_f64(longer).map_or(self.max, |longer| longer.clamp(delay, self.max))
    }

    /// `share` is from 0 to 1.
    fn spread(&self, delay: Duration, share: f64) -> Duration {
        let middle = delay.as_secs_f64();
        let shortest = middle * (1.0 - self.jitter);
        // Up to `max`, not cut off there: what is cut off would come back together.
        let longest = (middle * (1.0 + self.jitter)).min(self.max.as_secs_f64());
        let spread = shortest + share * (longest - shortest);
        Duration::try_from_secs_f64(spread).map_or(self.max, |spread| spread.min(self.max))
    }
}

/// How often somebody has failed, and when that was forgotten: the state behind a [`Backoff`].
///
/// It has no clock: `now` is always passed in, and never goes backwards.
///
/// ```
/// use airssys_rt::backoff::Backoff;
/// use std::time::{Duration, Instant};
///
/// let mut state = Backoff::exponential(Duration::from_millis(100), Duration::from_secs(1))?.begin(1);
/// let now = Instant::now();
/// assert_eq!(state.failed(now), Duration::from_millis(100));
/// assert_eq!(state.failed(now), Duration::from_millis(200));
/// state.started(now);
/// assert_eq!(state.failed(now + Duration::from_secs(1)), Duration::from_millis(100));
/// # Ok::<(), airssys_rt::backoff::BackoffError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct BackoffState {
    backoff: Backoff,
    random: u64,
    /// The last one, before jitter.
    delay: Option<Duration>,
    attempts: u32,
    healthy_since: Option<Instant>,
}

impl BackoffState {
    /// It failed, or could not be started. Returns how long to wait before the next try.
    pub fn failed(&mut self, now: Instant) -> Duration {
        let healthy = self.healthy_since.take().map(|since| now.saturating_duration_since(since));
        if healthy.is_some_and(|healthy| healthy >= self.backoff.reset_after) {
            self.delay = None;
            self.attempts = 0;
        }
        let delay = self.delay.map_or(self.backoff.min, |delay| self.backoff.longer(delay));
        self.delay = Some(delay);
        self.attempts = self.attempts.saturating_add(1);
        if self.backoff.jitter == 0.0 {
            return delay;
        }
        let share = self.next_share();
        self.backoff.spread(delay, share)
    }

    /// It has started: from now on it is healthy, until it fails.
    pub fn started(&mut self, now: Instant) {
        self.healthy_since = Some(now);
    }

    /// How many failures in a row there were, the last one included.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// From 0 to less than 1. The generator is splitmix64, so a seed means the same for ever.
    fn next_share(&mut self) -> f64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        // The upper 53 bits are as many as a double has.
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }
}

//! `Backoff`: the delay before the next restart, as a function of state and time without a clock of its own.

use std::{
    hash::{BuildHasher, RandomState},
    time::{Duration, Instant},
};

/// A backoff configuration: the delays between retries that fail one after the other.
///
/// The first delay is `min`. Each further delay is `factor` times as long, up to `max`. Jitter spreads a delay, but never beyond
/// `max`, so that actors that failed together do not restart together. Each child of each supervisor has other random numbers, also in
/// another process; [`SystemConfig::with_jitter_seed`](crate::system::SystemConfig::with_jitter_seed) repeats them. After a healthy
/// time of `reset_after` the delays begin again at `min`.
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

/// An invalid backoff configuration.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BackoffError {
    /// `min` is 0, and a delay of 0 never grows.
    #[error("`min` cannot be 0: a delay of 0 never grows")]
    ZeroMin,
    /// `min` is more than `max`.
    #[error("`min` ({min:?}) cannot be more than `max` ({max:?})")]
    MinAboveMax {
        /// The first delay.
        min: Duration,
        /// The longest delay.
        max: Duration,
    },
    /// `factor` is less than 1, infinite or not a number.
    #[error("`factor` ({0}) must be a finite number of at least 1")]
    Factor(f64),
    /// `jitter` is less than 0, more than 1 or not a number.
    #[error("`jitter` ({0}) must be a number from 0 to 1")]
    Jitter(f64),
}

impl Backoff {
    /// Creates a backoff that doubles the delay from `min` to `max`, without jitter, and begins again after a healthy time of `max`.
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

    /// Sets the factor by which the delay grows; 1 for a constant delay.
    ///
    /// # Errors
    ///
    /// If `factor` is less than 1, infinite or not a number.
    pub fn with_factor(mut self, factor: f64) -> Result<Self, BackoffError> {
        if !factor.is_finite() || factor < 1.0 {
            return Err(BackoffError::Factor(factor));
        }
        self.factor = factor;
        Ok(self)
    }

    /// Sets the share by which each delay may be shorter or longer.
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

    /// Sets the healthy time after which the delays begin again.
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

    /// The longest delay.
    #[must_use]
    pub fn max(&self) -> Duration {
        self.max
    }

    /// The healthy time after which the delays begin again at `min`.
    #[must_use]
    pub fn reset_after(&self) -> Duration {
        self.reset_after
    }

    /// Creates the state before the first failure. The same seed gives the same jitter.
    #[must_use]
    pub fn begin(self, seed: u64) -> BackoffState {
        BackoffState { backoff: self, random: seed, delay: None, attempts: 0, healthy_since: None }
    }

    fn longer(&self, delay: Duration) -> Duration {
        let longer = delay.as_secs_f64() * self.factor;
        // A value that a `Duration` cannot represent is more than any `max`. Rounding must not make the delay shorter.
        Duration::try_from_secs_f64(longer).map_or(self.max, |longer| longer.clamp(delay, self.max))
    }

    /// Applies the jitter. `share`, from 0 to 1, says where in its range.
    fn spread(&self, delay: Duration, share: f64) -> Duration {
        let middle = delay.as_secs_f64();
        let shortest = middle * (1.0 - self.jitter);
        // Spread up to `max`, not cut off there: delays that are cut off would all end together.
        let longest = (middle * (1.0 + self.jitter)).min(self.max.as_secs_f64());
        let spread = shortest + share * (longest - shortest);
        Duration::try_from_secs_f64(spread).map_or(self.max, |spread| spread.min(self.max))
    }
}

/// The state of a [`Backoff`]: the failures in a row, and the time of the last start.
///
/// It has no clock. The caller passes `now`, which must never go backwards.
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
    /// The last delay, before jitter.
    delay: Option<Duration>,
    attempts: u32,
    healthy_since: Option<Instant>,
}

impl BackoffState {
    /// Records a failure, or a failed start. Returns the delay before the next retry.
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

    /// Records a start. The healthy time lasts from now until the next failure.
    pub fn started(&mut self, now: Instant) {
        self.healthy_since = Some(now);
    }

    /// The number of failures in a row, including the last one.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The next random number from 0 to less than 1. The generator is splitmix64, so a seed gives the same numbers in each version.
    fn next_share(&mut self) -> f64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = mix(self.random);
        // The upper 53 bits, the precision of a double.
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A seed that differs from call to call and from process to process.
pub(crate) fn random_seed() -> u64 {
    RandomState::new().hash_one(0)
}

/// The seed of a part of what `seed` is for, by the number of the part.
pub(crate) fn derived_seed(seed: u64, part: u64) -> u64 {
    // Mixed twice: the generator adds to a seed, so seeds of neighbouring parts would give the same numbers a step apart.
    mix(mix(seed).wrapping_add(part))
}

/// The output function of splitmix64: each bit of the result depends on all bits of `value`.
fn mix(value: u64) -> u64 {
    let mixed = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

//! `Intensity`: the restart limit, which decides between a restart and giving up; a log of granted restarts.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// The restart limit of a supervisor, with a log of the restarts that it has granted: OTP's sliding window.
///
/// A restart that is exactly `period` old still counts. A restart beyond `max` is not granted and not added to the log: the
/// supervisor then gives up. There is no clock inside: `now` is passed in and never goes backwards.
///
/// ```
/// use airssys_rt::supervisor::{Intensity, RestartDecision};
/// use std::time::{Duration, Instant};
///
/// let mut intensity = Intensity::new(1, Duration::from_secs(5))?;
/// let start = Instant::now();
/// assert_eq!(intensity.record(start), RestartDecision::Restart);
/// assert_eq!(intensity.record(start + Duration::from_secs(5)), RestartDecision::Escalate);
/// # Ok::<(), airssys_rt::supervisor::IntensityError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intensity {
    max: u32,
    period: Duration,
    /// The granted restarts that may still count, the oldest first. Never more than `max`.
    granted: VecDeque<Instant>,
}

/// The decision about a child that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum RestartDecision {
    /// The supervisor restarts the child.
    Restart,
    /// The supervisor gives up: it stops its children, and the supervisor above decides.
    Escalate,
}

/// An invalid restart limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IntensityError {
    /// The period is zero.
    #[error("the period of an intensity cannot be 0")]
    ZeroPeriod,
    /// The number of restarts is more than [`MOST`](Intensity::MOST).
    #[error("an intensity of {0} restarts is more than {most}", most = Intensity::MOST)]
    TooMany(u32),
}

impl Intensity {
    /// The largest `max`: each restart that counts is kept in the log.
    pub const MOST: u32 = 1_000_000;

    /// Creates a limit of `max` restarts within any `period`. A `max` of 0 grants none.
    ///
    /// # Errors
    ///
    /// If `period` is 0, or `max` is more than [`MOST`](Intensity::MOST).
    pub fn new(max: u32, period: Duration) -> Result<Self, IntensityError> {
        if period.is_zero() {
            return Err(IntensityError::ZeroPeriod);
        }
        if max > Intensity::MOST {
            return Err(IntensityError::TooMany(max));
        }
        Ok(Intensity { max, period, granted: VecDeque::new() })
    }

    /// Decides about one failure, or about one restart that failed.
    pub fn record(&mut self, now: Instant) -> RestartDecision {
        while self.granted.front().is_some_and(|granted| !self.counts(*granted, now)) {
            self.granted.pop_front();
        }
        if self.granted.len() >= self.max as usize {
            return RestartDecision::Escalate;
        }
        self.granted.push_back(now);
        RestartDecision::Restart
    }

    /// Number of restarts that count at `now`.
    #[must_use]
    pub fn used(&self, now: Instant) -> usize {
        self.granted.iter().filter(|granted| self.counts(**granted, now)).count()
    }

    /// Largest number of restarts within a period.
    #[must_use]
    pub fn max(&self) -> u32 {
        self.max
    }

    /// Time for which a restart counts.
    #[must_use]
    pub fn period(&self) -> Duration {
        self.period
    }

    // Compares the difference: a sum with a large period would overflow.
    fn counts(&self, granted: Instant, now: Instant) -> bool {
        now.saturating_duration_since(granted) <= self.period
    }
}

impl Default for Intensity {
    /// One restart within 5 s, as in OTP.
    fn default() -> Self {
        Intensity { max: 1, period: Duration::from_secs(5), granted: VecDeque::new() }
    }
}

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// How many restarts a supervisor grants within a period, and those it has granted: OTP's sliding log.
///
/// A restart that is exactly `period` old still counts. What would be one more than `max` is not granted, and does not
/// enter the log: the supervisor gives up then. It has no clock: `now` is always passed in, and never goes backwards.
///
/// ```
/// use airssys_rt::supervision::{Intensity, Verdict};
/// use std::time::{Duration, Instant};
///
/// let mut intensity = Intensity::new(1, Duration::from_secs(5))?;
/// let start = Instant::now();
/// assert_eq!(intensity.record(start), Verdict::Restart);
/// assert_eq!(intensity.record(start + Duration::from_secs(5)), Verdict::Escalate);
/// # Ok::<(), airssys_rt::supervisor::IntensityError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intensity {
    max: u32,
    period: Duration,
    /// The restarts that may still count, the oldest first. Never more than `max`.
    granted: VecDeque<Instant>,
}

/// What a supervisor does about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// Starts the child again.
    Restart,
    /// Gives up: stops its children, and leaves it to its own supervisor.
    Escalate,
}

/// Why there is no such intensity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IntensityError {
    /// Restarts were to be counted within no time at all.
    #[error("the period of an intensity cannot be 0")]
    ZeroPeriod,
    /// More restarts than a log can keep.
    #[error("an intensity of {0} restarts is more than {most}", most = Intensity::MOST)]
    TooMany(u32),
}

impl Intensity {
    /// The largest `max`: each restart that counts is remembered.
    pub const MOST: u32 = 1_000_000;

    /// Grants at most `max` restarts within any `period`; with 0, none.
    ///
    /// # Errors
    ///
    /// If `period` is 0, or `max` more than [`MOST`](Intensity::MOST).
    pub fn new(max: u32, period: Duration) -> Result<Self, IntensityError> {
        if period.is_zero() {
            return Err(IntensityError::ZeroPeriod);
        }
        if max > Intensity::MOST {
            return Err(IntensityError::TooMany(max));
        }
        Ok(Intensity { max, period, granted: VecDeque::new() })
    }

    /// Decides about one failure, or about one try to restart that failed.
    pub fn record(&mut self, now: Instant) -> Verdict {
        while self.granted.front().is_some_and(|granted| !self.counts(*granted, now)) {
            self.granted.pop_front();
        }
        if self.granted.len() >= self.max as usize {
            return Verdict::Escalate;
        }
        self.granted.push_back(now);
        Verdict::Restart
    }

    /// How many restarts count now.
    #[must_use]
    pub fn used(&self, now: Instant) -> usize {
        self.granted.iter().filter(|granted| self.counts(**granted, now)).count()
    }

    /// How many restarts are granted within a period.
    #[must_use]
    pub fn max(&self) -> u32 {
        self.max
    }

    /// For how long a restart counts.
    #[must_use]
    pub fn period(&self) -> Duration {
        self.period
    }

    // By their difference: a sum with a large period would overflow.
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

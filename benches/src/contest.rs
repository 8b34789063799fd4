use std::time::Duration;

/// A comparison of one work on the framework and on the baseline, in alternating rounds.
pub struct Contest {
    name: &'static str,
    /// Number of operations per run.
    operations: u64,
    /// The highest accepted ratio.
    limit: f64,
    ours: Box<dyn FnMut() -> Duration>,
    baseline: Box<dyn FnMut() -> Duration>,
}

/// The result of a contest, in nanoseconds per operation.
#[derive(Debug, Clone)]
pub struct Row {
    /// The name of the work.
    pub name: &'static str,
    /// The median of the framework.
    pub ours: f64,
    /// The median of the baseline.
    pub baseline: f64,
    /// The highest accepted ratio.
    pub limit: f64,
}

impl Contest {
    /// Creates a contest. Each run does `operations` operations and returns their time.
    pub fn new(
        name: &'static str,
        operations: u64,
        limit: f64,
        ours: impl FnMut() -> Duration + 'static,
        baseline: impl FnMut() -> Duration + 'static,
    ) -> Self {
        Contest { name, operations, limit, ours: Box::new(ours), baseline: Box::new(baseline) }
    }

    /// Runs both sides `rounds` times, in alternation, after one warm-up round.
    pub fn run(mut self, rounds: usize) -> Row {
        let (mut ours, mut baseline) = (Vec::new(), Vec::new());
        for round in 0..=rounds {
            let times = ((self.ours)(), (self.baseline)());
            if round > 0 {
                ours.push(times.0);
                baseline.push(times.1);
            }
        }
        let each = |times| median(times) / self.operations as f64;
        Row { name: self.name, ours: each(ours), baseline: each(baseline), limit: self.limit }
    }
}

impl std::fmt::Debug for Contest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Contest({})", self.name)
    }
}

impl Row {
    /// Returns the time of the framework divided by the time of the baseline.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.ours / self.baseline
    }

    /// Returns whether the ratio is within the limit.
    #[must_use]
    pub fn is_within_limit(&self) -> bool {
        self.ratio() <= self.limit
    }
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e9)
}

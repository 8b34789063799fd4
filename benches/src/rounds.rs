use std::time::Duration;

/// One work, done by the framework and by the baseline in turns.
pub struct Contest {
    name: &'static str,
    /// How many operations a run does.
    operations: u64,
    /// The highest ratio that is good enough.
    limit: f64,
    ours: Box<dyn FnMut() -> Duration>,
    baseline: Box<dyn FnMut() -> Duration>,
}

/// What a contest came to, in nanoseconds an operation.
#[derive(Debug, Clone)]
pub struct Row {
    /// The work.
    pub name: &'static str,
    /// The median of the framework.
    pub ours: f64,
    /// The median of the baseline.
    pub baseline: f64,
    /// The highest ratio that is good enough.
    pub limit: f64,
}

impl Contest {
    /// Each run does so many `operations` and returns the time they took.
    pub fn new(
        name: &'static str,
        operations: u64,
        limit: f64,
        ours: impl FnMut() -> Duration + 'static,
        baseline: impl FnMut() -> Duration + 'static,
    ) -> Self {
        Contest { name, operations, limit, ours: Box::new(ours), baseline: Box::new(baseline) }
    }

    /// Runs both `rounds` times, in turns, after one round that does not count.
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
    /// How much of the baseline's time the framework takes.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.ours / self.baseline
    }

    /// Whether that is good enough.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.ratio() <= self.limit
    }
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e9)
}

//! Alternating rounds: other load of the machine affects all contestants equally.

/// The figures of one contestant over the measured rounds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figures {
    pub(crate) median: f64,
    pub(crate) minimum: f64,
    pub(crate) maximum: f64,
}

/// Runs each contestant once per round, `rounds` times after round 0, which is a warm-up and not counted.
pub(crate) fn measure<C>(
    contestants: &[C],
    rounds: usize,
    mut run: impl FnMut(&C, usize) -> f64,
) -> Vec<Figures> {
    let mut all = vec![Vec::with_capacity(rounds); contestants.len()];
    for round in 0..=rounds {
        for (contestant, figures) in contestants.iter().zip(&mut all) {
            let figure = run(contestant, round);
            if round > 0 {
                figures.push(figure);
            }
        }
    }
    all.into_iter().map(Figures::of).collect()
}

impl Figures {
    /// # Panics
    ///
    /// Panics if `all` is empty.
    fn of(mut all: Vec<f64>) -> Self {
        all.sort_by(f64::total_cmp);
        Figures { median: all[all.len() / 2], minimum: all[0], maximum: all[all.len() - 1] }
    }
}

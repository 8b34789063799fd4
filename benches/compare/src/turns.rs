//! Rounds in which the contestants take turns, so that what else the machine does hits all of them.

/// What one of them came to in the rounds that count.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figures {
    pub(crate) median: f64,
    pub(crate) minimum: f64,
    pub(crate) maximum: f64,
}

/// Lets all `players` play once a round, `rounds` times after one that does not count, which is round 0.
pub(crate) fn take<P>(players: &[P], rounds: usize, mut play: impl FnMut(&P, usize) -> f64) -> Vec<Figures> {
    let mut all = vec![Vec::with_capacity(rounds); players.len()];
    for round in 0..=rounds {
        for (player, figures) in players.iter().zip(&mut all) {
            let figure = play(player, round);
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
    /// If there are none.
    fn of(mut all: Vec<f64>) -> Self {
        all.sort_by(f64::total_cmp);
        Figures { median: all[all.len() / 2], minimum: all[0], maximum: all[all.len() - 1] }
    }
}

use crate::{
    savina::program::{Setting, Workload},
    work::CAPACITY,
};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Chameneos {
    pub(crate) meetings: u64,
    seed: u64,
}

/// One of three colours: 0, 1 or 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour(u8);

/// The report of a creature after the mall has closed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Summary {
    pub(crate) meetings: u64,
    pub(crate) colour: Colour,
}

pub(crate) const CREATURES: usize = 100;

// Each creature has one message in flight: no mailbox gets full.
const _: () = assert!(CREATURES < CAPACITY);

impl Colour {
    /// Returns the colour of both creatures after a meeting: the same if both colours are equal, otherwise the third one.
    pub(crate) fn met(self, other: Colour) -> Colour {
        Colour((6 - self.0 - other.0) % 3)
    }
}

impl Chameneos {
    /// Returns the initial colours of the creatures.
    pub(crate) fn colours(&self) -> Vec<Colour> {
        let mut random = fastrand::Rng::with_seed(self.seed);
        (0..CREATURES).map(|_| Colour(random.u8(0..3))).collect()
    }
}

impl Workload for Chameneos {
    type Outcome = Vec<Summary>;

    fn of(setting: Setting) -> Self {
        Chameneos { meetings: setting.scale.pick(150_000, 500), seed: setting.seed }
    }

    fn check(&self, summaries: &Vec<Summary>) {
        assert_eq!(summaries.len(), CREATURES, "each creature reports once");
        let meetings: u64 = summaries.iter().map(|summary| summary.meetings).sum();
        assert_eq!(meetings, 2 * self.meetings, "two creatures take part in each meeting");
        // A meeting replaces both colours, and a + b is equal to 2 * (6 - a - b), modulo 3.
        let sum =
            |colours: &mut dyn Iterator<Item = Colour>| colours.map(|one| u64::from(one.0)).sum::<u64>() % 3;
        let before = sum(&mut self.colours().into_iter());
        assert_eq!(
            sum(&mut summaries.iter().map(|summary| summary.colour)),
            before,
            "both creatures of each meeting changed colour"
        );
    }
}

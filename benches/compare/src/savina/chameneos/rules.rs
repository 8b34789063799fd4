use crate::{
    savina::program::{Rules, Setting},
    work::CAPACITY,
};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Chameneos {
    pub(crate) meetings: u64,
    seed: u64,
}

/// One of three: 0, 1 and 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour(u8);

/// What a creature says when the mall has closed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Life {
    pub(crate) meetings: u64,
    pub(crate) colour: Colour,
}

pub(crate) const CREATURES: usize = 100;

// Each creature has one message under way: no mailbox gets full.
const _: () = assert!(CREATURES < CAPACITY);

impl Colour {
    /// The colour of both after they have met: if they are of one colour the same, or else the third one.
    pub(crate) fn met(self, other: Colour) -> Colour {
        Colour((6 - self.0 - other.0) % 3)
    }
}

impl Chameneos {
    /// With which the creatures begin.
    pub(crate) fn colours(&self) -> Vec<Colour> {
        let mut random = fastrand::Rng::with_seed(self.seed);
        (0..CREATURES).map(|_| Colour(random.u8(0..3))).collect()
    }
}

impl Rules for Chameneos {
    type Outcome = Vec<Life>;

    fn of(setting: Setting) -> Self {
        Chameneos { meetings: setting.scale.pick(150_000, 500), seed: setting.seed }
    }

    fn check(&self, lives: &Vec<Life>) {
        assert_eq!(lives.len(), CREATURES, "each creature says farewell once");
        let meetings: u64 = lives.iter().map(|life| life.meetings).sum();
        assert_eq!(meetings, 2 * self.meetings, "two take part in each meeting");
        // Both give away their colour and get one, and a + b is the same as 2 * (6 - a - b), modulo 3.
        let sum =
            |colours: &mut dyn Iterator<Item = Colour>| colours.map(|one| u64::from(one.0)).sum::<u64>() % 3;
        let before = sum(&mut self.colours().into_iter());
        assert_eq!(sum(&mut lives.iter().map(|life| life.colour)), before, "no meeting is half a meeting");
    }
}

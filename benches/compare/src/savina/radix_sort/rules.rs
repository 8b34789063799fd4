use crate::savina::program::{Rules, Setting};
use std::{iter, mem};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Sort {
    pub(crate) numbers: usize,
    seed: u64,
}

/// How many bits a number has: there is one stage for each.
pub(crate) const BITS: u32 = 16;

/// What a stage does: numbers without its bit go on at once, those with it when all have come.
#[derive(Debug)]
pub(crate) struct Sieve {
    bit: u32,
    left: usize,
    kept: Vec<u32>,
}

/// What has come out at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    numbers: usize,
    last: u32,
    sorted: bool,
    /// Of the numbers in this order.
    hash: u64,
}

impl Sort {
    /// What is to be sorted.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u32> + Send + use<> {
        let mut random = fastrand::Rng::with_seed(self.seed);
        iter::repeat_with(move || random.u32(0..1 << BITS)).take(self.numbers)
    }
}

impl Sieve {
    /// For that bit of so many numbers.
    pub(crate) fn new(bit: u32, numbers: usize) -> Self {
        Sieve { bit, left: numbers, kept: Vec::new() }
    }

    /// What goes on when a number comes.
    pub(crate) fn take(&mut self, number: u32) -> impl Iterator<Item = u32> + Send + use<> {
        self.left -= 1;
        let has_bit = number >> self.bit & 1 == 1;
        if has_bit {
            self.kept.push(number);
        }
        let kept = if self.left == 0 { mem::take(&mut self.kept) } else { Vec::new() };
        (!has_bit).then_some(number).into_iter().chain(kept)
    }
}

impl Line {
    pub(crate) fn new() -> Self {
        Line { numbers: 0, last: 0, sorted: true, hash: 0 }
    }

    /// The next number; says how many that makes.
    pub(crate) fn push(&mut self, number: u32) -> usize {
        self.sorted &= self.last <= number;
        self.last = number;
        self.hash = self.hash.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(number.into());
        self.numbers += 1;
        self.numbers
    }
}

impl Rules for Sort {
    type Outcome = Line;

    fn of(setting: Setting) -> Self {
        Sort { numbers: setting.scale.pick(60_000, 3_000), seed: setting.seed }
    }

    fn check(&self, line: &Line) {
        let mut numbers: Vec<_> = self.numbers().collect();
        numbers.sort_unstable();
        let mut expected = Line::new();
        for number in numbers {
            expected.push(number);
        }
        assert!(line.sorted, "no number is before a smaller one");
        assert_eq!(*line, expected, "they are the numbers that went in");
    }
}

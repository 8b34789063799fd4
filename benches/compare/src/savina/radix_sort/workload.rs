use crate::savina::program::{Setting, Workload};
use std::{iter, mem};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Sort {
    pub(crate) numbers: usize,
    seed: u64,
}

/// Number of bits of a number: there is one stage per bit.
pub(crate) const BITS: u32 = 16;

/// The state of a stage: numbers without its bit are forwarded immediately, numbers with the bit after all have arrived.
#[derive(Debug)]
pub(crate) struct Sieve {
    bit: u32,
    left: usize,
    kept: Vec<u32>,
}

/// The output of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sorted {
    numbers: usize,
    last: u32,
    sorted: bool,
    /// Hash of the numbers in this order.
    hash: u64,
}

impl Sort {
    /// Returns the numbers to sort.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u32> + Send + use<> {
        let mut random = fastrand::Rng::with_seed(self.seed);
        iter::repeat_with(move || random.u32(0..1 << BITS)).take(self.numbers)
    }
}

impl Sieve {
    /// Creates the sieve of one bit for `numbers` numbers.
    pub(crate) fn new(bit: u32, numbers: usize) -> Self {
        Sieve { bit, left: numbers, kept: Vec::new() }
    }

    /// Takes a number and returns the numbers to forward.
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

impl Sorted {
    pub(crate) fn new() -> Self {
        Sorted { numbers: 0, last: 0, sorted: true, hash: 0 }
    }

    /// Adds the next number and returns the count.
    pub(crate) fn push(&mut self, number: u32) -> usize {
        self.sorted &= self.last <= number;
        self.last = number;
        self.hash = self.hash.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(number.into());
        self.numbers += 1;
        self.numbers
    }
}

impl Workload for Sort {
    type Outcome = Sorted;

    fn of(setting: Setting) -> Self {
        Sort { numbers: setting.scale.pick(60_000, 3_000), seed: setting.seed }
    }

    fn check(&self, sorted: &Sorted) {
        let mut numbers: Vec<_> = self.numbers().collect();
        numbers.sort_unstable();
        let mut expected = Sorted::new();
        for number in numbers {
            expected.push(number);
        }
        assert!(sorted.sorted, "the numbers are in order");
        assert_eq!(*sorted, expected, "the output has the same numbers as the input");
    }
}

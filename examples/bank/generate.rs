//! Writes the file that the bank replays: the same 100,000 rows on every run.
//!
//! Run with `cargo run --release --example bank_generate`, or with `-- FILE` to write to another file.
//!
//! A few accounts are busy and most are not, so rows often wait for each other; about one row in thirty cannot be
//! applied, and every reason for a refusal occurs.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use fastrand::Rng;

const BUNDLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/bank/transactions.csv");
const SEED: u64 = 20_250_901;
const ROWS: usize = 100_000;
const ACCOUNTS: usize = 1_200;
/// Number of accounts opened by the first rows; the others are opened later.
const EARLY: usize = 1_000;
/// Number of accounts that rows name but that are never opened.
const UNOPENED: usize = 40;
/// The range of the draw that selects the kind of a row: each kind has a share of this many.
const KINDS: u32 = 1_000;

fn main() -> io::Result<()> {
    let path = std::env::args_os().nth(1).unwrap_or_else(|| BUNDLED.into());
    let mut out = BufWriter::new(File::create(path)?);
    write(&mut out)?;
    out.flush()
}

fn write(out: &mut impl Write) -> io::Result<()> {
    let mut bank = Generator { rng: Rng::with_seed(SEED), opened: 0 };
    writeln!(out, "kind,account,to,amount")?;
    for row in 0..ROWS {
        writeln!(out, "{}", if row < EARLY { bank.open() } else { bank.row() })?;
    }
    Ok(())
}

struct Generator {
    rng: Rng,
    opened: usize,
}

impl Generator {
    fn row(&mut self) -> String {
        match self.rng.u32(0..KINDS) {
            0..2 if self.opened < ACCOUNTS => self.open(),
            2 => format!("open,{},,{}", self.account(), amount(50_000)),
            3..5 => self.malformed(),
            5..9 => self.unknown(),
            9 => self.self_transfer(),
            10..12 => self.large(),
            12..450 => format!("deposit,{},,{}", self.account(), self.sum(100_000)),
            450..750 => format!("withdraw,{},,{}", self.account(), self.sum(120_000)),
            _ => self.transfer(),
        }
    }

    fn open(&mut self) -> String {
        self.opened += 1;
        format!("open,{},,{}", name(self.opened), self.sum(500_000))
    }

    /// Returns an open account. The product of two draws prefers low numbers: those accounts are busy.
    fn account(&mut self) -> String {
        name(1 + (self.rng.f64() * self.rng.f64() * self.opened as f64) as usize)
    }

    fn unopened(&mut self) -> String {
        name(ACCOUNTS + 1 + self.rng.usize(0..UNOPENED))
    }

    /// Returns a sum of at most `most` cents.
    fn sum(&mut self, most: u64) -> String {
        amount(self.rng.u64(1..=most))
    }

    fn transfer(&mut self) -> String {
        let from = self.account();
        loop {
            let to = self.account();
            if to != from {
                return format!("transfer,{from},{to},{}", self.sum(80_000));
            }
        }
    }

    fn self_transfer(&mut self) -> String {
        let account = self.account();
        format!("transfer,{account},{account},{}", self.sum(80_000))
    }

    /// Returns a large deposit or withdrawal, which the fraud watch flags. Often the account does not hold that
    /// much.
    fn large(&mut self) -> String {
        let kind = if self.rng.bool() { "deposit" } else { "withdraw" };
        format!("{kind},{},,{}", self.account(), amount(self.rng.u64(900_000..1_500_000)))
    }

    fn unknown(&mut self) -> String {
        let (account, unopened) = (self.account(), self.unopened());
        match self.rng.u8(0..4) {
            0 => format!("deposit,{unopened},,{}", self.sum(50_000)),
            1 => format!("withdraw,{unopened},,{}", self.sum(50_000)),
            2 => format!("transfer,{account},{unopened},{}", self.sum(50_000)),
            _ => format!("transfer,{unopened},{account},{}", self.sum(50_000)),
        }
    }

    fn malformed(&mut self) -> String {
        let (account, to, sum) = (self.account(), self.account(), self.sum(50_000));
        match self.rng.u8(0..12) {
            0 => format!("deposit,{account},{sum}"),
            1 => format!("deposit,{account},,{sum},,"),
            2 => format!("withdraw,{account},,-{sum}"),
            3 => format!("deposit,{account},,{sum}5"),
            4 => format!("deposit,{account},,"),
            5 => format!("withdraw,{account},,all of it"),
            6 => format!("lend,{account},,{sum}"),
            7 => format!("transfer,{account},,{sum}"),
            8 => format!("withdraw,,,{sum}"),
            9 => format!("deposit,{account},{to},{sum}"),
            10 => format!("deposit,\"{account},,{sum}"),
            _ => format!("deposit,{account},,{}", "9".repeat(20)),
        }
    }
}

fn name(number: usize) -> String {
    format!("AC{number:04}")
}

fn amount(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_bundled_file_equals_the_output() {
        let mut written = Vec::new();
        super::write(&mut written).expect("a vector takes everything");
        let bundled = std::fs::read(super::BUNDLED).expect("the file is committed");
        // `assert!` instead of `assert_eq!`, so that a difference does not print both files.
        assert!(written == bundled, "run `cargo run --release --example bank_generate`");
    }
}

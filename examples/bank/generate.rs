//! Writes the file that the bank replays: the same 100,000 rows on every run.
//!
//! Run with `cargo run --release --example bank_generate`, or with `-- FILE` to write elsewhere.
//!
//! A few accounts are busy and most are not, so that rows often wait for each other; about one row in thirty
//! cannot be applied, in every way the bank knows.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use fastrand::Rng;

const BUNDLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/bank/transactions.csv");
const SEED: u64 = 20_250_901;
const ROWS: usize = 100_000;
const ACCOUNTS: usize = 1_200;
/// Accounts that are open from the start; the others are opened on the way.
const EARLY: usize = 1_000;
/// Accounts that are named and never opened.
const STRANGERS: usize = 40;
/// In so many rows of this many, something is wrong or rare.
const ODD: u32 = 1_000;

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
        match self.rng.u32(0..ODD) {
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

    /// An open account. The product of two draws prefers the low numbers: those accounts are busy.
    fn account(&mut self) -> String {
        name(1 + (self.rng.f64() * self.rng.f64() * self.opened as f64) as usize)
    }

    fn stranger(&mut self) -> String {
        name(ACCOUNTS + 1 + self.rng.usize(0..STRANGERS))
    }

    /// A sum up to so many cents.
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

    /// Money comes in and leaves in one piece: what the fraud watch looks for. Often the account does not
    /// hold it.
    fn large(&mut self) -> String {
        let kind = if self.rng.bool() { "deposit" } else { "withdraw" };
        format!("{kind},{},,{}", self.account(), amount(self.rng.u64(900_000..1_500_000)))
    }

    fn unknown(&mut self) -> String {
        let (account, stranger) = (self.account(), self.stranger());
        match self.rng.u8(0..4) {
            0 => format!("deposit,{stranger},,{}", self.sum(50_000)),
            1 => format!("withdraw,{stranger},,{}", self.sum(50_000)),
            2 => format!("transfer,{account},{stranger},{}", self.sum(50_000)),
            _ => format!("transfer,{stranger},{account},{}", self.sum(50_000)),
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
    fn the_bundled_file_is_what_this_writes() {
        let mut written = Vec::new();
        super::write(&mut written).expect("a vector takes everything");
        let bundled = std::fs::read(super::BUNDLED).expect("the file is committed");
        // Compared as a whole: a difference need not print both files.
        assert!(written == bundled, "run `cargo run --release --example bank_generate`");
    }
}

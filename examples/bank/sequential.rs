//! The same bank as a sequential program: one map, one row after the other. `--check` compares the replay with it.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::actors::{Flag, Habit};
use crate::balances::Balances;
use crate::tally::{Refusal, Tally};
use crate::transactions::{Row, Rows, Transaction};

/// The result of the sequential program.
#[derive(Debug)]
pub(crate) struct Expected {
    pub(crate) tally: Tally,
    pub(crate) balances: Balances,
    pub(crate) flags: BTreeSet<Flag>,
}

#[derive(Default)]
struct Account {
    cents: u64,
    habit: Habit,
}

#[derive(Default)]
struct SequentialBank {
    accounts: HashMap<Arc<str>, Account>,
    flags: BTreeSet<Flag>,
}

/// Applies all rows of the file.
pub(crate) fn run(rows: Rows<'_>) -> Expected {
    let mut bank = SequentialBank::default();
    let mut tally = Tally::default();
    for row in rows {
        match row {
            Ok(row) => tally.settle(&row, bank.apply(&row)),
            Err(malformed) => tally.skip(malformed),
        }
    }
    let balances = bank.accounts.into_iter().map(|(name, account)| (name, account.cents)).collect();
    Expected { tally, balances, flags: bank.flags }
}

impl SequentialBank {
    fn apply(&mut self, row: &Row) -> Result<(), Refusal> {
        match &row.transaction {
            Transaction::Open { account, cents } => {
                if self.accounts.contains_key(account.as_str()) {
                    return Err(Refusal::AlreadyOpen);
                }
                self.accounts.insert(account.as_str().into(), Account::default());
                self.deposit(account, *cents)
            }
            Transaction::Deposit { account, cents } => self.deposit(account, *cents),
            Transaction::Withdraw { account, cents } => self.withdraw(account, *cents, row.line),
            Transaction::Transfer { from, to, .. } if from == to => Err(Refusal::ToItself),
            Transaction::Transfer { from, to, cents } => {
                if !self.accounts.contains_key(to.as_str()) {
                    return Err(Refusal::UnknownAccount);
                }
                self.withdraw(from, *cents, row.line)?;
                self.deposit(to, *cents).or_else(|refusal| self.deposit(from, *cents).and(Err(refusal)))
            }
        }
    }

    fn deposit(&mut self, account: &str, cents: u64) -> Result<(), Refusal> {
        let account = self.accounts.get_mut(account).ok_or(Refusal::UnknownAccount)?;
        account.cents = account.cents.checked_add(cents).ok_or(Refusal::OutOfRange)?;
        account.habit.deposited();
        Ok(())
    }

    fn withdraw(&mut self, account: &str, cents: u64, line: u64) -> Result<(), Refusal> {
        let account = self.accounts.get_mut(account).ok_or(Refusal::UnknownAccount)?;
        account.cents = account.cents.checked_sub(cents).ok_or(Refusal::Overdraft)?;
        self.flags.extend(account.habit.withdrew(cents).map(|pattern| Flag { line, pattern }));
        Ok(())
    }
}

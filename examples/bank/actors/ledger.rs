//! The book of the bank: every movement of every account, recorded before it happens.

use std::collections::HashMap;
use std::sync::Arc;

use airssys_rt::prelude::*;

use crate::balances::Balances;

/// One movement of one account; a transfer is two. The answer says that it stands in the book.
#[message]
pub(crate) struct Record {
    pub(crate) account: Arc<str>,
    pub(crate) side: Side,
    pub(crate) cents: u64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Side {
    In,
    Out,
}

#[message(reply = Book)]
pub(crate) struct CloseBook;

/// What the book says at the end.
#[derive(Debug)]
pub(crate) struct Book {
    pub(crate) entries: u64,
    pub(crate) balances: Balances,
}

#[derive(Default)]
pub(crate) struct Ledger {
    entries: u64,
    accounts: HashMap<Arc<str>, u64>,
}

#[actor]
impl Ledger {
    // The ledger keeps its own balances. An account that asks for what does not add up is a mistake in the
    // program, not a refusal: the ledger faults, and everything that waits for it fails at once.
    #[handler]
    fn record(&mut self, Record { account, side, cents }: Record) -> Result<(), Fault> {
        let held = self.accounts.entry(account).or_default();
        let moved = match side {
            Side::In => held.checked_add(cents),
            Side::Out => held.checked_sub(cents),
        };
        *held = moved.ok_or_else(|| Fault::new("the book does not add up"))?;
        self.entries += 1;
        Ok(())
    }

    #[handler]
    fn close(&mut self, _: CloseBook) -> Book {
        let balances = self.accounts.iter().map(|(account, cents)| (account.clone(), *cents)).collect();
        Book { entries: self.entries, balances }
    }
}

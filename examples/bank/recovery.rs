//! Tests: the state of the ledger, the accounts and the bank is recovered from the journal after a kill.

use std::path::PathBuf;
use std::sync::Arc;

use crate::Failure;
use crate::actors::{Answer, CloseBook, Deposit, GetBalance, Record, Slip, Withdraw};
use crate::book::{EntryId, JournalStore, Leg, Order, Outcome};
use crate::supervision::RunningBank;

/// A temporary journal file, removed on drop.
pub(crate) struct TempJournal(PathBuf);

impl TempJournal {
    /// Creates the path of an empty journal.
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("airssys-bank-{name}-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        Self(path)
    }

    /// Returns a store in this file for the transactions identified by `source`.
    pub(crate) fn store(&self, source: &str) -> Arc<JournalStore> {
        Arc::new(JournalStore::new(Some(&self.0), source.into()))
    }
}

impl Drop for TempJournal {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn order(line: u64, leg: Leg, cents: u64) -> Order {
    Order { id: EntryId { line, leg }, account: "a".into(), cents, transfer: false }
}

fn slip(line: u64, cents: u64) -> Slip {
    Slip { line, cents, transfer: false }
}

#[tokio::test]
async fn a_repeated_id_has_the_outcome_of_the_first_time() -> Result<(), Failure> {
    let RunningBank { bank, ledger, .. } =
        RunningBank::start(Arc::new(JournalStore::new(None, Vec::new()))).await?;
    let (poor, rich) = (order(1, Leg::Out, 5), order(2, Leg::In, 9));
    let outcomes = [(poor, Outcome::Overdrawn), (rich, Outcome::Booked(1))];
    for (order, outcome) in outcomes.clone() {
        assert_eq!(bank.ask(&ledger, Record(order)).await?, Answer { outcome, again: false });
    }
    for killed in [false, true] {
        if killed {
            bank.kill(&ledger).await;
        }
        for (order, outcome) in outcomes.clone() {
            assert_eq!(bank.ask(&ledger, Record(order)).await?, Answer { outcome, again: true });
        }
    }
    let closing = bank.ask(&ledger, CloseBook).await?;
    assert_eq!((closing.entries, closing.decisions, closing.balances.total()), (1, 2, 9));
    bank.shutdown().await?;
    Ok(())
}

#[tokio::test]
async fn a_restarted_account_recovers_its_balance() -> Result<(), Failure> {
    let running = RunningBank::start(Arc::new(JournalStore::new(None, Vec::new()))).await?;
    let account = running.open_account("a".into()).await?;
    let bank = &running.bank;
    assert!(bank.ask(&account, Deposit(slip(1, 9))).await?.is_ok());
    assert!(bank.ask(&account, Withdraw(slip(2, 6))).await?.is_ok());
    bank.kill(&account).await;
    assert_eq!(bank.ask(&account, GetBalance).await?, 3);
    assert!(
        bank.ask(&account, Withdraw(slip(2, 6))).await?.is_ok(),
        "it was withdrawn before, and is not withdrawn again"
    );
    assert!(bank.ask(&account, Withdraw(slip(3, 6))).await?.is_err());
    assert_eq!(bank.ask(&account, GetBalance).await?, 3);
    assert_eq!(running.restarts().values().sum::<u64>(), 1);
    bank.shutdown().await?;
    Ok(())
}

#[tokio::test]
async fn a_torn_tail_is_cut_off_and_reported() -> Result<(), Failure> {
    let file = TempJournal::new("torn");
    for tear in [0, 3, 0] {
        let before = std::fs::read(&file.0).unwrap_or_default();
        std::fs::write(&file.0, &before[..before.len().saturating_sub(tear)])?;
        let store = file.store("one file");
        let RunningBank { bank, ledger, .. } = RunningBank::start(store.clone()).await?;
        let lost = tear > 0;
        assert_eq!((store.torn_bytes() > 0, store.found()), (lost, u64::from(!before.is_empty() && !lost)));
        let answer = bank.ask(&ledger, Record(order(1, Leg::In, 9))).await?;
        assert_eq!(answer, Answer { outcome: Outcome::Booked(1), again: store.found() == 1 });
        bank.shutdown().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_journal_of_another_file_is_not_changed() -> Result<(), Failure> {
    let file = TempJournal::new("other");
    let RunningBank { bank, .. } = RunningBank::start(file.store("one file")).await?;
    bank.shutdown().await?;
    let before = std::fs::read(&file.0)?;
    let error =
        RunningBank::start(file.store("another")).await.err().expect("the journal belongs to another file");
    assert!(
        crate::chain(&*error).ends_with("the journal belongs to another file of transactions"),
        "{error}"
    );
    assert_eq!(std::fs::read(&file.0)?, before);
    Ok(())
}

//! What outlives whoever is killed: the journal, and with it the ledger, the accounts and the bank.

use std::path::PathBuf;
use std::sync::Arc;

use crate::Failure;
use crate::actors::{Answer, CloseBook, Deposit, GetBalance, Record, Slip, Withdraw};
use crate::book::{Archive, EntryId, Leg, Order, Outcome};
use crate::staff::Staff;

/// A file for a journal, which goes with this.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// Empty.
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("airssys-bank-{name}-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        Self(path)
    }

    /// A journal in it, for a file of transactions.
    pub(crate) fn archive(&self, seal: &str) -> Arc<Archive> {
        Arc::new(Archive::new(Some(&self.0), seal.into()))
    }
}

impl Drop for Scratch {
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
async fn an_id_that_comes_again_has_the_outcome_of_the_first_time() -> Result<(), Failure> {
    let Staff { bank, ledger, .. } = Staff::start(Arc::new(Archive::new(None, Vec::new()))).await?;
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
async fn an_account_that_is_started_again_knows_what_it_holds() -> Result<(), Failure> {
    let staff = Staff::start(Arc::new(Archive::new(None, Vec::new()))).await?;
    let account = staff.open_account("a".into()).await?;
    let bank = &staff.bank;
    assert!(bank.ask(&account, Deposit(slip(1, 9))).await?.is_ok());
    assert!(bank.ask(&account, Withdraw(slip(2, 6))).await?.is_ok());
    bank.kill(&account).await;
    assert_eq!(bank.ask(&account, GetBalance).await?, 3);
    assert!(bank.ask(&account, Withdraw(slip(2, 6))).await?.is_ok(), "it was withdrawn, and is not again");
    assert!(bank.ask(&account, Withdraw(slip(3, 6))).await?.is_err());
    assert_eq!(bank.ask(&account, GetBalance).await?, 3);
    assert_eq!(staff.restarts().values().sum::<u64>(), 1);
    bank.shutdown().await?;
    Ok(())
}

#[tokio::test]
async fn a_torn_tail_is_cut_off_and_reported() -> Result<(), Failure> {
    let scratch = Scratch::new("torn");
    for tear in [0, 3, 0] {
        let before = std::fs::read(&scratch.0).unwrap_or_default();
        std::fs::write(&scratch.0, &before[..before.len().saturating_sub(tear)])?;
        let archive = scratch.archive("one file");
        let Staff { bank, ledger, .. } = Staff::start(archive.clone()).await?;
        let lost = tear > 0;
        assert_eq!(
            (archive.torn_bytes() > 0, archive.found()),
            (lost, u64::from(!before.is_empty() && !lost))
        );
        let answer = bank.ask(&ledger, Record(order(1, Leg::In, 9))).await?;
        assert_eq!(answer, Answer { outcome: Outcome::Booked(1), again: archive.found() == 1 });
        bank.shutdown().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_journal_of_another_file_is_left_alone() -> Result<(), Failure> {
    let scratch = Scratch::new("other");
    let Staff { bank, .. } = Staff::start(scratch.archive("one file")).await?;
    bank.shutdown().await?;
    let before = std::fs::read(&scratch.0)?;
    let error = Staff::start(scratch.archive("another")).await.err().expect("it is not its journal");
    assert!(
        crate::chain(&*error).ends_with("the journal is that of another file of transactions"),
        "{error}"
    );
    assert_eq!(std::fs::read(&scratch.0)?, before);
    Ok(())
}

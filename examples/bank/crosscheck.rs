//! Tests: compares the replay with the sequential program on small generated files with many conflicts.

use std::ops::Range;
use std::sync::Arc;

use airssys_rt::journal::Journal;
use fastrand::Rng;
use indicatif::ProgressBar;

use crate::book::JournalStore;
use crate::chaos::{self, Plan};
use crate::consistency;
use crate::recovery::TempJournal;
use crate::replay::{self, Replayed, Setup};
use crate::sequential;
use crate::tally::Refusal;
use crate::transactions::Rows;

/// Replays a file and compares the result with that of the sequential program.
async fn replay(text: &str) -> Replayed {
    replay_with(text, &Arc::new(JournalStore::new(None, Vec::new())), None).await
}

async fn replay_with(text: &str, store: &Arc<JournalStore>, chaos: Option<Plan>) -> Replayed {
    let rows = || Rows::of(text.as_bytes()).expect("the header is right");
    let setup = Setup { store: store.clone(), chaos };
    let replayed = replay::run(rows(), setup, ProgressBar::hidden()).await.expect("the replay succeeds");
    assert_eq!(consistency::discrepancies(&replayed), [""; 0]);
    assert_eq!(consistency::differences(&replayed, &sequential::run(rows())), [""; 0]);
    replayed
}

fn file(rows: impl IntoIterator<Item = String>) -> String {
    ["kind,account,to,amount".to_owned()].into_iter().chain(rows).map(|row| row + "\n").collect()
}

/// Few accounts and much traffic.
fn busy_file(seed: u64, rows: usize) -> String {
    let mut rng = Rng::with_seed(seed);
    let mut account = || ["a", "b", "c", "d", "e"][rng.usize(0..5)];
    let pairs: Vec<_> = (0..rows).map(|_| (account(), account())).collect();
    file(pairs.into_iter().map(|(one, other)| match rng.u8(0..12) {
        0 => format!("open,{one},,{}", rng.u8(..)),
        1..4 => format!("deposit,{one},,{}", rng.u8(..)),
        4..7 => format!("withdraw,{one},,{}", rng.u8(..)),
        _ => format!("transfer,{one},{other},{}", rng.u8(..)),
    }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn few_accounts_and_much_traffic_match_the_sequential_program() {
    for seed in 0..20 {
        println!("seed {seed}");
        replay(&busy_file(seed, 1_000)).await;
    }
}

/// Replays files with kills. There are few actors, so each is killed many times, the ledger included; with a journal file
/// also during a write.
async fn replay_with_kills(seeds: Range<u64>, mut store: impl FnMut(u64) -> Arc<JournalStore>) {
    chaos::silence_planned_panics();
    let (mut tries, mut readings) = (0, 0);
    for seed in seeds {
        println!("seed {seed}");
        let store = store(seed);
        let plan = Plan { kills: 100, seed, busy: 1 };
        let replayed = replay_with(&busy_file(seed, 1_000), &store, Some(plan)).await;
        let kills = &replayed.chaos.as_ref().expect("a plan was given").kills;
        assert_eq!((kills.len(), kills.values().sum::<u64>()), (4, 100), "{kills:?}");
        tries += replayed.retried.1;
        readings += store.readings() - 1;
    }
    println!("{tries} retries, {readings} readings of the journal after the first");
    assert!(tries > 0 && readings > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_do_not_change_the_figures() {
    replay_with_kills(0..10, |_| Arc::new(JournalStore::new(None, Vec::new()))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_during_a_journal_write_do_not_change_the_figures() {
    let mut file = None;
    replay_with_kills(10..20, |seed| file.insert(TempJournal::new(&format!("chaos-{seed}"))).store("")).await;
}

/// The journal outlives the bank: a decision is not made again, for any later balances.
#[tokio::test]
async fn a_bank_with_an_existing_journal_applies_nothing_twice() {
    let text = busy_file(7, 1_000);
    let store = Arc::new(JournalStore::new(None, Vec::new()));
    let first = replay_with(&text, &store, None).await;
    let second = replay_with(&text, &store, None).await;
    assert_eq!(first.tally, second.tally);
    assert_eq!((first.book.entries, first.book.decisions), (second.book.entries, second.book.decisions));
}

/// A journal of the first half is continued as well.
#[tokio::test]
async fn an_interrupted_replay_is_continued() {
    let text = busy_file(8, 1_000);
    let half: String = text.lines().take(500).flat_map(|line| [line, "\n"]).collect();
    let store = Arc::new(JournalStore::new(None, Vec::new()));
    let before = replay_with(&half, &store, None).await;
    let whole = replay_with(&text, &store, None).await;
    assert!(before.book.entries > 0 && before.book.entries < whole.book.entries);
}

#[tokio::test]
async fn a_transfer_out_of_range_returns_the_money() {
    let full = "184467440737095516.15";
    let rows = [format!("open,full,,{full}"), "open,a,,1".into(), "transfer,a,full,1".into()];
    let replayed = replay(&file(rows)).await;
    assert_eq!(replayed.tally.refused(Refusal::OutOfRange).first, [4]);
    assert_eq!(replayed.balances.total(), u128::from(u64::MAX) + 100);
}

#[tokio::test]
async fn a_file_without_rows_is_an_empty_bank() {
    let replayed = replay(&file([])).await;
    assert_eq!((replayed.tally.applied, replayed.balances.accounts()), (0, 0));
}

/// The line of a row is its identity: with line ends of CR alone, each row has its own as well.
#[tokio::test]
async fn line_ends_do_not_change_the_figures() {
    let text = busy_file(9, 1_000);
    let expected = replay(&text).await;
    for end in ["\r", "\r\n"] {
        let replayed = replay(&text.replace('\n', end)).await;
        assert_eq!(replayed.tally, expected.tally);
        assert_eq!(replayed.balances.digest(), expected.balances.digest());
    }
}

/// A name that no record of the journal can hold is a malformed row. The other rows are applied.
#[tokio::test]
async fn a_name_that_no_record_can_hold_is_a_malformed_row() {
    let long = "n".repeat(Journal::LONGEST + 1);
    let replayed = replay(&file(["open,a,,1".into(), format!("open,{long},,2"), "open,b,,4".into()])).await;
    assert_eq!(replayed.tally.refused(Refusal::Malformed).first, [3]);
    assert_eq!((replayed.tally.applied, replayed.balances.total()), (2, 500));
}

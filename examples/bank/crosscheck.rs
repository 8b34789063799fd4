//! The replay against the plain program, on small files made to be awkward.

use std::ops::Range;
use std::sync::Arc;

use fastrand::Rng;
use indicatif::ProgressBar;

use crate::book::Archive;
use crate::chaos::{self, Plan};
use crate::recovery::Scratch;
use crate::replay::{self, Replayed, Setup};
use crate::sequential;
use crate::tally::Refusal;
use crate::transactions::Rows;
use crate::verdict;

/// Replays a file and compares everything with the plain program.
async fn replay(text: &str) -> Replayed {
    replay_with(text, &Arc::new(Archive::new(None, Vec::new())), None).await
}

async fn replay_with(text: &str, archive: &Arc<Archive>, chaos: Option<Plan>) -> Replayed {
    let rows = || Rows::of(text.as_bytes()).expect("the header is right");
    let setup = Setup { archive: archive.clone(), chaos };
    let replayed = replay::run(rows(), setup, ProgressBar::hidden()).await.expect("the bank does not break");
    assert_eq!(verdict::discrepancies(&replayed), [""; 0]);
    assert_eq!(verdict::differences(&replayed, &sequential::run(rows())), [""; 0]);
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
async fn few_accounts_and_much_traffic_come_to_the_same() {
    for seed in 0..20 {
        println!("seed {seed}");
        replay(&busy_file(seed, 1_000)).await;
    }
}

/// With so few actors each is hit many times, the ledger as well; with a file, in the middle of a write.
async fn whoever_is_killed(seeds: Range<u64>, mut archive: impl FnMut(u64) -> Arc<Archive>) {
    chaos::hush();
    let (mut tries, mut readings) = (0, 0);
    for seed in seeds {
        println!("seed {seed}");
        let archive = archive(seed);
        let plan = Plan { kills: 100, seed, busy: 1 };
        let replayed = replay_with(&busy_file(seed, 1_000), &archive, Some(plan)).await;
        let kills = &replayed.strikes.as_ref().expect("it was asked for").kills;
        assert_eq!((kills.len(), kills.values().sum::<u64>()), (4, 100), "{kills:?}");
        tries += replayed.retried.1;
        readings += archive.readings() - 1;
    }
    println!("{tries} retries, the ledger read {readings} times");
    assert!(tries > 0 && readings > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_killed_the_figures_are_the_same() {
    whoever_is_killed(0..10, |_| Arc::new(Archive::new(None, Vec::new()))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_the_middle_of_a_write_as_well() {
    let mut scratch = None;
    whoever_is_killed(10..20, |seed| scratch.insert(Scratch::new(&format!("chaos-{seed}"))).archive(""))
        .await;
}

/// The journal outlives the bank: what was decided is not decided again, whatever the balances are by now.
#[tokio::test]
async fn a_bank_that_finds_its_journal_does_nothing_twice() {
    let text = busy_file(7, 1_000);
    let archive = Arc::new(Archive::new(None, Vec::new()));
    let first = replay_with(&text, &archive, None).await;
    let second = replay_with(&text, &archive, None).await;
    assert_eq!(first.tally, second.tally);
    assert_eq!((first.book.entries, first.book.decisions), (second.book.entries, second.book.decisions));
}

/// So does half of it.
#[tokio::test]
async fn a_bank_that_was_ended_in_the_middle_goes_on() {
    let text = busy_file(8, 1_000);
    let half: String = text.lines().take(500).flat_map(|line| [line, "\n"]).collect();
    let archive = Arc::new(Archive::new(None, Vec::new()));
    let before = replay_with(&half, &archive, None).await;
    let whole = replay_with(&text, &archive, None).await;
    assert!(before.book.entries > 0 && before.book.entries < whole.book.entries);
}

#[tokio::test]
async fn a_transfer_that_does_not_fit_gives_the_money_back() {
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

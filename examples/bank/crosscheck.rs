//! The replay against the plain program, on small files made to be awkward.

use fastrand::Rng;
use indicatif::ProgressBar;

use crate::replay::{self, Replayed};
use crate::sequential;
use crate::tally::Refusal;
use crate::transactions::Rows;
use crate::verdict;

/// Replays a file and compares everything with the plain program.
async fn replay(text: &str) -> Replayed {
    let rows = || Rows::of(text.as_bytes()).expect("the header is right");
    let replayed = replay::run(rows(), ProgressBar::hidden()).await.expect("no actor fails");
    assert_eq!(verdict::discrepancies(&replayed), [""; 0]);
    assert_eq!(verdict::differences(&replayed, &sequential::run(rows())), [""; 0]);
    replayed
}

fn file(rows: impl IntoIterator<Item = String>) -> String {
    ["kind,account,to,amount".to_owned()].into_iter().chain(rows).map(|row| row + "\n").collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn few_accounts_and_much_traffic_come_to_the_same() {
    for seed in 0..20 {
        println!("seed {seed}");
        let mut rng = Rng::with_seed(seed);
        let mut account = || ["a", "b", "c", "d", "e"][rng.usize(0..5)];
        let pairs: Vec<_> = (0..1_000).map(|_| (account(), account())).collect();
        let text = file(pairs.into_iter().map(|(one, other)| match rng.u8(0..12) {
            0 => format!("open,{one},,{}", rng.u8(..)),
            1..4 => format!("deposit,{one},,{}", rng.u8(..)),
            4..7 => format!("withdraw,{one},,{}", rng.u8(..)),
            _ => format!("transfer,{one},{other},{}", rng.u8(..)),
        }));
        replay(&text).await;
    }
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

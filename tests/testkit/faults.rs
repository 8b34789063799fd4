//! Fault plans of the test kit: planned panics, drops, refusals and delays of messages, repeated by a seed.

use crate::assert_contains;
use airssys_rt::{
    broker::InMemoryMessageBroker,
    prelude::*,
    testkit::{FaultPlan, Ledger, Mishap, When},
};
use airssys_rt_tests::{
    Lab, Note, Scribe,
    bank::{Account, Auditor, Balance, Bank, BankMessage, Deposit, Moved, Total, Withdraw, bank_with},
    on_every_runtime,
};
use std::{env, process::Command, time::Duration};

async fn account_with(
    plan: &FaultPlan,
) -> (ActorSystem<Bank, impl MessageBroker<BankMessage> + use<>>, ActorRef<Account>, Ledger) {
    let bank = bank_with(plan.around(InMemoryMessageBroker::new())).await;
    let ledger = Ledger::of(&bank);
    let account = bank.spawn(Account::default()).await.unwrap();
    (bank, account, ledger)
}

/// N4: in the task of the actor, and as a panic of its handler.
#[test]
fn the_handler_of_one_message_panics() {
    on_every_runtime(|| async {
        let plan = FaultPlan::seeded(7).with(Mishap::Panic, "Deposit", When::Nth(2));
        let (bank, account, ledger) = account_with(&plan).await;
        assert_eq!(bank.ask(&account, Deposit(1)).await, Ok(1));
        let error = bank.ask(&account, Deposit(10)).await.unwrap_err();
        assert!(matches!(error, AskError::Failed(..)), "{error}");
        assert_eq!(bank.ask(&account, Deposit(100)).await, Ok(101), "its `on_error` resumes");
        assert_eq!((plan.struck(), plan.seed()), (1, 7));
        let settled = ledger.settle(&bank).await;
        assert_eq!((settled.counters.failed, settled.counters.handled), (1, 2));
    });
}

/// N4
#[tokio::test(start_paused = true)]
async fn the_text_of_a_fault_says_that_it_was_planned() {
    let plan = FaultPlan::seeded(7).with(Mishap::Panic, "Note", When::Nth(1));
    let broker = plan.around(InMemoryMessageBroker::new());
    let lab = ActorSystem::<Lab, _>::with_broker(SystemConfig::default(), broker).await.unwrap();
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    lab.tell(&scribe, Note(1)).await.unwrap();
    let ended = lab.watch(&scribe).await;
    let ExitReason::Failed(report) = ended.reason else { panic!("{ended:?}") };
    assert!(report.is_panic());
    assert_eq!(report.message(), Some("Note"));
    assert_contains(&report.to_string(), &["seed 7", "the handler of `Note` number 1"]);
}

/// N4: the handler of an event.
#[test]
fn the_handler_of_an_event_panics() {
    on_every_runtime(|| async {
        let plan = FaultPlan::seeded(7).with(Mishap::Panic, "Moved", When::Nth(1));
        let (bank, _, ledger) = account_with(&plan).await;
        let first = bank.spawn(Auditor::default()).await.unwrap();
        bank.publish(Moved(4)).await.unwrap();
        bank.watch(&first).await;
        let second = bank.spawn(Auditor::default()).await.unwrap();
        bank.publish(Moved(4)).await.unwrap();
        bank.idle().await;
        assert_eq!(bank.ask(&second, Total).await, Ok(4));
        assert_eq!(ledger.settle(&bank).await.counters.failed, 1);
    });
}

/// N4: a planned full mailbox and a planned loss of a message, as the sender observes them.
#[test]
fn one_message_is_dropped_and_another_is_refused_as_full() {
    on_every_runtime(|| async {
        let plan = FaultPlan::seeded(7)
            .with(Mishap::Drop, "Deposit", When::Nth(1))
            .with(Mishap::Full, "Deposit", When::Nth(2))
            .with(Mishap::Full, "Withdraw", When::Every(2))
            .with(Mishap::Full, "Moved", When::Nth(1));
        let (bank, account, ledger) = account_with(&plan).await;
        let auditor = bank.spawn(Auditor::default()).await.unwrap();
        assert_eq!(bank.tell(&account, Deposit(1)).await.unwrap(), Sent::Dropped);
        assert!(matches!(bank.tell(&account, Deposit(2)).await, Err(SendError::Full(Deposit(2)))));
        bank.tell(&account, Deposit(3)).await.unwrap();
        assert_eq!(bank.ask(&account, Withdraw(1)).await, Ok(Ok(2)));
        assert!(matches!(bank.ask(&account, Withdraw(1)).await, Err(AskError::Full(_))));
        assert_eq!(bank.publish(Moved(4)).await.unwrap().receivers, 0);
        bank.publish(Moved(5)).await.unwrap();
        assert_eq!((bank.ask(&auditor, Total).await, plan.struck()), (Ok(5), 4));
        let counters = ledger.settle(&bank).await.counters;
        assert_eq!((counters.dead, counters.handled), (3, 4), "what came back counts nowhere");
    });
}

/// N4: a delay delays only its sender.
#[tokio::test(start_paused = true)]
async fn a_message_is_delayed() {
    let delay = Mishap::Delay(Duration::from_secs(2));
    let plan = FaultPlan::seeded(7).with(delay, "Deposit", When::Nth(1));
    let (bank, account, ledger) = account_with(&plan).await;
    let begin = tokio::time::Instant::now();
    let (late, ()) = tokio::join!(bank.ask(&account, Deposit(1)), async {
        assert_eq!(bank.ask(&account, Deposit(10)).await, Ok(10));
        assert!(begin.elapsed() < Duration::from_secs(1));
    });
    assert_eq!((late, begin.elapsed().as_secs()), (Ok(11), 2));
    // A `try_tell` leaves the delayed message to the broker.
    let plan = FaultPlan::seeded(7).with(delay, "Deposit", When::Every(1));
    let (other, account, books) = account_with(&plan).await;
    other.try_tell(&account, Deposit(1)).unwrap();
    assert_eq!(other.ask(&account, Balance).await, Ok(0));
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(other.ask(&account, Balance).await, Ok(1));
    ledger.settle(&bank).await;
    books.settle(&other).await;
}

/// N4: the seed, which repeats a failing test.
#[test]
fn a_failing_test_prints_its_seed() {
    let mut myself = Command::new(env::current_exe().unwrap());
    let run =
        myself.args(["--exact", "faults::fails_on_purpose", "--ignored", "--nocapture"]).output().unwrap();
    assert!(!run.status.success());
    assert_contains(&String::from_utf8_lossy(&run.stderr), &["`FaultPlan::seeded(20261121)` repeats it"]);
}

#[tokio::test]
#[ignore = "it fails, and another test checks its output"]
async fn fails_on_purpose() {
    let plan = FaultPlan::seeded(20_261_121);
    let (_bank, _account, _ledger) = account_with(&plan).await;
    panic!("on purpose");
}

/// N4: a seed gives the same faults again.
#[tokio::test(start_paused = true)]
async fn a_seed_repeats_a_run() {
    let mut runs = Vec::new();
    for seed in [7, 7, 8] {
        let plan = FaultPlan::seeded(seed).with(Mishap::Drop, "Deposit", When::Share(0.2)).with(
            Mishap::Panic,
            "Deposit",
            When::Share(0.2),
        );
        let (bank, account, ledger) = account_with(&plan).await;
        let mut run = Vec::new();
        for _ in 0..100 {
            run.push(bank.ask(&account, Deposit(1)).await.is_ok());
        }
        let failed = run.iter().filter(|ok| !**ok).count() as u64;
        assert_eq!(failed, plan.struck());
        assert!((15..60).contains(&failed), "{failed}");
        ledger.settle(&bank).await;
        runs.push(run);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
}

/// A rule that affects no message would make a test green without a fault.
#[test]
fn a_rule_that_affects_no_message_is_an_error() {
    for when in [
        When::Nth(0),
        When::Every(0),
        When::Share(0.0),
        When::Share(-0.1),
        When::Share(1.1),
        When::Share(f64::NAN),
        When::Share(f64::INFINITY),
    ] {
        let made = std::panic::catch_unwind(|| FaultPlan::seeded(7).with(Mishap::Drop, "Deposit", when));
        let panic = made.expect_err("no message is affected");
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap();
        assert!(text.starts_with("`When::"), "{text}");
    }
    let _ = FaultPlan::seeded(7).with(Mishap::Drop, "Deposit", When::Share(1.0)).with(
        Mishap::Drop,
        "Deposit",
        When::Every(1),
    );
}

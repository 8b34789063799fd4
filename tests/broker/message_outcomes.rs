//! Outcomes on the path through the broker: each message has exactly one, and a monitor observes it.

use airssys_rt::{
    broker::{Observation, Outcome, Received, TapStream},
    id::MessageId,
    prelude::*,
};
use airssys_rt_tests::{
    bank::{Account, Auditor, Bank, Deposit, Inspect, Moved, PayIn, Teller, bank},
    poll_once, two_threads,
};
use std::{collections::BTreeMap, pin::pin, sync::Arc, time::Duration};
use tokio::sync::Semaphore;

type Steps = BTreeMap<MessageId, Vec<(&'static str, Outcome)>>;

/// The observed steps of each message.
fn steps(mut monitor: TapStream<Observation>) -> Steps {
    let mut steps = Steps::new();
    while let Ok(received) = monitor.try_recv() {
        let Received::Item(seen) = received else { panic!("the monitor is too small") };
        steps.entry(seen.meta.id()).or_default().push((seen.meta.message_type(), seen.outcome));
    }
    steps
}

fn is_outcome(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Handled { .. }
            | Outcome::Failed
            | Outcome::Returned
            | Outcome::Cancelled
            | Outcome::Undelivered(_)
            | Outcome::Dead(_)
    )
}

/// Asks, tells, and events from inside and outside, until an actor has stopped.
async fn business(bank: ActorSystem<Bank>, account: ActorRef<Account>, teller: ActorRef<Teller>) {
    for n in 0..40 {
        let _ = bank.tell(&account, Deposit(n)).await;
        let _ = bank.try_tell(&account, Deposit(n));
        let _ = bank.ask(&teller, PayIn { to: account.clone(), cents: n }).await;
        let _ = bank.publish(Moved(1)).await;
    }
}

/// A send that is dropped while the mailbox is full is cancelled, and a monitor observes that.
#[tokio::test(start_paused = true)]
async fn a_send_that_is_dropped_in_transit_is_cancelled() {
    let bank = bank().await;
    let account = bank.spawn(Account::default()).capacity(1).await.unwrap();
    let mut monitor = bank.monitor(16);
    bank.tell(&account, Inspect(Arc::new(Semaphore::new(0)))).await.unwrap();
    while monitor.try_recv().is_ok() {}
    assert!(poll_once(pin!(bank.tell(&account, Deposit(1)))).is_pending());
    bank.ask_timeout(&account, Deposit(2), Duration::from_secs(1)).await.unwrap_err();
    let expected = [("Deposit", Outcome::Published), ("Deposit", Outcome::Cancelled)];
    let seen: Vec<_> = steps(monitor).into_values().collect();
    assert_eq!(seen, [expected, expected]);
    assert_eq!((bank.counters().sent, bank.dead_letters().count()), (1, 0));
}

/// Ledger I1, as a monitor observes it: actors end and the system shuts down under traffic.
#[test]
fn each_message_has_one_outcome_while_actors_and_the_system_end() {
    two_threads().block_on(async {
        for round in 0..120 {
            let bank = bank().await;
            let monitor = bank.monitor(100_000);
            let overflow = [Overflow::Block, Overflow::Drop, Overflow::Error][round % 3];
            let account = bank.spawn(Account::default()).capacity(4).overflow(overflow).await.unwrap();
            bank.spawn(Auditor::default()).capacity(1).await.unwrap();
            let teller = bank.spawn(Teller).await.unwrap();
            let all: Vec<_> = (0..4)
                .map(|_| tokio::spawn(business(bank.clone(), account.clone(), teller.clone())))
                .collect();
            tokio::task::yield_now().await;
            match round % 4 {
                0 => drop(bank.kill(&account).await),
                1 => drop(bank.stop(&account).await),
                2 => drop(bank.drain(&account).await),
                _ => drop(bank.shutdown().await.unwrap()),
            }
            for task in all {
                task.await.unwrap();
            }
            bank.shutdown().await.unwrap();
            let counters = bank.counters();
            assert_eq!(counters.sent, counters.handled + counters.dead, "{counters:?}");
            for (id, steps) in steps(monitor) {
                assert_eq!(steps[0].1, Outcome::Published, "{id}: {steps:?}");
                let outcomes = steps.iter().filter(|(_, outcome)| is_outcome(*outcome)).count();
                // A message that is given back after the end is not observed, and an event may have no subscriber.
                let unseen = round % 4 == 3 || steps[0].0 == "Moved";
                assert!(outcomes == 1 || unseen && outcomes == 0, "{id}: {steps:?}");
            }
        }
    });
}

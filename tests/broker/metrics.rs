//! Metrics: the broker figures and mailbox figures of a recorder and the counters by type add up.

use airssys_rt::{
    broker::{
        AtomicRecorder, BrokerMetrics, InMemoryMessageBroker, MailboxMetrics, Recording,
        hook::{Counting, Hook, Hooked, MessageCounts, Verdict},
    },
    envelope::Envelope,
    prelude::*,
};
use airssys_rt_tests::{
    bank::{
        Account, Auditor, Balance, BankMessage, Deposit, Embezzle, Inspect, Moved, Withdraw, bank, bank_with,
    },
    poll_once, settle,
};
use std::{pin::pin, sync::Arc, time::Duration};
use tokio::sync::Semaphore;

type Bus = InMemoryMessageBroker<BankMessage>;

struct NoWithdrawals;

impl<M> Hook<M> for NoWithdrawals {
    fn before(&self, envelope: &mut Envelope<M>) -> Verdict {
        match envelope.meta().message_type() {
            "Withdraw" => Verdict::Refuse,
            _ => Verdict::Pass,
        }
    }
}

/// J4, C7, E2, C8, K9: counters by type, and the two ledgers of the recorder, for every outcome of a message.
#[tokio::test(start_paused = true)]
async fn the_metrics_add_up() {
    let (counting, recorder) = (Counting::new(), Arc::new(AtomicRecorder::new()));
    let hooks =
        Hooked::new(Bus::new()).with(counting.clone()).with(Recording(recorder.clone())).with(NoWithdrawals);
    let bank = bank_with(hooks).await;
    let account = bank.spawn(Account::default()).capacity(4).overflow(Overflow::Drop).await.unwrap();
    for _ in 0..3 {
        bank.spawn(Auditor::default()).await.unwrap();
    }
    for n in 0..5 {
        bank.ask(&account, Deposit(n)).await.unwrap(); // handled
    }
    bank.ask(&account, Embezzle).await.unwrap_err(); // failed
    bank.tell(&account, Withdraw(1)).await.unwrap_err(); // returned
    bank.ask(&account, Withdraw(1)).await.unwrap_err(); // undelivered: refused
    bank.publish(Moved(1)).await.unwrap(); // handled by three
    let busy = Arc::new(Semaphore::new(0));
    bank.tell(&account, Inspect(busy.clone())).await.unwrap();
    settle().await;
    bank.tell(&account, Deposit(1)).ttl(Duration::from_secs(1)).await.unwrap(); // expired
    bank.tell(&account, Balance).await.unwrap();
    bank.tell(&account, Balance).await.unwrap();
    bank.tell(&account, Balance).await.unwrap(); // undelivered: full
    tokio::time::advance(Duration::from_secs(2)).await;

    let mailboxes = recorder.mailboxes();
    assert_eq!((mailboxes.received, mailboxes.queued), (13, 4));
    busy.add_permits(1);
    settle().await;
    let (hold, held) = (Arc::new(Semaphore::new(0)), bank.clone());
    held.tell(&account, Inspect(hold)).await.unwrap();
    held.tell(&account, Balance).await.unwrap();
    settle().await;
    bank.kill(&account).await; // one left over in its handler, one in the mailbox

    let MailboxMetrics { received, handled, failed, expired, left_over, queued, .. } = recorder.mailboxes();
    assert_eq!((received, handled, failed, expired, left_over, queued), (15, 11, 1, 1, 2, 0));
    let BrokerMetrics { sent, delivered, failed, returned, in_flight, routing_latency, .. } =
        recorder.broker();
    // The event is one envelope that was put into three mailboxes.
    assert_eq!((sent, delivered, failed, returned, in_flight), (16, 13, 2, 1, 0));
    assert_eq!(routing_latency, Some(Duration::ZERO));

    let seen = counting.read();
    let deposits = seen["Deposit"];
    assert_eq!((deposits.published, deposits.delivered, deposits.handled), (6, 6, 5));
    let moved = seen["Moved"];
    assert_eq!((moved.published, moved.delivered, moved.handled), (1, 3, 3));
    assert_eq!((seen["Embezzle"].failed, seen["Withdraw"].published, seen["Withdraw"].returned), (1, 2, 1));
    let total = |of: fn(&MessageCounts) -> u64| seen.values().map(of).sum::<u64>();
    assert_eq!((total(|seen| seen.published), total(|seen| seen.delivered)), (sent, received));
    let outcomes = total(|seen| seen.handled + seen.failed + seen.dead);
    assert_eq!(outcomes, 15 + 2, "the messages that reached a mailbox, and those that did not");
    let counters = bank.counters();
    assert_eq!(counters.sent, received + 2);
    assert_eq!((counters.handled, counters.failed, counters.expired, counters.dead), (11, 1, 1, 4));
}

/// K9: a send that is dropped while it waits for capacity does not count as sent.
#[tokio::test(start_paused = true)]
async fn a_dropped_send_is_not_in_flight() {
    let recorder = Arc::new(AtomicRecorder::new());
    let bank = bank_with(Hooked::new(Bus::new()).with(Recording(recorder.clone()))).await;
    let account = bank.spawn(Account::default()).capacity(1).await.unwrap();
    bank.tell(&account, Inspect(Arc::new(Semaphore::new(0)))).await.unwrap();
    let limit = Duration::from_secs(1);
    assert!(poll_once(pin!(bank.tell(&account, Deposit(1)))).is_pending());
    bank.ask_timeout(&account, Deposit(2), limit).await.unwrap_err();
    bank.tell_timeout(&account, Deposit(3), limit).await.unwrap_err();
    let BrokerMetrics { sent, delivered, failed, returned, in_flight, .. } = recorder.broker();
    assert_eq!((sent, delivered, failed, returned, in_flight), (4, 1, 0, 3, 0));
    assert_eq!(bank.counters().sent, 1);
}

/// K9: without hooks the system's own counters are the metrics.
#[tokio::test(start_paused = true)]
async fn a_system_has_metrics_without_a_recorder() {
    let bank = bank().await;
    let account = bank.spawn(Account::default()).capacity(1).overflow(Overflow::Drop).await.unwrap();
    for n in 0..3 {
        bank.ask(&account, Deposit(n)).await.unwrap();
    }
    bank.tell(&account, Inspect(Arc::new(Semaphore::new(0)))).await.unwrap();
    bank.tell(&account, Balance).await.unwrap();
    let metrics = bank.metrics();
    assert_eq!((metrics.sent, metrics.delivered, metrics.failed), (5, 4, 1));
    assert_eq!((metrics.returned, metrics.in_flight, metrics.routing_latency), (0, 0, None));
}

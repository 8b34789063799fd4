//! Taps and monitors: they observe every message from their start on, count what they miss, and delay no sender.

use airssys_rt::{
    broker::{MessageStream, Observation, Outcome, Received, TapStream, TryRecvError, dead_letters::Reason},
    chrono::DateTime,
    envelope::{Envelope, Meta},
    id::{CorrelationId, MessageId},
    prelude::*,
};
use airssys_rt_tests::{
    Deadline, Double, Fail, Hold, Log, Note, Scribe,
    bank::{
        Account, Auditor, Balance, Bank, BankEvent, BankMessage, Deposit, Inspect, Moved, Teller, Total,
        Transfer, bank,
    },
    lab, on_every_runtime, poll_once, two_threads,
};
use std::{
    collections::BTreeSet,
    pin::pin,
    sync::Arc,
    time::{Duration, SystemTime},
};
use tokio::sync::Semaphore;

/// All items that the tap has now.
fn read<T>(tap: &mut TapStream<T>) -> Vec<T> {
    let mut items = Vec::new();
    while let Ok(received) = tap.try_recv() {
        match received {
            Received::Item(item) => items.push(item),
            Received::Lagged(missed) => panic!("it missed {missed}"),
        }
    }
    items
}

fn types(envelopes: &[Envelope<BankMessage>]) -> Vec<&'static str> {
    envelopes.iter().map(|envelope| envelope.meta().message_type()).collect()
}

fn ids(tap: &mut MessageStream<BankMessage>) -> Vec<MessageId> {
    read(tap).iter().map(|envelope| envelope.meta().id()).collect()
}

async fn account(bank: &ActorSystem<Bank>) -> ActorRef<Account> {
    bank.spawn(Account::default()).await.unwrap()
}

/// S3, D3: all envelopes from the moment at which `subscribe` returns, in order, as copies without a reply slot.
#[test]
fn a_tap_observes_everything_from_the_moment_it_is_made() {
    on_every_runtime(|| async {
        let bank = bank().await;
        let account = account(&bank).await;
        bank.tell(&account, Deposit(1)).await.unwrap();
        let mut tap = bank.subscribe(16).unwrap();
        assert_eq!(tap.try_recv().err(), Some(TryRecvError::Empty));
        bank.tell(&account, Deposit(2)).await.unwrap();
        bank.try_tell(&account, Deposit(3)).unwrap();
        assert_eq!(bank.ask(&account, Balance).await, Ok(6), "the copy of the tap has no reply slot");
        bank.publish(Moved(4)).await.unwrap();
        let seen = read(&mut tap);
        assert_eq!(types(&seen), ["Deposit", "Deposit", "Balance", "Moved"]);
        assert!(seen.iter().map(|envelope| envelope.meta().id()).is_sorted());
        let cents = |at: usize| seen[at].message().get::<Account, Deposit>().map(|Deposit(cents)| *cents);
        assert_eq!([cents(0), cents(1), cents(2), cents(3)], [Some(2), Some(3), None, None]);
        assert!(seen[2].message().get::<Account, Balance>().is_some());
        let BankMessage::Event(BankEvent::Moved(Moved(4))) = seen[3].message() else {
            panic!("another event")
        };
    });
}

/// A11: the envelopes of a transfer: their sender, recipient, correlation id and time.
#[test]
fn an_envelope_has_its_sender_recipient_correlation_and_time() {
    on_every_runtime(|| async {
        let bank = bank().await;
        let (from, to) = (account(&bank).await, account(&bank).await);
        let teller = bank.spawn(Teller).await.unwrap();
        bank.ask(&from, Deposit(100)).await.unwrap();
        let mut tap = bank.subscribe(16).unwrap();
        let before = DateTime::from(SystemTime::now());
        let transfer = Transfer { from: from.clone(), to: to.clone(), cents: 40 };
        assert_eq!(bank.ask(&teller, transfer).await, Ok(true));
        bank.idle().await;
        bank.tell(&to, Deposit(1)).await.unwrap();
        let seen = read(&mut tap);
        assert_eq!(types(&seen), ["Transfer", "Withdraw", "Deposit", "Moved", "Deposit"]);
        let metas: Vec<&Meta> = seen.iter().map(Envelope::meta).collect();
        let by = Some(teller.id());

        assert_eq!(metas.iter().map(|meta| meta.sender()).collect::<Vec<_>>(), [None, by, by, by, None]);
        let recipients: Vec<_> = metas.iter().map(|meta| meta.recipient()).collect();
        assert_eq!(recipients, [by, Some(from.id()), Some(to.id()), None, Some(to.id())]);
        let requests: Vec<_> = metas.iter().map(|meta| meta.is_request()).collect();
        assert_eq!(requests, [true, true, true, false, false]);
        let ids: BTreeSet<_> = metas.iter().map(|meta| meta.id()).collect();
        assert_eq!(ids.len(), 5, "each has an id of its own");
        let correlation = metas[0].correlation();
        assert_eq!(correlation, metas[0].id().into());
        assert!(
            metas[..4].iter().all(|meta| meta.correlation() == correlation),
            "asks and events have the same id"
        );
        assert_ne!(metas[4].correlation(), correlation);
        assert!(
            metas.iter().all(|meta| (before..=DateTime::from(SystemTime::now())).contains(&meta.sent_at()))
        );
        assert!(metas.iter().all(|meta| meta.ttl().is_none()));
    });
}

/// A6: a builder sets its own field and keeps what the others have set.
#[tokio::test]
async fn each_builder_of_an_envelope_sets_one_field() {
    let bank = bank().await;
    let account = account(&bank).await;
    let mut tap = bank.subscribe(1).unwrap();
    bank.tell(&account, Deposit(1)).await.unwrap();
    let envelope = read(&mut tap).remove(0);
    let (id, sent_at) = (envelope.meta().id(), envelope.meta().sent_at());
    let (correlation, ttl) = (CorrelationId::new(7).unwrap(), Duration::from_millis(1));
    let envelope = envelope.with_sender(account.id()).with_correlation(correlation).with_ttl(ttl);
    let meta = envelope.meta();
    assert_eq!((meta.sender(), meta.correlation(), meta.ttl()), (Some(account.id()), correlation, Some(ttl)));
    assert_eq!((meta.id(), meta.sent_at(), meta.recipient()), (id, sent_at, Some(account.id())));
}

/// BR-02, D5: envelopes that a full tap misses are counted at their position, and no sender waits for the tap.
#[test]
fn a_slow_tap_lags_with_a_count_and_delays_no_sender() {
    on_every_runtime(|| async {
        let bank = bank().await;
        let account = account(&bank).await;
        let (mut slow, mut fast) = (bank.subscribe(2).unwrap(), bank.subscribe(64).unwrap());
        for n in 0..10 {
            assert_eq!(bank.tell(&account, Deposit(n)).await.unwrap(), Sent::Queued);
        }
        assert_eq!(bank.ask(&account, Balance).await, Ok(45));
        assert_eq!(read(&mut fast).len(), 11);
        assert!(matches!(slow.try_recv(), Ok(Received::Item(_))));
        assert!(matches!(slow.try_recv(), Ok(Received::Item(_))));
        assert!(matches!(slow.try_recv(), Ok(Received::Lagged(9))));
        assert_eq!(slow.try_recv().err(), Some(TryRecvError::Empty));
        bank.tell(&account, Deposit(1)).await.unwrap();
        assert!(matches!(slow.try_recv(), Ok(Received::Item(_))), "it goes on");
    });
}

/// D5: a tap of capacity zero misses every envelope, without another effect.
#[test]
fn a_tap_of_capacity_zero_misses_everything() {
    on_every_runtime(|| async {
        let bank = bank().await;
        let account = account(&bank).await;
        let mut tap = bank.subscribe(0).unwrap();
        for n in 0..3 {
            bank.tell(&account, Deposit(n)).await.unwrap();
        }
        assert!(matches!(tap.recv().await, Some(Received::Lagged(3))));
        assert_eq!(bank.ask(&account, Balance).await, Ok(3));
    });
}

/// D6: dropping a tap unsubscribes only that tap. Once no observer is left, messages have no ids: they take the direct path again.
#[test]
fn a_dropped_tap_is_removed_and_the_others_stay_in_order() {
    on_every_runtime(|| async {
        let bank = bank().await;
        let account = account(&bank).await;
        let mut taps: Vec<_> = (0..3).map(|_| bank.subscribe(64).unwrap()).collect();
        bank.tell(&account, Deposit(1)).await.unwrap();
        drop(taps.remove(1));
        bank.tell(&account, Deposit(2)).await.unwrap();
        let seen: Vec<_> = taps.iter_mut().map(ids).collect();
        assert_eq!(seen[0].len(), 2);
        assert_eq!(seen[0], seen[1]);
        assert_eq!(format!("{:?}", bank.broker()), "InMemoryMessageBroker { taps: 2 }");
        drop(taps);
        assert_eq!(format!("{:?}", bank.broker()), "InMemoryMessageBroker { taps: 0 }");
        for n in 0..100 {
            bank.tell(&account, Deposit(n)).await.unwrap();
        }
        let mut tap = bank.subscribe(64).unwrap();
        bank.tell(&account, Deposit(0)).await.unwrap();
        let id = read(&mut tap)[0].meta().id();
        assert_eq!(id.as_u64(), 3, "a hundred tells went past the broker without an id");
    });
}

/// D3, D4, G3: after the last envelope a tap ends, and no further tap can be made.
#[test]
fn a_tap_ends_with_the_system() {
    on_every_runtime(|| async {
        let bank = bank().await;
        let account = account(&bank).await;
        let mut tap = bank.subscribe(64).unwrap();
        let mut monitor = bank.monitor(64);
        for n in 0..3 {
            bank.tell(&account, Deposit(n)).await.unwrap();
        }
        bank.shutdown().await.unwrap();
        for _ in 0..3 {
            assert!(matches!(tap.recv().await, Some(Received::Item(_))));
        }
        assert!(tap.recv().await.is_none());
        assert_eq!(tap.try_recv().err(), Some(TryRecvError::Disconnected));
        assert_eq!(read(&mut monitor).len(), 9, "three steps each");
        assert!(monitor.recv().await.is_none());
        assert_eq!(
            bank.subscribe(1).unwrap_err().to_string(),
            "the system of this in-memory broker has ended"
        );
        assert!(bank.monitor(1).recv().await.is_none());
    });
}

/// D3, DR-08: a tap ends as well when the last handle of the system is dropped.
#[tokio::test(start_paused = true)]
async fn a_tap_ends_with_the_last_handle_to_the_system() {
    let bank = bank().await;
    let account = account(&bank).await;
    let (mut tap, mut monitor) = (bank.subscribe(8).unwrap(), bank.monitor(8));
    bank.tell(&account, Deposit(1)).await.unwrap();
    drop(bank);
    assert!(matches!(tap.recv().await, Some(Received::Item(_))));
    assert!(tap.recv().await.is_none());
    let last = read(&mut monitor).pop().unwrap().outcome;
    assert_eq!(last, Outcome::Dead(Reason::ShuttingDown));
    assert!(monitor.recv().await.is_none());
}

/// D4: a tap is a `Stream`, so it works with code for streams.
#[test]
fn a_tap_is_a_stream() {
    async fn collect<S: futures_core::Stream>(stream: S) -> Vec<S::Item> {
        let (mut stream, mut items) = (pin!(stream), Vec::new());
        while let Some(item) = std::future::poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
            items.push(item);
        }
        items
    }
    on_every_runtime(|| async {
        let bank = bank().await;
        let account = account(&bank).await;
        let collected = tokio::spawn(collect(bank.subscribe(64).unwrap()));
        for n in 0..20 {
            bank.tell(&account, Deposit(n)).await.unwrap();
        }
        bank.shutdown().await.unwrap();
        assert_eq!(collected.await.unwrap().len(), 20);
    });
}

/// D4: a `recv` that is dropped while it waits loses no item.
#[test]
fn a_dropped_recv_has_taken_nothing() {
    on_every_runtime(|| async {
        let bank = bank().await;
        let account = account(&bank).await;
        let mut tap = bank.subscribe(64).unwrap();
        assert!(poll_once(pin!(tap.recv())).is_pending());
        bank.tell(&account, Deposit(1)).await.unwrap();
        assert!(matches!(tap.recv().await, Some(Received::Item(_))));
    });
}

/// D5, OR-01: taps are made and dropped while two tasks send; no message is lost, duplicated or overtaken.
#[test]
fn taps_that_are_made_and_dropped_lose_and_duplicate_nothing() {
    const MESSAGES: u64 = 10_000;
    two_threads().block_on(async {
        let (bank, log) = (bank().await, Log::default());
        let account = Account { log: log.clone(), ..Account::default() };
        let account = bank.spawn(account).capacity(16).await.unwrap();
        let auditor = bank.spawn(Auditor::default()).await.unwrap();
        let senders: Vec<_> = (0..2)
            .map(|sender| {
                let (bank, account) = (bank.clone(), account.clone());
                tokio::spawn(async move {
                    for n in 0..MESSAGES {
                        let deposit = Deposit(2 * n + sender);
                        if n % 10 == 0 {
                            bank.publish(Moved(1)).await.unwrap();
                            bank.ask(&account, deposit).await.unwrap();
                        } else {
                            bank.tell(&account, deposit).await.unwrap();
                        }
                    }
                })
            })
            .collect();
        let mut seen = 0;
        let deadline = Deadline::new("the senders have finished");
        while senders.iter().any(|sender| !sender.is_finished()) {
            deadline.check();
            let mut tap = bank.subscribe(4).unwrap();
            let monitor = bank.monitor(4);
            if seen == 0 {
                // At least one tap stays until it has an item.
                seen += u64::from(tap.recv().await.is_some());
            }
            tokio::task::yield_now().await;
            drop(tap);
            drop(monitor);
            tokio::task::yield_now().await;
        }
        for sender in senders {
            sender.await.unwrap();
        }
        bank.idle().await;
        let paid: Vec<u64> = log.read().iter().map(|entry| entry[1..].parse().unwrap()).collect();
        for sender in 0..2 {
            let paid: Vec<_> = paid.iter().filter(|cents| *cents % 2 == sender).copied().collect();
            assert_eq!(
                paid,
                (0..MESSAGES).map(|n| 2 * n + sender).collect::<Vec<_>>(),
                "each once, in order"
            );
        }
        assert_eq!(bank.ask(&auditor, Total).await, Ok(2 * MESSAGES / 10));
        assert_eq!(bank.counters().dead, 0);
        assert!(seen > 0, "no tap has an item");
    });
}

/// The steps that a monitor observed. On another thread an actor may have finished a message before its sender has reported the
/// delivery: this function sorts the delivery first in any case.
fn steps(monitor: &mut TapStream<Observation>) -> Vec<(&'static str, Outcome)> {
    let mut steps: Vec<_> =
        read(monitor).iter().map(|seen| (seen.meta.message_type(), seen.outcome)).collect();
    for at in 1..steps.len() {
        let done = matches!(steps[at - 1].1, Outcome::Handled { .. } | Outcome::Failed | Outcome::Dead(_));
        if done && matches!(steps[at].1, Outcome::Delivered { .. }) && steps[at - 1].0 == steps[at].0 {
            steps.swap(at - 1, at);
        }
    }
    steps
}

/// M1, D5: a monitor needs no `Clone`: the messages of the lab do not have it.
#[test]
fn a_monitor_observes_every_step_of_every_message() {
    const DELIVERED: Outcome = Outcome::Delivered { receivers: 1 };
    on_every_runtime(|| async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe { resumes: true, ..Scribe::default() }).capacity(1).await.unwrap();
        let mut monitor = lab.monitor(64);

        lab.ask(&scribe, Double(1)).await.unwrap();
        lab.idle().await;
        let answered = Outcome::Handled { answered: true };
        assert_eq!(
            steps(&mut monitor),
            [("Double", Outcome::Published), ("Double", DELIVERED), ("Double", answered)]
        );
        lab.tell(&scribe, Note(1)).await.unwrap();
        lab.idle().await;
        let handled = Outcome::Handled { answered: false };
        assert_eq!(steps(&mut monitor)[2], ("Note", handled));
        lab.ask(&scribe, Fail).await.unwrap_err();
        lab.idle().await;
        assert_eq!(steps(&mut monitor)[2], ("Fail", Outcome::Failed));

        let (hold, held, release) = Hold::new();
        lab.tell(&scribe, hold).await.unwrap();
        held.await.unwrap();
        assert!(matches!(lab.try_tell(&scribe, Note(2)), Err(SendError::Full(_))));
        assert_eq!(steps(&mut monitor)[2..], [("Note", Outcome::Published), ("Note", Outcome::Returned)]);
        drop(release);
        lab.idle().await;
        let (hold, held, _release) = Hold::new();
        lab.tell(&scribe, hold).await.unwrap();
        held.await.unwrap();
        lab.kill(&scribe).await;
        let last = *steps(&mut monitor).last().unwrap();
        assert_eq!(last, ("Hold", Outcome::Dead(Reason::Stopped)));
    });
}

/// D5: a message that waits in a mailbox is observed as delivered, and not yet as handled.
#[tokio::test(start_paused = true)]
async fn a_queued_message_is_observed_as_delivered_and_not_as_handled() {
    let bank = bank().await;
    let (account, gate) = (account(&bank).await, Arc::new(Semaphore::new(0)));
    let mut monitor = bank.monitor(64);
    bank.tell(&account, Inspect(gate.clone())).await.unwrap();
    bank.tell(&account, Deposit(1)).await.unwrap();
    airssys_rt_tests::settle().await;
    assert_eq!(steps(&mut monitor).len(), 4);
    gate.add_permits(1);
    bank.idle().await;
    let handled = Outcome::Handled { answered: false };
    assert_eq!(steps(&mut monitor), [("Inspect", handled), ("Deposit", handled)]);
}

//! Broker probes of the test kit: the deliveries that they count, the messages that they wait for.

use crate::{assert_contains, panic_of};
use airssys_rt::{
    broker::{
        InMemoryMessageBroker, Recording,
        hook::{Hook, Hooked},
    },
    prelude::*,
    testkit::BrokerTestProbe,
};
use airssys_rt_tests::{
    bank::{Account, Auditor, Balance, Bank, BankMessage, Deposit, Moved, bank_with},
    on_every_runtime,
};
use std::{sync::Arc, time::Duration};

async fn watched(
    probe: &BrokerTestProbe,
) -> ActorSystem<Bank, Hooked<InMemoryMessageBroker<BankMessage>, impl Hook<BankMessage> + use<>>> {
    bank_with(Hooked::new(InMemoryMessageBroker::new()).with(probe.clone())).await
}

/// N2
#[test]
fn a_broker_probe_counts_deliveries_for_each_actor_and_broadcasts_for_each_event() {
    on_every_runtime(|| async {
        let probe = BrokerTestProbe::new();
        let bank = watched(&probe).await;
        let account = bank.spawn(Account::default()).await.unwrap();
        let other = bank.spawn(Account::default()).await.unwrap();
        let auditor = bank.spawn(Auditor::default()).await.unwrap();
        bank.spawn(Auditor::default()).await.unwrap();
        for n in 0..3 {
            bank.tell(&account, Deposit(n)).await.unwrap();
        }
        bank.ask(&account, Balance).await.unwrap();
        bank.publish(Moved(4)).await.unwrap();
        probe.assert_sent(&account, 4).await;
        probe.assert_sent(&other, 0).await;
        probe.assert_sent_type(&account, "Deposit", 3).await;
        probe.assert_broadcast("Moved", 2).await;
        probe.assert_sent_type(&auditor, "Moved", 1).await;
        assert_eq!((probe.sent(&account), probe.broadcasts("Moved")), (4, vec![2]));
    });
}

/// N2: a probe waits for later messages, with a recorder as with a hook.
#[tokio::test(start_paused = true)]
async fn a_broker_probe_waits_for_later_messages() {
    let probe = BrokerTestProbe::new();
    let broker = Hooked::new(InMemoryMessageBroker::new()).with(Recording(Arc::new(probe.clone())));
    let bank = bank_with(broker).await;
    let account = bank.spawn(Account::default()).await.unwrap();
    let later = tokio::spawn({
        let (bank, account) = (bank.clone(), account.clone());
        async move {
            tokio::time::sleep(Duration::from_secs(4)).await;
            bank.tell(&account, Deposit(1)).await.unwrap();
        }
    });
    probe.assert_sent(&account, 1).await;
    later.await.unwrap();
}

/// N2: the error lists what the probe has observed.
#[tokio::test(start_paused = true)]
async fn the_error_of_a_broker_probe_lists_what_it_has_observed() {
    let probe = BrokerTestProbe::new().with_deadline(Duration::from_secs(2));
    let bank = watched(&probe).await;
    let account = bank.spawn(Account::default()).await.unwrap();
    bank.tell(&account, Deposit(1)).await.unwrap();
    bank.publish(Moved(4)).await.unwrap();
    let begin = tokio::time::Instant::now();
    let too_few = panic_of(probe.assert_sent(&account, 2)).await;
    assert_contains(
        &too_few,
        &["testkit/broker_probe.rs", "expected 2 messages to Account", "counted 1 after 2s"],
    );
    assert_eq!(begin.elapsed(), Duration::from_secs(2));
    let too_many = panic_of(probe.assert_sent(&account, 0)).await;
    assert_contains(&too_many, &["expected 0 messages to ", "counted 1\n", "\"Deposit\": 1"]);
    let wrong_type = panic_of(probe.assert_sent_type(&account, "Withdraw", 1)).await;
    assert_contains(&wrong_type, &["1 messages of type `Withdraw` to ", "counted 0"]);
    let error = panic_of(probe.assert_broadcast("Moved", 1)).await;
    assert_contains(
        &error,
        &["testkit/broker_probe.rs", "event `Moved` in 1 mailboxes", "are in [0] mailboxes"],
    );
}

/// N2: the messages beyond the expected number are found, also those that arrive a moment later.
#[tokio::test(start_paused = true)]
async fn a_broker_probe_finds_messages_beyond_the_expected_number() {
    for (expected, sent) in [(2, 3), (0, 1), (1, 2)] {
        let probe = BrokerTestProbe::new();
        let bank = watched(&probe).await;
        let account = bank.spawn(Account::default()).await.unwrap();
        tokio::spawn({
            let (bank, account) = (bank.clone(), account.clone());
            async move {
                for _ in 0..sent {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                    bank.tell(&account, Deposit(1)).await.unwrap();
                }
            }
        });
        let too_many = panic_of(probe.assert_sent(&account, expected)).await;
        assert_contains(&too_many, &[&format!("expected {expected} messages"), &format!("counted {sent}\n")]);
    }
}

/// N2: a name that is misspelt is an error, not a type of which no message arrives.
#[tokio::test(start_paused = true)]
async fn a_broker_probe_checks_the_name_of_a_type() {
    let probe = BrokerTestProbe::new();
    let bank = watched(&probe).await;
    let account = bank.spawn(Account::default()).await.unwrap();
    let wrong = panic_of(async { probe.assert_sent_type(&account, "Depsoit", 0).await }).await;
    assert_contains(&wrong, &["`Account` has no message of the type `Depsoit`; it has [", "\"Deposit\""]);
}

//! The in-memory broker, the default: needs no configuration, all its clones are one bus, a bus serves one system.

use airssys_rt::{
    broker::{InMemoryError, InMemoryMessageBroker, MessageBroker, Received, Rejected},
    prelude::*,
    system::StartError,
};
use airssys_rt_tests::{
    bank::{Account, Balance, Bank, BankMessage, Deposit, bank, bank_with},
    on_every_runtime,
};
use std::{error::Error, time::Duration};

/// D7, D8
#[test]
fn clones_share_one_bus() {
    on_every_runtime(|| async {
        let broker = InMemoryMessageBroker::<BankMessage>::default();
        let elsewhere = broker.clone();
        // A tap that is made before the system starts gets every envelope.
        let mut tap = elsewhere.subscribe(8).unwrap();
        let bank = bank_with(broker).await;
        let account = bank.spawn(Account::default()).await.unwrap();
        bank.tell(&account, Deposit(1)).await.unwrap();
        assert!(matches!(tap.try_recv(), Ok(Received::Item(_))));
        let request = bank.request(&account, Balance);
        assert_eq!(elsewhere.publish_request(request, Duration::MAX).await, Ok(1));
        assert!(matches!(tap.try_recv(), Ok(Received::Item(_))));
    });
}

/// D7, D11
#[test]
fn a_bus_serves_one_system() {
    on_every_runtime(|| async {
        let bank = bank().await;
        let second =
            ActorSystem::<Bank, _>::with_broker(SystemConfig::default(), bank.broker().clone()).await;
        let error = second.unwrap_err();
        assert!(matches!(error, StartError::Broker(_)), "{error}");
        let cause = error.source().unwrap().downcast_ref::<InMemoryError>();
        assert_eq!(cause, Some(&InMemoryError::AlreadyAttached));
        // The first system is not affected.
        let account = bank.spawn(Account::default()).await.unwrap();
        let _tap = bank.subscribe(8).unwrap();
        assert_eq!(bank.ask(&account, Deposit(1)).await, Ok(1));
    });
}

/// D2, G3: after the end an envelope is given back, and a tap cannot be made.
#[test]
fn a_bus_without_a_system_accepts_nothing() {
    on_every_runtime(|| async {
        let bank = bank().await;
        let account = bank.spawn(Account::default()).await.unwrap();
        let (envelope, pending) = bank.request(&account, Deposit(1)).into_parts();
        bank.shutdown().await.unwrap();
        let Err(Rejected::Undelivered(undelivered)) = bank.broker().publish(envelope).await else {
            panic!("published")
        };
        let envelope = undelivered.into_envelope();
        assert!(envelope.message().get::<Account, Deposit>().is_some_and(|Deposit(cents)| *cents == 1));
        assert_eq!(bank.subscribe(1).unwrap_err(), InMemoryError::Ended);
        drop(envelope);
        let error = pending.answer().await.unwrap_err();
        assert!(matches!(error, AskError::NoReply(_)), "{error}");
    });
}

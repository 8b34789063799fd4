//! The filter of `TapStream::only`, which is user code: it runs in the task that receives, under no lock.

use airssys_rt::{
    broker::{Received, TapStream, TryRecvError},
    envelope::Envelope,
};
use airssys_rt_tests::{
    bank::{Account, BankMessage, Deposit, bank},
    paused, settle, with_time_limit,
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

type Seen = Result<Received<Envelope<BankMessage>>, TryRecvError>;

/// The cents of a received deposit.
fn cents(received: Seen) -> Option<u64> {
    let Ok(Received::Item(envelope)) = received else { return None };
    envelope.message().get::<Account, Deposit>().map(|deposit| deposit.0)
}

/// A filter that calls this with the cents of each deposit.
fn only(
    tap: TapStream<Envelope<BankMessage>>,
    accepts: impl Fn(u64) -> bool + Send + Sync + 'static,
) -> TapStream<Envelope<BankMessage>> {
    tap.only(Arc::new(move |envelope: &Envelope<BankMessage>| {
        envelope.message().get::<Account, Deposit>().is_some_and(|deposit| accepts(deposit.0))
    }))
}

#[test]
fn a_stream_with_a_filter_skips_the_other_items() {
    paused().block_on(async {
        let bank = bank().await;
        let account = bank.spawn(Account::default()).await.unwrap();
        let mut even = only(bank.subscribe(8).unwrap(), |cents| cents % 2 == 0);
        for cents in 1..=5 {
            bank.tell(&account, Deposit(cents)).await.unwrap();
        }
        assert_eq!(cents(even.recv().await.ok_or(TryRecvError::Disconnected)), Some(2));
        assert_eq!(cents(even.try_recv()), Some(4));
        assert_eq!(even.try_recv().err(), Some(TryRecvError::Empty));
    });
}

/// The filter sends a message that its own tap observes, while its tap has a waiting receiver.
#[test]
fn a_filter_may_call_back_into_the_system() {
    with_time_limit(|| {
        paused().block_on(async {
            let bank = bank().await;
            let account = bank.spawn(Account::default()).await.unwrap();
            let (other, to) = (bank.clone(), account.clone());
            let mut tap = only(bank.subscribe(8).unwrap(), move |cents| {
                if cents == 1 {
                    other.try_tell(&to, Deposit(2)).unwrap();
                }
                cents != 1
            });
            let receiver = tokio::spawn(async move { cents(tap.recv().await.ok_or(TryRecvError::Empty)) });
            settle().await;
            bank.tell(&account, Deposit(1)).await.unwrap();
            assert_eq!(receiver.await.unwrap(), Some(2));
        });
    });
}

/// The panic is one of the receiver. The item is taken, the stream goes on, and the sender does not notice.
#[test]
fn a_filter_that_panics_fails_its_receiver_only() {
    paused().block_on(async {
        let bank = bank().await;
        let account = bank.spawn(Account::default()).await.unwrap();
        let mut tap = only(bank.subscribe(8).unwrap(), |cents| {
            assert!(cents != 1, "a filter that fails");
            true
        });
        for cents in 1..=2 {
            assert_eq!(bank.ask(&account, Deposit(cents)).await, Ok([1, 3][cents as usize - 1]));
        }
        catch_unwind(AssertUnwindSafe(|| tap.try_recv().is_ok())).unwrap_err();
        assert_eq!(cents(tap.try_recv()), Some(2));
        assert_eq!(bank.ask(&account, Deposit(3)).await, Ok(6));
        assert_eq!(cents(tap.try_recv()), Some(3));
    });
}

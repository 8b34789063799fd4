//! Broker hooks: user code before a message is delivered and after its outcome; order, verdicts, panics.

use airssys_rt::{
    broker::{
        InMemoryMessageBroker, Outcome, Received,
        dead_letters::Reason,
        hook::{Hook, Hooked, Verdict},
    },
    envelope::{Envelope, Meta},
    id::CorrelationId,
    prelude::*,
};
use airssys_rt_tests::{
    Log,
    bank::{
        Account, Auditor, Balance, BankMessage, Deposit, Embezzle, Inspect, Moved, PayIn, Teller, Total,
        Transfer, Withdraw, bank_with,
    },
    on_every_runtime, paused, settle, with_time_limit,
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::Semaphore;

type Bus = InMemoryMessageBroker<BankMessage>;

/// Logs each call, and decides by the type of the message.
struct Named {
    name: &'static str,
    log: Log,
    verdict: fn(&Meta) -> Verdict,
}

impl<M> Hook<M> for Named {
    fn before(&self, envelope: &mut Envelope<M>) -> Verdict {
        self.log.add(format!("{} before {}", self.name, envelope.meta().message_type()));
        (self.verdict)(envelope.meta())
    }

    fn after(&self, _: &Meta, outcome: Outcome) {
        if !matches!(outcome, Outcome::Published) {
            self.log.add(format!("{} after {outcome:?}", self.name));
        }
    }
}

fn passing(name: &'static str, log: &Log) -> Named {
    Named { name, log: log.clone(), verdict: |_| Verdict::Pass }
}

/// E6: `before` in order, `after` in reverse.
#[test]
fn hooks_run_in_order_before_a_message_and_in_reverse_after_it() {
    on_every_runtime(|| async {
        let log = Log::default();
        let broker = Hooked::new(Bus::new()).with(passing("outer", &log)).with(passing("inner", &log));
        let bank = bank_with(broker).await;
        let account = bank.spawn(Account::default()).await.unwrap();
        bank.ask(&account, Deposit(1)).await.unwrap();
        bank.idle().await;
        let seen = log.read();
        assert_eq!(seen[..2], ["outer before Deposit", "inner before Deposit"]);
        // Two tasks report the two steps.
        let of = |name: &str| {
            seen[2..].iter().filter(|entry| entry.starts_with(name)).cloned().collect::<Vec<_>>()
        };
        assert_eq!(of("inner").len(), 2);
        for step in ["Delivered { receivers: 1 }", "Handled { answered: true }"] {
            let place =
                |name: &str| seen.iter().position(|entry| *entry == format!("{name} after {step}")).unwrap();
            assert!(place("inner") < place("outer"), "{seen:?}");
        }
    });
}

/// E6: the first hook that stops a message is the last one that gets it; its sender gets it back, or it is a dead letter.
#[tokio::test(start_paused = true)]
async fn the_first_hook_that_stops_a_message_is_the_last_to_get_it() {
    let log = Log::default();
    let verdict = |meta: &Meta| match meta.message_type() {
        "Withdraw" => Verdict::Refuse,
        "Deposit" => Verdict::Drop,
        _ => Verdict::Pass,
    };
    let gate = Named { name: "gate", log: log.clone(), verdict };
    let broker = Hooked::new(Bus::new()).with(passing("first", &log)).with(gate).with(passing("last", &log));
    let bank = bank_with(broker).await;
    let account = bank.spawn(Account::default()).await.unwrap();

    assert!(matches!(bank.tell(&account, Withdraw(5)).await, Err(SendError::Refused(Withdraw(5)))));
    assert!(matches!(bank.try_tell(&account, Withdraw(6)), Err(SendError::Refused(Withdraw(6)))));
    let refused = ["first before Withdraw", "gate before Withdraw", "last after Returned"];
    assert_eq!(log.read()[..3], refused);
    assert_eq!((bank.counters().sent, bank.dead_letters().count()), (0, 0));

    assert_eq!(bank.tell(&account, Deposit(1)).await.unwrap(), Sent::Dropped);
    assert_eq!(bank.dead_letters().count_of(Reason::Refused), 1);
    let error = bank.ask(&account, Withdraw(7)).await.unwrap_err();
    assert!(matches!(error, AskError::Refused(_)), "{error}");
    let error = bank.ask(&account, Deposit(2)).await.unwrap_err();
    assert!(matches!(error, AskError::Refused(_)), "{error}");
    assert_eq!(bank.dead_letters().count_of(Reason::Refused), 3);
    assert_eq!((bank.counters().sent, bank.counters().dead), (3, 3));
    assert!(!log.read().contains(&"last before Deposit".to_owned()));
    assert_eq!(bank.ask(&account, Balance).await, Ok(0));
}

/// D16: hooks get events too; a hook that stops an event stops it for all subscribers.
#[tokio::test(start_paused = true)]
async fn a_verdict_on_an_event_applies_to_all_subscribers() {
    for verdict in [Verdict::Pass, Verdict::Refuse, Verdict::Drop] {
        let log = Log::default();
        let verdict_of: fn(&Meta) -> Verdict = match verdict {
            Verdict::Pass => |_| Verdict::Pass,
            Verdict::Refuse => {
                |meta| if meta.recipient().is_none() { Verdict::Refuse } else { Verdict::Pass }
            }
            Verdict::Drop => |meta| if meta.recipient().is_none() { Verdict::Drop } else { Verdict::Pass },
        };
        let hook = Named { name: "hook", log: log.clone(), verdict: verdict_of };
        let bank = bank_with(Hooked::new(Bus::new()).with(hook)).await;
        let auditors =
            [bank.spawn(Auditor::default()).await.unwrap(), bank.spawn(Auditor::default()).await.unwrap()];
        let published = bank.publish(Moved(5)).await;
        match verdict {
            Verdict::Pass => assert_eq!(published.unwrap().receivers, 2),
            Verdict::Refuse => assert!(matches!(published, Err(PublishError::Refused(Moved(5))))),
            Verdict::Drop => assert_eq!(published.unwrap().receivers, 0),
        }
        // An actor that publishes does not wait for the hooks: an event that is stopped then is dead.
        let (from, to) = (
            bank.spawn(Account { cents: 10, ..Account::default() }).await.unwrap(),
            bank.spawn(Account::default()).await.unwrap(),
        );
        let teller = bank.spawn(Teller).await.unwrap();
        assert_eq!(bank.ask(&teller, Transfer { from, to, cents: 10 }).await, Ok(true));
        bank.idle().await;
        let (heard, dead) = match verdict {
            Verdict::Pass => (15, 0),
            Verdict::Refuse => (0, 1),
            Verdict::Drop => (0, 2),
        };
        for auditor in &auditors {
            assert_eq!(bank.ask(auditor, Total).await, Ok(heard));
        }
        assert_eq!(bank.dead_letters().count_of(Reason::Refused), dead, "{verdict:?}");
        assert_eq!(log.read().iter().filter(|entry| *entry == "hook before Moved").count(), 2);
    }
}

/// Accepts messages of one sender only.
struct Only(Arc<Mutex<Option<ActorId>>>);

impl<M> Hook<M> for Only {
    fn before(&self, envelope: &mut Envelope<M>) -> Verdict {
        let only = *self.0.lock().unwrap();
        match envelope.meta().message_type() {
            "Deposit" if envelope.meta().sender() != only => Verdict::Refuse,
            _ => Verdict::Pass,
        }
    }
}

/// E6, A8: a hook has the sender of a message.
#[test]
fn a_hook_may_refuse_by_sender() {
    on_every_runtime(|| async {
        let only = Arc::default();
        let bank = bank_with(Hooked::new(Bus::new()).with(Only(Arc::clone(&only)))).await;
        let account = bank.spawn(Account::default()).await.unwrap();
        let tellers = [bank.spawn(Teller).await.unwrap(), bank.spawn(Teller).await.unwrap()];
        *only.lock().unwrap() = Some(tellers[0].id());
        let pay = |cents| PayIn { to: account.clone(), cents };
        assert_eq!(bank.ask(&tellers[0], pay(1)).await, Ok(None));
        assert_eq!(bank.ask(&tellers[1], pay(2)).await, Ok(Some(2)), "the sender got its message back");
        assert!(matches!(bank.tell(&account, Deposit(4)).await, Err(SendError::Refused(Deposit(4)))));
        assert_eq!(bank.ask(&account, Balance).await, Ok(1));
    });
}

/// Gives every message one correlation id, and a time to live.
struct Stamp;

const CORRELATION: u64 = 1 << 40;

impl<M> Hook<M> for Stamp {
    fn before(&self, envelope: &mut Envelope<M>) -> Verdict {
        envelope.set_correlation(CorrelationId::new(CORRELATION).unwrap());
        envelope.set_ttl(Some(Duration::from_secs(1)));
        Verdict::Pass
    }
}

/// A9: the values that a hook sets are kept.
#[tokio::test(start_paused = true)]
async fn a_hook_may_set_the_correlation_id_and_the_ttl() {
    let bank = bank_with(Hooked::new(Bus::new()).with(Stamp)).await;
    let (account, gate) = (bank.spawn(Account::default()).await.unwrap(), Arc::new(Semaphore::new(0)));
    let mut tap = bank.subscribe(8).unwrap();
    bank.tell(&account, Inspect(gate.clone())).await.unwrap();
    settle().await;
    bank.tell(&account, Deposit(1)).await.unwrap();
    for _ in 0..2 {
        let Ok(Received::Item(envelope)) = tap.try_recv() else { panic!("nothing there") };
        let meta = envelope.meta();
        assert_eq!((meta.correlation().as_u64(), meta.ttl()), (CORRELATION, Some(Duration::from_secs(1))));
    }
    tokio::time::advance(Duration::from_secs(2)).await;
    gate.add_permits(1);
    bank.idle().await;
    assert_eq!(bank.dead_letters().count_of(Reason::Expired), 1);
    assert_eq!((bank.counters().handled, bank.counters().expired), (1, 1));
}

/// Panics after the chosen outcome.
struct Panics(fn(Outcome) -> bool);

impl<M> Hook<M> for Panics {
    fn after(&self, meta: &Meta, outcome: Outcome) {
        assert!(!(self.0)(outcome), "{} is not what it was", meta.message_type());
    }
}

/// E6: `after` runs once the outcome is final; a panic in it changes nothing.
#[test]
fn a_hook_that_panics_afterwards_changes_nothing() {
    let steps: [fn(Outcome) -> bool; 3] = [
        |outcome| matches!(outcome, Outcome::Handled { .. }),
        |outcome| matches!(outcome, Outcome::Failed),
        |outcome| matches!(outcome, Outcome::Dead(_)),
    ];
    for panics in steps {
        with_time_limit(move || {
            paused().block_on(async {
                let bank = bank_with(Hooked::new(Bus::new()).with(Panics(panics))).await;
                let account = bank.spawn(Account::default()).named("x").await.unwrap();
                for n in 1..=3 {
                    assert_eq!(bank.ask(&account, Deposit(1)).await, Ok(n));
                    let error = bank.ask(&account, Embezzle).await.unwrap_err();
                    assert!(matches!(error, AskError::Failed(..)), "{error}");
                }
                bank.tell(&account, Inspect(Arc::new(Semaphore::new(0)))).await.unwrap();
                bank.tell(&account, Deposit(1)).await.unwrap();
                settle().await;
                assert_eq!(bank.kill(&account).await.reason(), &ExitReason::Killed);
                assert!(bank.named::<Account>("x").is_none());
                let counters = bank.counters();
                assert_eq!((counters.handled, counters.failed, counters.dead), (3, 3, 2));
                bank.shutdown().await.unwrap();
            });
        });
    }
}

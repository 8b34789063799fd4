//! A custom broker: it observes the envelopes that it asks for, and one that it does not deliver is accounted for.
//!
//! The broker is written with the public interface.

use airssys_rt::{
    broker::{InMemoryMessageBroker, Outcome, Received, dead_letters::Reason},
    envelope::Meta,
    prelude::*,
    system::StartError,
    testkit::{FaultPlan, Ledger, Mishap, When},
};
use airssys_rt_tests::{
    Deadline, Double, Hold, Lab, LabMessage, Listener, Log, Note, Read, Scribe, Ticked,
    bank::{
        Account, Appraise, Auditor, Balance, Bank, BankMessage, Deposit, PayIn, Teller, Total, Transfer,
        bank_with,
    },
    on_every_runtime, settle,
    test_broker::{Decision, Dice, TestBroker, chance},
};
use std::{collections::BTreeSet, error::Error, time::Duration};
use tokio::time::Instant;

const SEED: u64 = 20_261_121;

/// A broker that delays a third of the envelopes and refuses every tenth message, but no event.
fn unreliable<M: Send + 'static, const LOCAL: bool>() -> TestBroker<M, LOCAL> {
    TestBroker::new(|meta, n| match chance(SEED, n, 30) {
        0..3 if meta.recipient().is_some() => Decision::Refuse,
        turns @ 20..30 => Decision::Yield(turns as u32 - 19),
        _ => Decision::Deliver,
    })
}

/// A lab on a test broker.
async fn lab_on(
    decide: impl Fn(&Meta, u64) -> Decision + Send + Sync + 'static,
) -> ActorSystem<Lab, TestBroker<LabMessage>> {
    ActorSystem::with_broker(SystemConfig::default(), TestBroker::new(decide)).await.unwrap()
}

/// Traffic in the bank: three tellers move money between eight accounts. Returns how much moved, as the tellers report it.
async fn business<B: MessageBroker<BankMessage>>(bank: &ActorSystem<Bank, B>) -> u64 {
    let mut accounts = Vec::new();
    for _ in 0..8 {
        accounts.push(bank.spawn(Account { cents: 1000, ..Account::default() }).await.unwrap());
    }
    let auditor = bank.spawn(Auditor::default()).await.unwrap();
    let mut work = Vec::new();
    for n in 0..3 {
        let (bank, accounts) = (bank.clone(), accounts.clone());
        let teller = bank.spawn(Teller).await.unwrap();
        work.push(tokio::spawn(async move {
            let (mut dice, mut moved) = (Dice::new(SEED + n), 0);
            for _ in 0..200 {
                let [from, to] = [(); 2].map(|()| accounts[dice.throw(8) as usize].clone());
                let cents = dice.throw(400);
                if let Ok(true) = bank.ask(&teller, Transfer { from, to, cents }).await {
                    moved += cents;
                }
            }
            moved
        }));
    }
    let mut moved = 0;
    for task in work {
        moved += task.await.unwrap();
    }
    bank.idle().await;
    let mut sum = 0;
    for account in &accounts {
        sum += insist(bank, account, || Balance).await;
    }
    assert_eq!(sum, 8000, "money came from nowhere or went there");
    assert_eq!(insist(bank, &auditor, || Total).await, moved);
    moved
}

/// Asks until the broker accepts the message.
async fn insist<B: MessageBroker<BankMessage>, A, M>(
    bank: &ActorSystem<Bank, B>,
    to: &ActorRef<A>,
    message: impl Fn() -> M,
) -> u64
where
    A: airssys_rt::system::HostedBy<Bank>,
    M: airssys_rt::actor::HandledBy<A, Reply = u64>,
{
    let deadline = Deadline::new("the broker accepts the message");
    loop {
        deadline.check();
        match bank.ask(to, message()).await {
            Ok(reply) => return reply,
            Err(AskError::Refused(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

/// R3, D1, D9, G1
#[test]
fn a_bank_on_an_unreliable_broker_conserves_its_money_and_the_counters_add_up() {
    on_every_runtime(|| async {
        let test_broker = unreliable::<BankMessage, true>();
        let bank = bank_with(test_broker.clone()).await;
        let ledger = Ledger::of(&bank);
        assert!(business(&bank).await > 0);
        ledger.settle(&bank).await;
        assert!(test_broker.refused() > 100, "it refused {}", test_broker.refused());
        assert_eq!(test_broker.published(), test_broker.delivered() + test_broker.refused());
        // The auditor is the only subscriber, so each envelope has one receiver. A request that is refused
        // cannot be given back: it is a dead letter.
        let counters = bank.counters();
        assert_eq!(counters.sent, test_broker.published());
        assert_eq!((counters.handled, counters.dead), (test_broker.delivered(), test_broker.refused()));
        assert_eq!(bank.dead_letters().count_of(Reason::Refused), test_broker.refused());
        assert_eq!(test_broker.ended(), 1);
    });
}

/// D1, N4: despite failures in transit and in the handlers no money is lost, and every message has one outcome.
#[test]
fn a_bank_with_many_faults_conserves_its_money() {
    on_every_runtime(|| async {
        let plan = FaultPlan::random()
            .with(Mishap::Panic, "Withdraw", When::Share(0.1))
            .with(Mishap::Panic, "Deposit", When::Share(0.1))
            .with(Mishap::Full, "Deposit", When::Share(0.1))
            .with(Mishap::Drop, "Withdraw", When::Share(0.1))
            .with(Mishap::Delay(Duration::from_millis(1)), "Transfer", When::Every(7));
        let bank = bank_with(plan.around(InMemoryMessageBroker::new())).await;
        let ledger = Ledger::of(&bank);
        assert!(business(&bank).await > 0);
        assert!(plan.struck() > 100, "{plan:?} struck {} times", plan.struck());
        ledger.settle(&bank).await;
    });
}

/// G2: a broker is notified of the outcome of each envelope.
#[test]
fn a_broker_is_notified_of_the_outcome_of_each_envelope() {
    on_every_runtime(|| async {
        let test_broker = unreliable::<BankMessage, true>();
        let bank = bank_with(test_broker.clone()).await;
        business(&bank).await;
        bank.shutdown().await.unwrap();
        let settled = test_broker.settled();
        let count = |of: fn(&Outcome) -> bool| settled.iter().filter(|outcome| of(outcome)).count() as u64;
        assert_eq!(count(|outcome| matches!(outcome, Outcome::Published)), test_broker.published());
        assert_eq!(
            count(|outcome| matches!(outcome, Outcome::Delivered { receivers: 1 })),
            test_broker.delivered()
        );
        assert_eq!(count(|outcome| matches!(outcome, Outcome::Handled { .. })), test_broker.delivered());
        assert_eq!(
            count(|outcome| matches!(outcome, Outcome::Undelivered(Reason::Refused))),
            test_broker.refused()
        );
    });
}

/// Decision 3 of the design: local messages go only through a broker that asks for them, or that is being observed.
#[tokio::test(start_paused = true)]
async fn a_broker_that_skips_local_messages_gets_them_while_it_is_observed() {
    let test_broker = TestBroker::<BankMessage, false>::new(|_, _| Decision::Deliver);
    let bank = bank_with(test_broker.clone()).await;
    business(&bank).await;
    assert_eq!(test_broker.published(), 0);
    let account = bank.spawn(Account::default()).await.unwrap();
    test_broker.watch(true);
    assert_eq!(bank.ask(&account, Deposit(1)).await, Ok(1));
    bank.publish(airssys_rt_tests::bank::Moved(1)).await.unwrap();
    assert_eq!(test_broker.published(), 2);
    test_broker.watch(false);
    assert_eq!(bank.ask(&account, Deposit(1)).await, Ok(2));
    assert_eq!(test_broker.published(), 2);
}

/// G1
#[tokio::test(start_paused = true)]
async fn a_system_does_not_start_on_a_broker_that_refuses_it() {
    let test_broker = TestBroker::<BankMessage>::new(|_, _| Decision::Deliver);
    let _first = bank_with(test_broker.clone()).await;
    let error = ActorSystem::<Bank, _>::with_broker(SystemConfig::default(), test_broker).await.unwrap_err();
    assert!(matches!(error, StartError::Broker(_)), "{error}");
    assert_eq!(error.source().unwrap().to_string(), "the broker is attached already");
}

/// D1, D3, D6: a custom broker makes its own taps, which deliver, lag and end as the taps of the default broker do.
#[tokio::test(start_paused = true)]
async fn a_custom_broker_has_taps() {
    let test_broker = TestBroker::<BankMessage>::new(|_, _| Decision::Deliver);
    let bank = bank_with(test_broker.clone()).await;
    let account = bank.spawn(Account::default()).await.unwrap();
    let (mut tap, dropped) = (bank.subscribe(1).unwrap(), bank.subscribe(1).unwrap());
    drop(dropped);
    bank.tell(&account, Deposit(1)).await.unwrap();
    assert_eq!(test_broker.taps(), 1);
    bank.tell(&account, Deposit(2)).await.unwrap();
    assert!(matches!(tap.recv().await, Some(Received::Item(_))));
    assert!(matches!(tap.recv().await, Some(Received::Lagged(1))));
    bank.shutdown().await.unwrap();
    assert!(tap.recv().await.is_none());
}

/// I1, I4, I5, I7
#[test]
fn a_published_request_is_answered_by_its_recipient() {
    on_every_runtime(|| async {
        let test_broker = TestBroker::<BankMessage>::new(|_, _| Decision::Yield(3));
        let bank = bank_with(test_broker.clone()).await;
        let account = bank.spawn(Account { cents: 40, ..Account::default() }).await.unwrap();
        let request = bank.request(&account, Deposit(2));
        assert_eq!(bank.broker().publish_request(request, Duration::MAX).await, Ok(42));
        assert_eq!(test_broker.published(), 1);
    });
}

/// I1, I3: each reason for which there is no answer.
#[tokio::test(start_paused = true)]
async fn a_published_request_without_an_answer_fails_with_the_reason_at_once() {
    let test_broker =
        TestBroker::<BankMessage>::new(|_, n| if n == 0 { Decision::Refuse } else { Decision::Deliver });
    let bank = bank_with(test_broker.clone()).await;
    let account = bank.spawn(Account::default()).await.unwrap();
    let (begin, limit) = (Instant::now(), Duration::from_secs(3));

    let error = test_broker.publish_request(bank.request(&account, Balance), limit).await.unwrap_err();
    assert!(matches!(error, AskError::Refused(_)), "{error}");
    let error = test_broker
        .publish_request(bank.request(&account, airssys_rt_tests::bank::Embezzle), limit)
        .await
        .unwrap_err();
    assert!(matches!(error, AskError::Failed(..)), "{error}");
    assert_eq!(begin.elapsed(), Duration::ZERO);

    let error = test_broker.publish_request(bank.request(&account, Appraise), limit).await.unwrap_err();
    let AskError::Timeout(asked) = &error else { panic!("{error}") };
    assert_eq!(
        (asked.message, asked.timeout, asked.target.clone()),
        ("Appraise", Some(limit), account.id().into())
    );
    assert_eq!(begin.elapsed(), limit);

    bank.kill(&account).await;
    let error = test_broker.publish_request(bank.request(&account, Balance), limit).await.unwrap_err();
    assert!(matches!(error, AskError::Stopped(..)), "{error}");
    assert_eq!(begin.elapsed(), limit, "at once, not by timeout");
    // Each of them is recorded: refused, failed, killed in its handler, and too late.
    let reasons: Vec<_> = bank.dead_letters().inspect().iter().map(|letter| letter.reason).collect();
    let too_late = Reason::Stopped;
    assert_eq!(reasons, [Reason::Refused, Reason::Failed, Reason::Stopped, too_late]);
    assert_eq!(bank.counters().dead, 3);
}

/// Decision "a message handed back in an error": only its sender gets it back.
#[test]
fn a_refused_message_is_given_back_to_its_sender() {
    on_every_runtime(|| async {
        let bank = bank_with(unreliable::<BankMessage, true>()).await;
        let account = bank.spawn(Account::default()).await.unwrap();
        let mut senders = Vec::new();
        for sender in 0..8 {
            let (bank, account) = (bank.clone(), account.clone());
            let teller = bank.spawn(Teller).await.unwrap();
            senders.push(tokio::spawn(async move {
                let mut returned = 0;
                for n in 0..100 {
                    let cents = 1 + sender * 100 + n;
                    match bank.tell(&account, Deposit(cents)).await {
                        Ok(_) => {}
                        Err(SendError::Refused(Deposit(back))) => {
                            assert_eq!(back, cents);
                            returned += back;
                        }
                        Err(error) => panic!("{error}"),
                    }
                    let to = account.clone();
                    if let Ok(Some(back)) = bank.ask(&teller, PayIn { to, cents }).await {
                        assert_eq!(back, cents);
                        returned += back;
                    }
                }
                returned
            }));
        }
        let mut returned = 0;
        for sender in senders {
            returned += sender.await.unwrap();
        }
        assert!(returned > 0);
        bank.idle().await;
        let log = bank.dead_letters();
        assert_eq!(log.count(), log.count_of(Reason::Refused));
        let balance = insist(&bank, &account, || Balance).await;
        assert!(balance + returned <= 2 * (1..=800).sum::<u64>());
    });
}

/// D2, K2: a `try_tell` does not wait for a slow broker: the broker finishes the delivery in the background.
#[tokio::test(start_paused = true)]
async fn try_tell_does_not_wait_for_a_slow_broker() {
    let lab = lab_on(|_, _| Decision::Yield(5)).await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    assert_eq!(lab.try_tell(&scribe, Note(1)).unwrap(), Sent::Queued);
    assert_eq!(scribe.queue_depth(), 0, "it is still in transit");
    settle().await;
    assert_eq!(lab.ask(&scribe, Read).await.unwrap(), [1]);
    lab.stop(&scribe).await;
    // No sender can get it back, so it is a dead letter, under its id.
    let mut monitor = lab.monitor(8);
    assert_eq!(lab.try_tell(&scribe, Note(2)).unwrap(), Sent::Queued);
    settle().await;
    assert_eq!((lab.dead_letters().count(), lab.counters().dead), (1, 1));
    let letter = lab.dead_letters().inspect().remove(0);
    for outcome in [Outcome::Published, Outcome::Undelivered(Reason::Stopped)] {
        let Ok(Received::Item(seen)) = monitor.try_recv() else { panic!("{outcome:?} was not observed") };
        assert_eq!((seen.meta.id(), seen.outcome), (letter.id, outcome));
    }
}

/// D2: a shutdown waits for a send that its broker continues in the background, although no mailbox knows of it.
#[tokio::test(start_paused = true)]
async fn a_shutdown_waits_for_sends_in_the_background() {
    let lab = lab_on(|_, _| Decision::Sleep(Duration::from_millis(100))).await;
    let seen = Log::default();
    let scribe = lab.spawn(Scribe { seen: seen.clone(), ..Scribe::default() }).await.unwrap();
    for n in 1..=3 {
        assert_eq!(lab.try_tell(&scribe, Note(n)).unwrap(), Sent::Queued);
    }
    let report = lab.shutdown().await.unwrap();
    assert_eq!((seen.read().len(), report.dead), (3, 0));
    let counters = lab.counters();
    assert_eq!((counters.sent, counters.handled, counters.dead), (3, 3, 0));
}

/// D2: an envelope that a broker still holds when the system ends is a dead letter, under its id. The shutdown does not wait for
/// it: `quiet` and the drain of a shutdown consider mailboxes only. This test records that behaviour, and does not require it.
#[tokio::test(start_paused = true)]
async fn envelopes_that_a_broker_holds_when_the_system_ends_are_dead_letters() {
    let lab = lab_on(|_, _| Decision::Yield(200)).await;
    let seen = Log::default();
    let scribe = lab.spawn(Scribe { seen: seen.clone(), ..Scribe::default() }).await.unwrap();
    let mut monitor = lab.monitor(8);
    assert_eq!(lab.try_tell(&scribe, Note(1)).unwrap(), Sent::Queued);
    let Ok(Received::Item(published)) = monitor.try_recv() else { panic!("it was not observed") };
    lab.shutdown().await.unwrap();
    for _ in 0..20 {
        settle().await;
    }
    let dead: Vec<_> = lab.dead_letters().inspect().iter().map(|letter| letter.id).collect();
    assert_eq!(seen.read().len() + dead.len(), 1, "handled or dead, and not both");
    assert!(dead.iter().all(|id| *id == published.meta.id()));
    let counters = lab.counters();
    assert_eq!((counters.sent, counters.handled + counters.dead, counters.queued), (1, 1, 0));
}

/// MB-05, through a broker
#[tokio::test(start_paused = true)]
async fn tell_timeout_gives_the_message_back_exactly_in_time_through_a_broker() {
    for decision in [Decision::Deliver, Decision::Yield(2)] {
        let lab = lab_on(move |_, _| decision).await;
        let scribe = lab.spawn(Scribe::default()).capacity(1).await.unwrap();
        let (hold, held, release) = Hold::new();
        lab.tell(&scribe, hold).await.unwrap();
        held.await.unwrap();
        let (begin, limit) = (Instant::now(), Duration::from_millis(10));
        let sent = lab.tell_timeout(&scribe, Note(5), limit).await;
        assert!(matches!(sent, Err(SendError::Timeout(Note(5)))), "{sent:?}");
        assert_eq!(begin.elapsed(), limit);
        release.send(()).unwrap();
        assert_eq!(lab.ask(&scribe, Read).await.unwrap(), [0; 0]);
        assert_eq!((lab.counters().sent, lab.dead_letters().count()), (2, 0));
    }
}

/// D11: an envelope that a transport loses is an error for its sender, and is counted.
#[tokio::test(start_paused = true)]
async fn an_envelope_that_a_transport_loses_is_an_error_and_counted() {
    let lab = lab_on(|_, _| Decision::Lose).await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    assert!(matches!(lab.tell(&scribe, Note(1)).await, Err(SendError::Lost)));
    assert!(matches!(lab.publish(Ticked(1)).await, Err(PublishError::Lost)));
    lab.ask(&scribe, Double(1)).await.unwrap_err();
    assert_eq!(lab.dead_letters().count_of(Reason::Lost), 3);
}

/// BR-10, through a broker
#[tokio::test(start_paused = true)]
async fn envelopes_from_before_the_shutdown_are_delivered_and_later_ones_are_given_back() {
    let lab = lab_on(|_, _| Decision::Yield(3)).await;
    let heard = Log::default();
    lab.spawn(Listener { heard: heard.clone() }).await.unwrap();
    assert_eq!(lab.publish(Ticked(1)).await.unwrap().receivers, 1);
    lab.shutdown().await.unwrap();
    let Err(PublishError::ShuttingDown(Ticked(2))) = lab.publish(Ticked(2)).await else {
        panic!("published")
    };
    assert_eq!(heard.read(), ["1"]);
}

/// D2, BR-11: each listener receives the events that are published during its life, in order, and no other events.
#[test]
fn listeners_receive_the_events_published_during_their_lives() {
    on_every_runtime(|| async {
        for seed in SEED..SEED + 20 {
            let lab = lab_on(|_, n| Decision::Yield(n as u32 % 3)).await;
            let (mut dice, mut alive, mut all) = (Dice::new(seed), Vec::new(), Vec::new());
            for n in 0..200 {
                match dice.throw(4) {
                    0 => {
                        let heard = Log::default();
                        alive.push((lab.spawn(Listener { heard: heard.clone() }).await.unwrap(), all.len()));
                        all.push((heard, Vec::new()));
                    }
                    1 if !alive.is_empty() => {
                        let (listener, _) = alive.swap_remove(dice.throw(alive.len() as u64) as usize);
                        lab.drain(&listener).await;
                    }
                    _ => {
                        let published = lab.publish(Ticked(n)).await.unwrap();
                        assert_eq!(published.receivers, alive.len(), "seed {seed}");
                        alive.iter().for_each(|(_, index)| all[*index].1.push(n.to_string()));
                    }
                }
            }
            lab.shutdown().await.unwrap();
            for (heard, model) in &all {
                assert_eq!(&heard.read(), model, "seed {seed}");
            }
            let distinct: BTreeSet<_> = all.iter().map(|(_, model)| model.len()).collect();
            assert!(distinct.len() > 1, "seed {seed} tells nothing");
        }
    });
}

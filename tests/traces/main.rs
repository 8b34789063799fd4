//! Trace events of the runtime (`tracing`): starts and stops of actors, steps of messages, dead letters. Spans of handlers.
//!
//! A target of its own: a subscriber that is set while another test traces may miss events.

#![allow(clippy::unwrap_used)] // a test fails by panicking

mod recorded_spans;
mod spans;

use airssys_rt::{
    broker::{
        InMemoryMessageBroker,
        dead_letters::Reason,
        hook::{Hooked, Tracing},
    },
    prelude::*,
};
use airssys_rt_tests::{
    Double, Fail, Hold, Hooked as Life, Lab, Log, Note, Scribe,
    bank::{Account, BankMessage, Deposit, Moved, Teller, Transfer, bank, bank_with},
    lab, paused,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tracing_subscriber::layer::SubscriberExt;

type Line = BTreeMap<&'static str, String>;

/// The events of one target, with their fields.
#[derive(Clone)]
struct Lines(&'static str, Arc<Mutex<Vec<Line>>>);

impl Lines {
    fn read(&self) -> Vec<Line> {
        self.1.lock().unwrap().clone()
    }

    /// One field of each line that has it.
    fn field(&self, name: &str) -> Vec<String> {
        self.read().iter().filter_map(|line| line.get(name).cloned()).collect()
    }
}

struct Fields<'a>(&'a mut Line);

impl tracing::field::Visit for Fields<'_> {
    fn record_str(&mut self, field: &tracing::field::Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Lines {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if event.metadata().target() == self.0 {
            let mut line = Line::new();
            event.record(&mut Fields(&mut line));
            line.insert("level", event.metadata().level().to_string());
            self.1.lock().unwrap().push(line);
        }
    }
}

/// Runs `test` with the lines of one target, and no other test beside it.
fn traced<F: Future<Output = ()>>(target: &'static str, test: impl FnOnce(Lines) -> F) {
    let lines = Lines(target, Arc::default());
    alone(tracing_subscriber::registry().with(lines.clone()), test(lines));
}

fn one_at_a_time() -> MutexGuard<'static, ()> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs `test` with a subscriber, and no other test beside it.
fn alone(subscriber: impl tracing::Subscriber + Send + Sync + 'static, test: impl Future<Output = ()>) {
    let _alone = one_at_a_time();
    let _guard = tracing::subscriber::set_default(subscriber);
    paused().block_on(test);
}

/// A layer that panics at each event.
struct Panics;

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Panics {
    fn on_event(&self, _: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        panic!("no space left for the log");
    }
}

#[test]
fn a_subscriber_that_panics_harms_no_actor() {
    alone(tracing_subscriber::registry().with(Panics), async {
        let (lab, log) = (lab().await, Log::default());
        let actor = lab.spawn(Life { log: log.clone(), ..Life::default() }).await.unwrap();
        lab.tell(&actor, Note(1)).await.unwrap();
        lab.ask(&actor, Fail).await.unwrap_err();
        let watch = lab.watch(&actor);
        assert_eq!(lab.stop(&actor).await.reason(), &ExitReason::Stopped);
        assert_eq!(watch.await.reason, ExitReason::Stopped);
        assert_eq!(log.read(), ["pre_start", "1", "on_error: the disk is full", "post_stop", "dropped"]);
        lab.try_tell(&actor, Note(2)).unwrap_err();
        // An actor whose task is dropped, not run to its end.
        lab.spawn(Scribe::default()).await.unwrap();
    });
}

/// ST-01: one `started` for each actor, and the reason of its end.
#[test]
fn an_actor_is_traced_from_start_to_stop() {
    traced("airssys_rt::actor", |lines| async move {
        let (lab, log) = (lab().await, Log::default());
        let actor = lab.spawn(Life { log: log.clone(), ..Life::default() }).named("bob").await.unwrap();
        lab.ask(&actor, Fail).await.unwrap_err();
        lab.shutdown().await.unwrap();
        assert_eq!(lines.field("message")[0], "started");
        assert_eq!(lines.field("level"), ["DEBUG", "WARN", "DEBUG"]);
        let [started, failed, stopped] = &lines.read()[..] else { panic!("three lines") };
        assert_eq!((&*started["actor"], &*started["name"]), ("Hooked", "bob"));
        assert_eq!((&*failed["message"], &*failed["cause"]), ("failed", "the disk is full"));
        assert!(failed["message_type"].contains("Fail"), "{failed:?}");
        assert_eq!((&*stopped["message"], &*stopped["reason"]), ("stopped", "shut down"));
        assert!([failed, stopped].iter().all(|line| line["id"] == started["id"]));
    });
}

/// E1, G15: each step of each message, with its id, type, sender, recipient and correlation id.
#[test]
fn the_tracing_hook_traces_each_step_of_each_message() {
    traced("airssys_rt::message", |lines| async move {
        let bank = bank_with(Hooked::new(InMemoryMessageBroker::<BankMessage>::new()).with(Tracing)).await;
        let account = |cents| bank.spawn(Account { cents, ..Account::default() });
        let (from, to) = (account(10).await.unwrap(), account(0).await.unwrap());
        let teller = bank.spawn(Teller).await.unwrap();
        let transfer = Transfer { from: from.clone(), to: to.clone(), cents: 5 };
        assert_eq!(bank.ask(&teller, transfer).await, Ok(true));
        bank.idle().await;
        let of = |outcome: &str| -> Vec<Line> {
            lines.read().into_iter().filter(|line| line["outcome"] == outcome).collect()
        };
        let published = of("published");
        let types: Vec<_> = published.iter().map(|line| &*line["message_type"]).collect();
        assert_eq!(types, ["Transfer", "Withdraw", "Deposit", "Moved"]);
        assert!(published.iter().all(|line| line["correlation"] == published[0]["id"]));
        assert_eq!(published[0].get("sender"), None);
        assert!(published[1..].iter().all(|line| line["sender"] == teller.id().to_string()));
        let recipients: Vec<_> = published.iter().map(|line| line.get("recipient").cloned()).collect();
        let [teller, from, to] = [teller.id(), from.id(), to.id()].map(|id| Some(id.to_string()));
        assert_eq!(recipients, [teller, from, to, None]);
        assert_eq!((of("delivered").len(), of("handled").len()), (4, 3), "the event has no subscriber");
        assert!(lines.field("level").iter().all(|level| level == "DEBUG"));
    });
}

/// E1: without the hook no message is traced.
#[test]
fn without_the_hook_messages_are_not_traced() {
    traced("airssys_rt::message", |lines| async move {
        let bank = bank().await;
        let account = bank.spawn(Account::default()).await.unwrap();
        let _monitor = bank.monitor(8);
        bank.ask(&account, Deposit(1)).await.unwrap();
        bank.publish(Moved(1)).await.unwrap();
        assert_eq!(lines.read().len(), 0);
    });
}

/// DL-15, DL-16, G15
#[test]
fn many_dead_letters_are_counted_exactly_and_logged_ten_times_a_second_and_not_in_a_shutdown() {
    traced("airssys_rt::dead_letter", |lines| async move {
        let lab = lab().await;
        let deaf = lab.spawn(Scribe::default()).capacity(1).overflow(Overflow::Drop).await.unwrap();
        let (hold, held, _release) = Hold::new();
        lab.tell(&deaf, hold).await.unwrap();
        held.await.unwrap();
        for n in 0..100_000 {
            assert_eq!(lab.try_tell(&deaf, Note(n)).unwrap(), Sent::Dropped);
        }
        assert_eq!(lab.dead_letters().count_of(Reason::Full), 100_000);
        assert_eq!(lines.field("suppressed"), ["0"; 10]);
        let line = &lines.read()[0];
        assert_eq!((&*line["level"], &*line["reason"]), ("WARN", "the mailbox is full"));
        assert_eq!((&*line["message"], &*line["message_type"]), ("dead letter", "Note"));
        assert_eq!(line["target_actor"], deaf.id().to_string());
        tokio::time::advance(Duration::from_secs(1)).await;
        lab.try_tell(&deaf, Note(0)).unwrap();
        assert_eq!(lines.field("suppressed")[10..], ["99990"]);
        // Messages that a shutdown leaves are counted, not logged.
        tokio::time::advance(Duration::from_secs(1)).await;
        lab.shutdown().await.unwrap_err();
        assert_eq!(lab.dead_letters().count_of(Reason::ShuttingDown), 1);
        assert_eq!(lines.read().len(), 11);
    });
}

/// Each event of each target, with all its fields.
#[derive(Clone, Default)]
struct Everything(Arc<Mutex<String>>);

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Everything {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        let mut line = Line::new();
        event.record(&mut Fields(&mut line));
        self.0.lock().unwrap().push_str(&format!("{} {line:?}\n", event.metadata().target()));
    }
}

/// DL: the text of a dead letter is in the store and in no line.
#[test]
fn the_text_of_a_dead_letter_is_in_no_line() {
    let everything = Everything::default();
    alone(tracing_subscriber::registry().with(everything.clone()), async {
        let broker = Hooked::new(InMemoryMessageBroker::new()).with(Tracing);
        let lab = ActorSystem::<Lab, _>::with_broker(SystemConfig::default(), broker).await.unwrap();
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        lab.kill(&scribe).await;
        lab.ask(&scribe, Double(918_273_645)).await.unwrap_err();
        let letter = lab.dead_letters().inspect().remove(0);
        let text = lab.dead_letters().text_of(letter.id);
        assert_eq!(text.as_deref(), Some("Double(918273645)"));
        assert!(!format!("{letter:?}").contains("918273645"), "a stream and the record have no text");
        lab.shutdown().await.unwrap();
    });
    let lines = everything.0.lock().unwrap();
    assert!(lines.contains("airssys_rt::dead_letter") && lines.contains("\"Double\""), "{lines}");
    assert!(!lines.contains("918273645"), "{lines}");
}

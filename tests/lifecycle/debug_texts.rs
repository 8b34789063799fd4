//! `Debug` of what a program holds: it names what it is about and shows no message, so a log of it tells nothing that is confidential.

use airssys_rt::{
    actor::{BlockingPool, SendError},
    broker::InMemoryMessageBroker,
    journal::{Fsync, Journal, MemoryStore},
    prelude::*,
    supervisor::DynamicSupervisor,
    testkit::{FaultyStore, Ledger, Loss, MockMessageBroker, Probe, SimulatedDisk, TestContext},
};
use airssys_rt_tests::{
    Clock, Double, Note, Scribe, Tick, Ticked, lab, poll_once,
    worker::{TestSystem, Worker, system},
};
use std::{fmt::Debug, pin::pin, time::Duration};

/// The number that no text may show.
const SECRET: u64 = 987_654_321;

fn text(of: &impl Debug) -> String {
    let text = format!("{of:?}");
    assert!(!text.contains("987654321"), "it shows a message: {text}");
    text
}

#[tokio::test(start_paused = true)]
async fn futures_and_references_name_the_recipient() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).named("x").await.unwrap();
    let id = scribe.id();
    let note = || Note(SECRET);
    assert_eq!(text(&lab.tell(&scribe, note())), format!("Tell(Scribe {id})"));
    let timeout = text(&lab.tell_timeout(&scribe, note(), Duration::from_secs(1)));
    assert_eq!(timeout, format!("TellTimeout {{ tell: Tell(Scribe {id}), limit: 1s }}"));
    assert_eq!(text(&lab.ask(&scribe, Double(SECRET))), format!("Ask(Scribe {id})"));
    let (notes, doubles) =
        (Recipient::<Note>::from(scribe.clone()), Recipient::<Double>::from(scribe.clone()));
    assert_eq!(text(&lab.tell_any(&notes, note())), "TellAny");
    assert_eq!(text(&lab.ask_any(&doubles, Double(SECRET))), "AskAny");
    assert_eq!(text(&lab.publish(Ticked(SECRET))), "Publish(Lab)");
    assert_eq!(text(&lab.watch(&scribe)), "Watch");
    assert_eq!(text(&lab.shutdown()), "SystemEnd");
    assert_eq!(text(&lab.spawn(Scribe::default())), "Spawn(Scribe)");
    assert_eq!(text(&lab), "ActorSystem(Lab)");
    assert_eq!(text(&BlockingPool::new(2).unwrap()), "BlockingPool(2)");
    assert_eq!(text(&SendError::Full(note())), "SendError(the mailbox is full)");
}

#[tokio::test(start_paused = true)]
async fn observers_show_numbers_only() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let (events, tap) = (lab.lifecycle_events(9), lab.monitor(9));
    lab.tell(&scribe, Note(SECRET)).await.unwrap();
    lab.idle().await;
    lab.stop(&scribe).await;
    lab.tell(&scribe, Note(SECRET)).await.unwrap_err();
    assert_eq!(text(&events), "TapStream { waiting: 1 }");
    assert!(text(&tap).starts_with("TapStream { waiting: "));
    assert!(text(&lab.dead_letters()).starts_with("DeadLetters { count: "));
    assert_eq!(text(&InMemoryMessageBroker::<Note>::new()), "InMemoryMessageBroker { taps: 0 }");
    assert_eq!(text(&MockMessageBroker::<Note>::new()), "MockMessageBroker { published: 0 }");
    let ledger = Ledger::of(&lab);
    assert!(text(&ledger).starts_with("Ledger { observed: "));
    ledger.settle(&lab).await;
}

#[tokio::test(start_paused = true)]
async fn supervisors_and_children_show_their_names() {
    let (system, log) = (system().await, airssys_rt_tests::Log::default());
    let child = Worker::new("1", &log).child();
    assert_eq!(text(&child), "Child(Worker 1)");
    let tree = Supervisor::<TestSystem>::one_for_one("root").child(child);
    assert_eq!(text(&tree), "Supervisor(root, 1 children)");
    let root = system.supervise(tree).await.unwrap();
    assert_eq!(text(&root), "SupervisorRef(root)");
    let dynamic = DynamicSupervisor::<Worker>::new("pool");
    assert_eq!(text(&dynamic), "DynamicSupervisor(pool of Worker)");
    assert_eq!(text(&system.supervise_dynamic(dynamic).await.unwrap()), "DynamicRef(pool)");
}

#[tokio::test(start_paused = true)]
async fn probes_show_the_type_of_a_message_only() {
    let lab = lab().await;
    let mut probe = Probe::<Scribe>::new();
    assert_eq!(text(&probe), "the probe of `Scribe`");
    let to = probe.actor_ref();
    let mut ask = pin!(lab.ask(&to, Double(SECRET)));
    assert!(poll_once(ask.as_mut()).is_pending());
    let incoming = probe.expect::<Double>().await;
    assert_eq!(text(&incoming), "Incoming { message: Some(\"Double\"), asked: true }");
    incoming.reply(1);
    assert_eq!(ask.await, Ok(1));
    let mut context = TestContext::<Clock>::new();
    assert_eq!(text(&context), "TestContext(Clock)");
    let mut clock = Clock;
    context.call(&mut clock, Tick { n: SECRET, fails: false }).await.unwrap();
}

#[tokio::test]
async fn stores_show_their_size_only() {
    let store = MemoryStore::new();
    let (mut journal, _) = Journal::open(store.clone(), Fsync::Never).await.unwrap();
    let empty = text(&store);
    journal.append(SECRET.to_string().as_bytes()).await.unwrap();
    let full = text(&store);
    assert!(empty.starts_with("MemoryStore(") && empty != full, "{empty} {full}");
    let figures = text(&journal);
    assert!(
        figures.starts_with("Journal { records: 1, size: ") && figures.contains("broken: false"),
        "{figures}"
    );
    drop(journal);
    let recovery = Journal::recover(store, Fsync::Never).await.unwrap();
    assert!(text(&recovery).starts_with("Recovery { offset: "));
    let disk = SimulatedDisk::new(Loss::Nothing, 7);
    let shown = text(&disk);
    assert!(shown.contains("seed: 7") && shown.contains("is_off: false"), "{shown}");
    assert!(text(&FaultyStore::new(disk)).starts_with("FaultyStore { store: SimulatedDisk"));
}

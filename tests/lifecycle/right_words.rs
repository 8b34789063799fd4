//! Errors and dead letters say what has happened: to events of a killed publisher, to asks of a runtime that ends, to odd names.

use airssys_rt::{
    broker::{Received, dead_letters::Reason},
    id::ActorAddress,
    prelude::*,
    supervisor::SuperviseError,
};
use airssys_rt_tests::{
    Clock, Double, Fail, Hold, Hook, Listener, Log, Never, Panic, Scribe, Tick, block_on, lab, poll_once,
    settle, two_threads, with_time_limit,
    worker::{Worker, system},
};
use std::{error::Error, pin::pin};

/// BR-02: the events that a publisher has left when it is killed after its answer are dead letters.
#[tokio::test(start_paused = true)]
async fn the_events_of_a_publisher_that_is_killed_are_dead_letters() {
    for ends in ["kill", "stop"] {
        let (lab, heard) = (lab().await, Log::default());
        let full = lab.spawn(Listener { heard: heard.clone() }).capacity(1).await.unwrap();
        let clock = lab.spawn(Clock).await.unwrap();
        let (hold, held, release) = Hold::new();
        lab.tell(&full, hold).await.unwrap();
        held.await.unwrap();
        assert_eq!(lab.ask(&clock, Tick { n: 1, fails: false }).await, Ok(1));
        settle().await; // the first event waits for room
        if ends == "kill" {
            lab.kill(&clock).await;
        } else {
            assert!(poll_once(pin!(lab.stop(&clock))).is_pending());
        }
        release.send(()).unwrap();
        lab.idle().await;
        let letters = lab.dead_letters().inspect();
        let found: Vec<_> = letters
            .iter()
            .map(|letter| (letter.message_type, letter.reason, letter.sender, letter.target))
            .collect();
        if ends == "kill" {
            let dead = |target| ("Ticked", Reason::Stopped, Some(clock.id()), target);
            assert_eq!(
                found,
                [dead(Some(full.id())), dead(None)],
                "the event that waits, and the one after it"
            );
        } else {
            assert_eq!(
                (found.len(), heard.read()),
                (0, vec!["1".to_owned(), "2".to_owned()]),
                "a stop waits"
            );
        }
    }
}

/// K5: the message that is being handled and one that is queued have the same fate when the runtime ends.
#[test]
fn an_ask_whose_runtime_ends_hears_that_the_actor_has_stopped() {
    with_time_limit(|| {
        let runtime = two_threads();
        let (lab, scribe) = runtime.block_on(async {
            let lab = lab().await;
            let scribe = lab.spawn(Scribe::default()).await.unwrap();
            (lab, scribe)
        });
        let mut handled = pin!(lab.ask(&scribe, Never));
        let mut queued = pin!(lab.ask(&scribe, Double(1)));
        assert!(poll_once(handled.as_mut()).is_pending());
        runtime.block_on(airssys_rt_tests::until("it is handled", || scribe.queue_depth() == 1));
        assert!(poll_once(queued.as_mut()).is_pending());
        runtime.block_on(tokio::task::yield_now());
        drop(runtime);
        let (handled, queued) = (block_on(handled).unwrap_err(), block_on(queued).unwrap_err());
        assert!(matches!(handled, AskError::Stopped(..)), "{handled}");
        assert!(matches!(queued, AskError::Stopped(..)), "{queued}");
    });
}

/// ST-14: a supervisor that does not start because the system shuts down is no fault of a child.
#[tokio::test(start_paused = true)]
async fn a_supervise_that_a_shutdown_overtakes_says_so() {
    for nested in [false, true] {
        for slow in [Hook::IsSlow, Hook::Hangs] {
            let (system, log) = (system().await, Log::default());
            let first = Worker::new("1", &log).starting([slow]).child();
            let tree = Supervisor::one_for_one("root").child(first).child(Worker::new("2", &log).child());
            let tree = if nested { Supervisor::one_for_one("top").supervisor(tree) } else { tree };
            let start = tokio::spawn({
                let system = system.clone();
                async move { system.supervise(tree).await.map(drop) }
            });
            settle().await;
            let _ = system.shutdown().await;
            assert_eq!(start.await.unwrap(), Err(SuperviseError::ShuttingDown), "nested: {nested}");
        }
    }
}

/// RG-10: a name cannot forge the text around it.
#[tokio::test(start_paused = true)]
async fn names_are_printed_on_one_line_and_in_their_order() {
    const NAME: &str = "a\nSTOPPED \u{202e}b\u{7}\u{2028}c 'd' é 名";
    const PRINTED: &str = "a\\nSTOPPED \\u{202e}b\\u{7}\\u{2028}c 'd' é 名";
    let (system, log) = (system().await, Log::default());
    let mut lives = system.lifecycle_events(10);
    let worker = Worker::new("x", &log).stopping(Hook::Works);
    let actor = system.spawn(worker.clone()).named(NAME).await.unwrap();
    let tree = Supervisor::one_for_one(NAME).child(Child::new(NAME, move |_| worker.clone()));
    let root = system.supervise(tree).await.unwrap();
    let Some(Received::Item(event)) = lives.recv().await else { panic!() };
    let taken = system.spawn(Worker::new("x", &log)).named(NAME).await.unwrap_err();
    let present = root
        .start(Child::new(NAME, {
            let log = log.clone();
            move |_| Worker::new("x", &log)
        }))
        .await
        .unwrap_err();
    let missing = root.stop("\u{202e}").await.unwrap_err();
    assert_eq!(missing.to_string(), "there is no child `\\u{202e}`");
    let log = Log::default();
    let fails = Worker::new("x", &log).starting([Hook::Fails]);
    let fails = Supervisor::one_for_one(NAME).child(Child::new(NAME, move |_| fails.clone()));
    let not_started = system.supervise(fails).await.unwrap_err();
    let (hold, held, _release) = Hold::new();
    system.tell(&actor, hold).await.unwrap();
    held.await.unwrap();
    let tree = system.tree().to_string();
    let aborted = system.shutdown().await.unwrap_err();
    let texts = [
        event.to_string(),
        actor.to_string(),
        taken.to_string(),
        present.to_string(),
        not_started.to_string(),
        aborted.to_string(),
        ActorAddress::named(NAME).to_string(),
    ];
    for text in texts {
        assert!(text.contains(PRINTED), "{text}");
    }
    assert_eq!(tree.matches(PRINTED).count(), 3, "{tree}");
    assert_eq!(tree.lines().count(), 4, "{tree}");
    assert!(not_started.source().is_some());
}

/// AS-17: the error of an ask says why the actor has ended, as a watch does.
#[tokio::test(start_paused = true)]
async fn an_ask_of_an_actor_that_has_ended_says_why() {
    let cases: [(&str, &str); 5] = [
        ("stop", ""),
        ("drain", ": it was drained"),
        ("kill", ": it was killed"),
        ("fail", ": it failed: the disk is full"),
        ("panic", ": it panicked: out of ink"),
    ];
    for (end, why) in cases {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        let (hold, held, release) = Hold::new();
        lab.tell(&scribe, hold).await.unwrap();
        held.await.unwrap();
        let mut first = pin!(lab.ask(&scribe, Fail));
        let mut second = pin!(lab.ask(&scribe, Panic));
        match end {
            "fail" => assert!(poll_once(first.as_mut()).is_pending()),
            "panic" => assert!(poll_once(second.as_mut()).is_pending()),
            _ => {}
        }
        let mut queued = pin!(lab.ask(&scribe, Double(1)));
        if end != "drain" {
            assert!(poll_once(queued.as_mut()).is_pending());
        }
        let signals = tokio::spawn({
            let (lab, scribe) = (lab.clone(), scribe.clone());
            async move {
                match end {
                    "stop" => lab.stop(&scribe).await,
                    "drain" => lab.drain(&scribe).await,
                    "kill" => lab.kill(&scribe).await,
                    _ => return,
                };
            }
        });
        settle().await;
        drop(release);
        signals.await.unwrap();
        let reason = lab.watch(&scribe).await.reason;
        let text = format!("`Double` to `Scribe` {} was asked, but the actor has stopped{why}", scribe.id());
        if end != "drain" {
            let error = queued.await.unwrap_err();
            assert_eq!(error.to_string(), text, "queued");
            assert!(matches!(error, AskError::Stopped(_, Some(found)) if found == reason), "{end}");
        }
        let error = lab.ask(&scribe, Double(1)).await.unwrap_err();
        assert_eq!(error.to_string(), text, "afterwards");
        assert!(matches!(error, AskError::Stopped(_, Some(found)) if found == reason), "{end}");
    }
}

//! Model tests of whole systems under shuttle, which tries many interleavings of their tasks: `ci/model`.
//!
//! Time stands still there, so no time limit expires. A task that never ends is reported as a deadlock, so each model also shows
//! that a system leaves no task behind when its last handle is dropped (I3). A failure prints the schedule that repeats it.

#![cfg(airssys_shuttle)]
#![allow(clippy::unwrap_used)] // a test fails by panicking

use airssys_rt::{prelude::*, supervisor::ControlError};
use airssys_rt_tests::{
    Clock, Double, Fail, Hooked, Listener, Log, Note, Read, Scribe, Tick, lab,
    worker::{Worker, system},
};
use shuttle::future::{JoinHandle, block_on, spawn};
use std::{future::Future, time::Duration};

/// The number of runs of each model: half of them random, half with few but adverse interruptions.
const TRIES: usize = 2000;

fn check<F: Future<Output = ()> + Send + 'static>(model: impl Fn() -> F + Send + Sync + Clone + 'static) {
    let repeated = model.clone();
    shuttle::check_random(move || block_on(repeated()), TRIES);
    shuttle::check_pct(move || block_on(model()), TRIES, 3);
}

async fn all<T>(tasks: Vec<JoinHandle<T>>) -> Vec<T> {
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

/// RG-01
#[test]
fn of_eight_actors_that_claim_a_name_exactly_one_gets_it() {
    check(|| async {
        let lab = lab().await;
        let spawns = (0..8).map(|_| {
            let lab = lab.clone();
            spawn(async move { lab.spawn(Scribe::default()).named("x").await })
        });
        let results = all(spawns.collect()).await;
        let owners: Vec<_> = results.iter().flatten().collect();
        assert_eq!(owners.len(), 1);
        for error in results.iter().filter_map(|result| result.as_ref().err()) {
            assert!(
                matches!(error, SpawnError::NameTaken { holder, .. } if *holder == owners[0].id()),
                "{error}"
            );
        }
        assert_eq!(lab.named::<Scribe>("x").as_ref(), Some(owners[0]));
        lab.shutdown().await.unwrap();
        assert_eq!(lab.counters().sent, 0);
    });
}

/// RG-02, RG-03: a lookup during a stop finds a live actor or none; a message to it has one outcome; the name is free.
#[test]
fn a_lookup_during_a_stop_finds_a_live_actor_or_none() {
    check(|| async {
        let (lab, seen) = (lab().await, Log::default());
        let scribe = Scribe { seen: seen.clone(), ..Scribe::default() };
        let scribe = lab.spawn(scribe).named("x").await.unwrap();
        let lookup = {
            let (lab, scribe) = (lab.clone(), scribe.clone());
            spawn(async move {
                let Some(found) = lab.named::<Scribe>("x") else { return false };
                assert_eq!(found, scribe);
                lab.tell(&found, Note(1)).await.is_ok()
            })
        };
        lab.stop(&scribe).await;
        assert!(lab.named::<Scribe>("x").is_none(), "the name is free once the stop returns");
        let told = u64::from(lookup.await.unwrap());
        let again = lab.spawn(Scribe::default()).named("x").await.unwrap();
        assert_ne!(again.id(), scribe.id());
        let counters = lab.counters();
        assert_eq!((counters.sent, counters.handled + counters.dead), (told, told));
        assert_eq!(seen.read().len() as u64, counters.handled);
    });
}

/// I1, I2, AS-06, OR-01: senders and an asker race a kill. Each ask ends, each message has one outcome, order holds.
#[test]
fn each_message_that_races_a_kill_has_one_outcome() {
    check(|| async {
        let lab = lab().await;
        let seen = Log::default();
        let scribe = lab.spawn(Scribe { seen: seen.clone(), ..Scribe::default() }).capacity(2).await.unwrap();
        let tellers = (0..2).map(|sender| {
            let (lab, scribe) = (lab.clone(), scribe.clone());
            spawn(async move {
                let mut accepted = 0;
                for n in 0..3 {
                    accepted += u64::from(lab.tell(&scribe, Note(10 * sender + n)).await.is_ok());
                }
                accepted
            })
        });
        let tellers: Vec<_> = tellers.collect();
        let asker = {
            let (lab, scribe) = (lab.clone(), scribe.clone());
            spawn(async move { lab.ask(&scribe, Double(2)).await })
        };
        let killer = {
            let (lab, scribe) = (lab.clone(), scribe.clone());
            spawn(async move { lab.kill(&scribe).await })
        };
        let accepted: u64 = all(tellers).await.into_iter().sum();
        match asker.await.unwrap() {
            Ok(answer) => assert_eq!(answer, 4),
            Err(error) => assert!(matches!(error, AskError::Stopped(..)), "{error}"),
        }
        assert_eq!(killer.await.unwrap().reason(), &ExitReason::Killed);
        let counters = lab.counters();
        assert_eq!(counters.sent, counters.handled + counters.dead, "{counters:?}");
        assert!(
            (accepted..=accepted + 1).contains(&counters.sent),
            "{accepted} and perhaps the ask: {counters:?}"
        );
        let notes: Vec<u64> = seen.read().iter().map(|note| note.parse().unwrap()).collect();
        for sender in 0..2 {
            let own: Vec<_> = notes.iter().filter(|note| *note / 10 == sender).collect();
            assert!(own.is_sorted(), "{notes:?}");
        }
    });
}

/// MB-01: senders that wait for capacity are all accepted, although the handler fails now and then.
#[test]
fn a_small_mailbox_accepts_all_waiting_senders() {
    check(|| async {
        let lab = lab().await;
        let scribe = Scribe { resumes: true, ..Scribe::default() };
        let scribe = lab.spawn(scribe).capacity(1).await.unwrap();
        let tellers = (0..3).map(|n| {
            let (lab, scribe) = (lab.clone(), scribe.clone());
            spawn(async move {
                lab.tell(&scribe, Note(n)).await.unwrap();
                lab.ask(&scribe, Fail).await.unwrap_err();
            })
        });
        all(tellers.collect()).await;
        assert_eq!(lab.ask(&scribe, Read).await.unwrap().len(), 3);
        lab.idle().await;
        let counters = lab.counters();
        assert_eq!((counters.handled, counters.failed, counters.sent), (4, 3, 7));
    });
}

/// MB-05: a send that is given up while the mailbox accepts its message has one outcome: it was sent, or the message comes back. (A time
/// limit of zero has passed at the first poll.)
#[test]
fn a_send_that_is_given_up_is_accepted_or_given_back() {
    check(|| async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).capacity(1).await.unwrap();
        let tellers = (0..3).map(|n| {
            let (lab, scribe) = (lab.clone(), scribe.clone());
            spawn(async move {
                let mut sent = 0;
                for _ in 0..3 {
                    match lab.tell_timeout(&scribe, Note(n), Duration::ZERO).await {
                        Ok(told) => {
                            assert_eq!(told, Sent::Queued);
                            sent += 1;
                        }
                        Err(error) => {
                            assert!(matches!(error, SendError::Timeout(Note(back)) if back == n), "{error}")
                        }
                    }
                }
                sent
            })
        });
        let tellers: Vec<_> = tellers.collect();
        let sent: u64 = all(tellers).await.into_iter().sum();
        lab.idle().await;
        let counters = lab.counters();
        assert_eq!((counters.sent, counters.handled, counters.dead), (sent, sent, 0), "{counters:?}");
    });
}

/// SD-08, I3: eight tasks shut down at once, while others send and spawn. There is one shutdown with one result, and no actor is
/// left.
#[test]
fn a_shutdown_happens_once_and_leaves_no_actor() {
    check(|| async {
        let (lab, log) = (lab().await, Log::default());
        let hooked = lab.spawn(Hooked { log: log.clone(), ..Hooked::default() }).await.unwrap();
        let late = {
            let (lab, hooked) = (lab.clone(), hooked.clone());
            spawn(async move {
                let told = lab.tell(&hooked, Note(1)).await.is_ok();
                (told, lab.spawn(Scribe::default()).named("late").await.is_ok())
            })
        };
        let callers = (0..8).map(|_| {
            let lab = lab.clone();
            spawn(async move { lab.shutdown().await })
        });
        let reports = all(callers.collect()).await;
        let (told, spawned) = late.await.unwrap();
        assert!(reports.iter().all(|report| *report == reports[0]), "{reports:?}");
        // A spawn that was refused at the last moment may have been counted before.
        let stopped = reports[0].as_ref().unwrap().stopped;
        assert!((1 + usize::from(spawned)..=2).contains(&stopped), "{stopped}");
        let note = if told { vec!["1"] } else { vec![] };
        assert_eq!(log.read(), [&["pre_start"][..], &note, &["post_stop", "dropped"]].concat());
        assert!(lab.named::<Scribe>("late").is_none());
        assert!(lab.actors().is_empty());
    });
}

/// BR-14: an event that races the end of a subscriber reaches the other subscribers, and the counters add up.
#[test]
fn an_event_that_races_an_end_reaches_the_other_subscribers() {
    check(|| async {
        let (lab, heard) = (lab().await, Log::default());
        let clock = lab.spawn(Clock).await.unwrap();
        let leaver = lab.spawn(Listener::default()).capacity(1).await.unwrap();
        lab.spawn(Listener { heard: heard.clone() }).capacity(1).await.unwrap();
        let stop = {
            let lab = lab.clone();
            spawn(async move { lab.stop(&leaver).await })
        };
        lab.ask(&clock, Tick { n: 1, fails: false }).await.unwrap();
        stop.await.unwrap();
        lab.idle().await;
        assert_eq!(heard.read(), ["1", "2"]);
        let counters = lab.counters();
        assert_eq!(counters.sent, counters.handled + counters.dead, "{counters:?}");
    });
}

/// MO-01: a watch that races the end is notified once, with the reason.
#[test]
fn a_watch_that_races_the_end_is_notified() {
    check(|| async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        let stop = {
            let (lab, scribe) = (lab.clone(), scribe.clone());
            spawn(async move { lab.drain(&scribe).await })
        };
        assert_eq!(lab.watch(&scribe).await.reason, ExitReason::Drained);
        assert_eq!(stop.await.unwrap().reason(), &ExitReason::Drained);
    });
}

/// SD-08, AD-02, RT-10, I1, I3: a child is restarted by hand, stopped by hand and killed, a supervisor beside it gives up and is
/// shut down, all at once and while the system shuts down. Every call returns, and no actor is left.
#[test]
fn every_call_on_a_supervised_child_returns() {
    check(|| async {
        let (system, log) = (system().await, Log::default());
        let below = Supervisor::one_for_one("below").restarts(0, Duration::from_secs(1));
        let tree = Supervisor::rest_for_one("root")
            .restarts(20, Duration::from_secs(3600))
            .child(Worker::new("a", &log).child())
            .supervisor(below.child(Worker::new("b", &log).child()));
        let root = system.supervise(tree).await.unwrap();
        let below = root.supervisor("below").unwrap();
        let (a, b) = (root.actor::<Worker>("a").unwrap(), below.actor::<Worker>("b").unwrap());

        let stop = {
            let root = root.clone();
            spawn(async move { root.stop("a").await })
        };
        let restart = {
            let root = root.clone();
            spawn(async move { root.restart("a").await })
        };
        let kill = {
            let system = system.clone();
            spawn(async move { system.kill(&a).await })
        };
        let fail = {
            let system = system.clone();
            spawn(async move { system.ask(&b, Fail).await })
        };
        let close = spawn(async move { below.shutdown().await });
        let report = system.shutdown().await;

        let stopped = stop.await.unwrap();
        assert!(matches!(stopped, Ok(()) | Err(ControlError::ShuttingDown)), "{stopped:?}");
        let restarted = restart.await.unwrap();
        let known = matches!(
            restarted,
            Ok(())
                | Err(ControlError::Running(_)
                    | ControlError::Restarting(_)
                    | ControlError::Stopped(_)
                    | ControlError::ShuttingDown
                    | ControlError::Start {
                        cause: SpawnError::Killed { .. } | SpawnError::ShuttingDown,
                        ..
                    })
        );
        assert!(known, "{restarted:?}");
        let reason = kill.await.unwrap().reason().clone();
        let ended = matches!(reason, ExitReason::Killed | ExitReason::Shutdown);
        assert!(ended, "{reason}");
        assert!(fail.await.unwrap().is_err());
        close.await.unwrap();
        root.ended().await;
        report.unwrap();
        assert!(system.actors().is_empty());
        let counters = system.counters();
        assert_eq!(counters.sent, counters.handled + counters.failed + counters.dead, "{counters:?}");
        let lives = log.read();
        for name in ["a", "b"] {
            let count = |step: char| lives.iter().filter(|entry| **entry == format!("{step}{name}")).count();
            assert_eq!(count('+'), count('-'), "{lives:?}");
        }
    });
}

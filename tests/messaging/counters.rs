//! Every message has exactly one fate, and the counters add up.

use airssys_rt::prelude::*;
use airssys_rt_tests::{
    Clock, Double, Fail, Hold, Lab, Listener, Note, Panic, Pass, Relay, Scribe, Tick, lab, on_every_runtime,
    settle, two_threads,
};

fn assert_adds_up(lab: &ActorSystem<Lab>) {
    let counters = lab.counters();
    assert_eq!(
        counters.sent,
        counters.handled + counters.failed + counters.dead + counters.queued,
        "{counters:?}"
    );
}

/// I1
#[test]
fn sent_is_handled_and_failed_and_dead_and_queued() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe { resumes: true, ..Scribe::default() }).await.unwrap();
        let relay = lab.spawn(Relay { to: scribe.clone() }).await.unwrap();
        let clock = lab.spawn(Clock).await.unwrap();
        for _ in 0..2 {
            lab.spawn(Listener::default()).await.unwrap();
        }
        for n in 0..20 {
            lab.tell(&relay, Pass(n)).await.unwrap();
            lab.ask(&scribe, Double(n)).await.unwrap();
            lab.ask(&clock, Tick { n, fails: n % 5 == 0 }).await.unwrap_or_default();
        }
        lab.ask(&scribe, Fail).await.unwrap_err();
        lab.ask(&scribe, Panic).await.unwrap_err();
        assert_adds_up(&lab);
        lab.shutdown().await.unwrap();
        assert_adds_up(&lab);
        let counters = lab.counters();
        // 20 passes, 20 notes behind them, 20 doubles, 20 ticks, 16 of these with two events for two listeners each,
        // and the two that fail.
        assert_eq!(counters.sent, 20 + 20 + 20 + 20 + 16 * 4 + 2);
        assert_eq!((counters.failed, counters.dead, counters.queued), (4 + 2, 0, 0));
    });
}

/// I1: what a stopped actor leaves behind is dead, and an ask of a stopped actor as well, for its owner does not have
/// it again. What comes back in an error counts nowhere.
#[tokio::test(start_paused = true)]
async fn what_is_left_over_is_dead() {
    let lab = lab().await;
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    let (hold, held, release) = Hold::new();
    lab.tell(&scribe, hold).await.unwrap();
    held.await.unwrap();
    for n in 0..5 {
        lab.tell(&scribe, Note(n)).await.unwrap();
    }
    assert_eq!((lab.counters().queued, lab.counters().sent), (6, 6));
    let stop = tokio::spawn({
        let (lab, scribe) = (lab.clone(), scribe.clone());
        async move { lab.stop(&scribe).await }
    });
    settle().await;
    lab.tell(&scribe, Note(6)).await.unwrap_err();
    release.send(()).unwrap();
    stop.await.unwrap();
    lab.ask(&scribe, Double(1)).await.unwrap_err();
    let counters = lab.counters();
    assert_eq!((counters.sent, counters.handled, counters.dead, counters.queued), (7, 1, 6, 0));
}

/// I1, at any moment at which nothing is in flight.
#[test]
fn the_counters_add_up_while_actors_leave() {
    two_threads().block_on(async {
        let lab = lab().await;
        for _ in 0..10 {
            let mut scribes = Vec::new();
            for _ in 0..200 {
                let scribe = lab.spawn(Scribe::default()).await.unwrap();
                for n in 0..3 {
                    lab.tell(&scribe, Note(n)).await.unwrap();
                }
                scribes.push(scribe);
            }
            lab.quiet().await;
            let counters = lab.counters();
            let leaving = tokio::spawn({
                let lab = lab.clone();
                async move {
                    for scribe in scribes {
                        lab.stop(&scribe).await;
                    }
                }
            });
            while !leaving.is_finished() {
                assert_eq!(lab.counters(), counters);
            }
        }
    });
}

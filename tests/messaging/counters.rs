//! Message counters: sent is the sum of handled, failed, dead and queued; every message has exactly one outcome.

use airssys_rt::prelude::*;
use airssys_rt_tests::{
    Clock, Deadline, Double, Fail, Hold, Lab, Listener, Note, Panic, Pass, Relay, Scribe, Tick, lab,
    on_every_runtime, settle, two_threads,
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
fn sent_is_the_sum_of_handled_failed_dead_and_queued() {
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
        // 20 passes, 20 notes that they cause, 20 doubles, 20 ticks, 16 of these with two events for two listeners each,
        // and the two messages that fail.
        assert_eq!(counters.sent, 20 + 20 + 20 + 20 + 16 * 4 + 2);
        assert_eq!((counters.failed, counters.dead, counters.queued), (4 + 2, 0, 0));
    });
}

/// I1: the messages that a stopped actor leaves are dead, and so is an ask of a stopped actor, because the asker does not get
/// its message back. A message that an error gives back is not counted.
#[tokio::test(start_paused = true)]
async fn unhandled_messages_are_dead() {
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

/// I1, at each moment at which no message is in flight.
#[test]
fn the_counters_add_up_while_actors_stop() {
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
            lab.idle().await;
            let counters = lab.counters();
            let leaving = tokio::spawn({
                let lab = lab.clone();
                async move {
                    for scribe in scribes {
                        lab.stop(&scribe).await;
                    }
                }
            });
            let deadline = Deadline::new("the actors have stopped");
            while !leaving.is_finished() {
                deadline.check();
                assert_eq!(lab.counters(), counters);
            }
        }
    });
}

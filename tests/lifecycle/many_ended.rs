//! Actors that have ended cost nothing: events, counters, snapshots and a wait for idleness depend on the live actors only.

use airssys_rt::prelude::*;
use airssys_rt_tests::{Lab, Listener, Log, Ticked, lab, paused, poll_once};
use std::{
    collections::HashSet,
    hint::black_box,
    pin::pin,
    time::{Duration, Instant},
};

const ENDED: usize = 50_000;

/// The time of each call, the best of several rounds.
fn time(mut call: impl FnMut()) -> Duration {
    let rounds = (0..10).map(|_| {
        let begin = Instant::now();
        (0..10).for_each(|_| call());
        begin.elapsed() / 10
    });
    rounds.min().unwrap()
}

fn times(lab: &ActorSystem<Lab>) -> [(&'static str, Duration); 4] {
    [
        ("an event", time(|| drop(black_box(poll_once(pin!(lab.publish(Ticked(1)))))))),
        ("counters", time(|| _ = black_box(lab.counters()))),
        ("actors", time(|| drop(black_box(lab.actors())))),
        ("idle", time(|| _ = black_box(poll_once(pin!(lab.idle()))))),
    ]
}

#[test]
fn what_walks_over_all_actors_walks_over_the_live_ones() {
    paused().block_on(async {
        let (lab, heard) = (lab().await, Log::default());
        lab.spawn(Listener { heard: heard.clone() }).await.unwrap();
        let before = times(&lab);
        let mut listeners = Vec::new();
        for _ in 0..ENDED {
            listeners.push(lab.spawn(Listener::default()).await.unwrap());
        }
        for listener in &listeners {
            lab.stop(listener).await;
        }
        assert_eq!(lab.actors().len(), 1);
        lab.idle().await;
        let after = times(&lab);
        for ((what, before), (_, after)) in before.into_iter().zip(after) {
            let most = 20 * before.max(Duration::from_micros(2));
            assert!(after < most, "{what}: {before:?}, and {after:?} after {ENDED} actors");
        }
        lab.idle().await;
        assert_eq!(heard.read().len(), 2 * 100, "each event is heard once");
    });
}

/// The places of actors that have ended are used again in any order, and each live actor hears each event once.
#[test]
fn each_live_actor_hears_an_event_while_others_come_and_go() {
    paused().block_on(async {
        let lab = lab().await;
        let mut live: Vec<(ActorRef<Listener>, Log, usize)> = Vec::new();
        let (mut random, mut ids) = (7_u64, HashSet::new());
        for round in 0..2_000_u64 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let pick = (random >> 33) as usize;
            if live.len() < 2 || (pick.is_multiple_of(2) && live.len() < 200) {
                let heard = Log::default();
                let listener = lab.spawn(Listener { heard: heard.clone() }).await.unwrap();
                assert!(ids.insert(listener.id()), "no id is used twice");
                live.push((listener, heard, 0));
            } else {
                let (listener, heard, expected) = live.swap_remove(pick / 2 % live.len());
                lab.stop(&listener).await;
                assert_eq!(heard.read().len(), expected);
            }
            assert_eq!(lab.publish(Ticked(round)).await.unwrap().receivers, live.len());
            live.iter_mut().for_each(|(.., expected)| *expected += 1);
            lab.idle().await;
        }
        for (listener, heard, expected) in &live {
            assert_eq!(heard.read().len(), *expected);
            assert!(lab.actors().iter().any(|info| info.id == listener.id()));
        }
        assert_eq!(lab.actors().len(), live.len());
    });
}

//! Events: delivered to each subscriber once, after the answer; a failed handler publishes none; full subscribers.

use airssys_rt::prelude::*;
use airssys_rt_tests::{Clock, Deadline, Hold, Listener, Log, Tick, Ticked, lab, on_every_runtime, settle};

/// BR-01
#[test]
fn each_subscriber_receives_an_event_once() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let logs = [Log::default(), Log::default(), Log::default()];
        for log in &logs {
            lab.spawn(Listener { heard: log.clone() }).await.unwrap();
        }
        assert_eq!(lab.publish(Ticked(1)).await.unwrap().receivers, 3);
        let clock = lab.spawn(Clock).await.unwrap();
        lab.ask(&clock, Tick { n: 2, fails: false }).await.unwrap();
        lab.shutdown().await.unwrap();
        assert_eq!(logs.map(|log| log.read()), [(); 3].map(|()| vec!["1", "2", "3"]));
    });
}

/// Decision "publish without subscribers"
#[test]
fn an_event_without_subscribers_has_no_receivers() {
    on_every_runtime(|| async {
        assert_eq!(lab().await.publish(Ticked(1)).await.unwrap().receivers, 0);
    });
}

/// Decision "a handler that returns `Fault` or panics": its events are not published.
#[test]
fn a_handler_that_fails_publishes_nothing() {
    on_every_runtime(|| async {
        let (lab, heard) = (lab().await, Log::default());
        lab.spawn(Listener { heard: heard.clone() }).await.unwrap();
        let clock = lab.spawn(Clock).await.unwrap();
        lab.ask(&clock, Tick { n: 1, fails: true }).await.unwrap_err();
        lab.ask(&clock, Tick { n: 5, fails: false }).await.unwrap();
        lab.shutdown().await.unwrap();
        assert_eq!(heard.read(), ["5", "6"]);
    });
}

/// BR-02, and the decision "events and the reply"
#[tokio::test(start_paused = true)]
async fn a_full_subscriber_delays_the_publisher_and_not_its_answer() {
    let (lab, slow, fast) = (lab().await, Log::default(), Log::default());
    let full = lab.spawn(Listener { heard: slow.clone() }).capacity(1).await.unwrap();
    lab.spawn(Listener { heard: fast.clone() }).await.unwrap();
    let clock = lab.spawn(Clock).await.unwrap();
    let (hold, held, release) = Hold::new();
    lab.tell(&full, hold).await.unwrap();
    held.await.unwrap();
    // The answer arrives although the events wait.
    assert_eq!(lab.ask(&clock, Tick { n: 1, fails: false }).await, Ok(1));
    settle().await;
    assert_eq!(fast.read(), ["1"], "the second event does not overtake the first");
    let next = tokio::spawn({
        let (lab, clock) = (lab.clone(), clock.clone());
        async move { lab.ask(&clock, Tick { n: 3, fails: false }).await }
    });
    settle().await;
    assert!(!next.is_finished(), "the publisher waits");
    release.send(()).unwrap();
    assert_eq!(next.await.unwrap(), Ok(3));
    lab.shutdown().await.unwrap();
    let all = ["1", "2", "3", "4"];
    assert_eq!((slow.read(), fast.read()), (all.map(String::from).to_vec(), all.map(String::from).to_vec()));
}

/// BR-02 for the other policies: the event is dead for the subscriber that is full.
#[tokio::test(start_paused = true)]
async fn a_full_subscriber_that_drops_loses_the_event_and_delays_no_task() {
    for overflow in [Overflow::Drop, Overflow::Error] {
        let (lab, heard) = (lab().await, Log::default());
        let listener = Listener { heard: heard.clone() };
        let full = lab.spawn(listener).capacity(1).overflow(overflow).await.unwrap();
        let (hold, held, release) = Hold::new();
        lab.tell(&full, hold).await.unwrap();
        held.await.unwrap();
        assert_eq!(lab.publish(Ticked(1)).await.unwrap().receivers, 0);
        let counters = lab.counters();
        assert_eq!((counters.sent, counters.dead), (2, 1));
        release.send(()).unwrap();
        settle().await;
        assert_eq!(lab.publish(Ticked(2)).await.unwrap().receivers, 1);
        lab.shutdown().await.unwrap();
        assert_eq!(heard.read(), ["2"]);
    }
}

/// BR-10
#[tokio::test(start_paused = true)]
async fn an_event_from_outside_is_given_back_once_the_system_shuts_down() {
    let lab = lab().await;
    lab.shutdown().await.unwrap();
    let Err(PublishError::ShuttingDown(Ticked(9))) = lab.publish(Ticked(9)).await else {
        panic!("published")
    };
}

/// BR-14
#[test]
fn actors_that_start_and_stop_during_a_fan_out_leak_nothing() {
    airssys_rt_tests::two_threads().block_on(async {
        let lab = lab().await;
        let publisher = tokio::spawn({
            let lab = lab.clone();
            async move {
                let mut receivers = 0;
                for n in 0..2000 {
                    receivers += lab.publish(Ticked(n)).await.unwrap().receivers as u64;
                    if n % 16 == 0 {
                        tokio::task::yield_now().await;
                    }
                }
                receivers
            }
        });
        let deadline = Deadline::new("the publisher has finished");
        while !publisher.is_finished() {
            deadline.check();
            let listener = lab.spawn(Listener::default()).await.unwrap();
            tokio::task::yield_now().await;
            lab.stop(&listener).await;
        }
        let receivers = publisher.await.unwrap();
        let counters = lab.counters();
        assert_eq!(counters.queued, 0);
        assert_eq!(counters.sent, counters.handled + counters.dead);
        assert!(counters.sent >= receivers);
        assert_eq!(lab.publish(Ticked(0)).await.unwrap().receivers, 0);
    });
}

/// J3
#[tokio::test(start_paused = true)]
async fn a_full_subscriber_does_not_delay_another_full_subscriber() {
    let (lab, free) = (lab().await, Log::default());
    let never = lab.spawn(Listener::default()).capacity(1).await.unwrap();
    let soon = lab.spawn(Listener { heard: free.clone() }).capacity(1).await.unwrap();
    let (first, first_held, _never) = Hold::new();
    let (second, second_held, release) = Hold::new();
    lab.tell(&never, first).await.unwrap();
    lab.tell(&soon, second).await.unwrap();
    first_held.await.unwrap();
    second_held.await.unwrap();
    let _publish = tokio::spawn({
        let lab = lab.clone();
        async move { lab.publish(Ticked(7)).await }
    });
    settle().await;
    release.send(()).unwrap();
    settle().await;
    assert_eq!(free.read(), ["7"]);
}

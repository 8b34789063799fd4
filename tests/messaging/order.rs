//! Message order: messages of one sender to one receiver arrive in the order in which they were sent (FIFO).

use airssys_rt_tests::{
    Clock, Hold, Listener, Log, Mix, Note, Read, Relay, Scribe, Tick, lab, on_every_runtime, paused, settle,
    two_threads,
};

/// B12, OR-01
#[test]
fn eight_senders_each_keep_their_order() {
    const SENDERS: u64 = 8;
    const EACH: u64 = 1000;
    two_threads().block_on(async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).capacity(16).await.unwrap();
        let senders: Vec<_> = (0..SENDERS)
            .map(|sender| {
                let (lab, scribe) = (lab.clone(), scribe.clone());
                tokio::spawn(async move {
                    for n in 0..EACH {
                        lab.tell(&scribe, Note(sender * EACH + n)).await.unwrap();
                    }
                })
            })
            .collect();
        for sender in senders {
            sender.await.unwrap();
        }
        let notes = lab.ask(&scribe, Read).await.unwrap();
        assert_eq!(notes.len() as u64, SENDERS * EACH);
        for sender in 0..SENDERS {
            let own: Vec<_> = notes.iter().filter(|n| *n / EACH == sender).collect();
            assert!(own.is_sorted(), "sender {sender}");
        }
    });
}

/// S4, OR-02
#[test]
fn an_ask_does_not_overtake_a_tell() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        for n in 0..100 {
            lab.tell(&scribe, Note(n)).await.unwrap();
            assert_eq!(lab.ask(&scribe, Read).await.unwrap().last(), Some(&n));
        }
        let relay = lab.spawn(Relay { to: scribe }).await.unwrap();
        assert_eq!(lab.ask(&relay, Mix(100)).await, Ok(100));
    });
}

/// OR-03
#[test]
fn order_holds_across_clones_of_the_address() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).await.unwrap();
        let clones: Vec<_> = (0..4).map(|_| scribe.clone()).collect();
        for n in 0..100 {
            lab.tell(&clones[n % 4], Note(n as u64)).await.unwrap();
        }
        assert_eq!(lab.ask(&scribe, Read).await.unwrap(), (0..100).collect::<Vec<_>>());
    });
}

/// OR-04
#[test]
fn waiting_senders_are_accepted_in_fifo_order() {
    paused().block_on(async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).capacity(1).await.unwrap();
        let (hold, held, release) = Hold::new();
        lab.tell(&scribe, hold).await.unwrap();
        held.await.unwrap();
        // Ten senders wait, one after the other, with two messages each.
        let mut senders = Vec::new();
        for sender in 0..10 {
            let (lab, scribe) = (lab.clone(), scribe.clone());
            senders.push(tokio::spawn(async move {
                lab.tell(&scribe, Note(sender * 10)).await.unwrap();
                lab.tell(&scribe, Note(sender * 10 + 1)).await.unwrap();
            }));
            settle().await;
        }
        release.send(()).unwrap();
        for sender in senders {
            sender.await.unwrap();
        }
        let notes = lab.ask(&scribe, Read).await.unwrap();
        let first: Vec<_> = notes.iter().filter(|n| *n % 10 == 0).copied().collect();
        assert_eq!(first, (0..10).map(|sender| sender * 10).collect::<Vec<_>>());
        for sender in 0..10 {
            let at = |n: u64| notes.iter().position(|note| *note == n);
            assert!(at(sender * 10) < at(sender * 10 + 1), "sender {sender}: {notes:?}");
        }
    });
}

/// OR-05
#[test]
fn events_of_one_publisher_arrive_in_order() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let logs = [Log::default(), Log::default()];
        for log in &logs {
            // The mailbox is so small that most events must wait.
            lab.spawn(Listener { heard: log.clone() }).capacity(1).await.unwrap();
        }
        let clock = lab.spawn(Clock).await.unwrap();
        for n in 0..50 {
            lab.ask(&clock, Tick { n: n * 2, fails: false }).await.unwrap();
        }
        lab.shutdown().await.unwrap();
        let all: Vec<_> = (0..100).map(|n| n.to_string()).collect();
        assert_eq!(logs.map(|log| log.read()), [all.clone(), all]);
    });
}

/// OR-06: a publish and a tell have no guaranteed order; both are guaranteed to arrive.
#[test]
fn a_publish_and_a_tell_both_arrive() {
    on_every_runtime(|| async {
        let (lab, log) = (lab().await, Log::default());
        let listener = lab.spawn(Listener { heard: log.clone() }).await.unwrap();
        lab.publish(airssys_rt_tests::Ticked(7)).await.unwrap();
        let (hold, held, release) = Hold::new();
        lab.tell(&listener, hold).await.unwrap();
        held.await.unwrap();
        release.send(()).unwrap();
        lab.shutdown().await.unwrap();
        assert_eq!(log.read(), ["7"]);
    });
}

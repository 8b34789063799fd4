//! The store of dead letters: bounded, readable, replayable, streamed, and it never delays a sender.

use airssys_rt::{
    broker::{
        Received, TryRecvError,
        dead_letters::{DeadLetter, Reason, StoredLetter},
    },
    prelude::*,
};
use airssys_rt_tests::{
    Deadline, Fail, Hold, Lab, LabMessage, Listener, Log, Note, Read, Scribe, Ticked, lab, lab_with,
    on_every_runtime,
};
use tokio::sync::oneshot;

/// A scribe of capacity one whose handler waits until it is released: every further message to it is dead.
async fn blocked(lab: &ActorSystem<Lab>) -> (ActorRef<Scribe>, oneshot::Sender<()>) {
    let scribe = lab.spawn(Scribe::default()).capacity(1).overflow(Overflow::Drop).await.unwrap();
    let (hold, held, release) = Hold::new();
    lab.tell(&scribe, hold).await.unwrap();
    held.await.unwrap();
    (scribe, release)
}

fn fill_store(lab: &ActorSystem<Lab>, blocked: &ActorRef<Scribe>, notes: impl Iterator<Item = u64>) {
    for n in notes {
        assert_eq!(lab.try_tell(blocked, Note(n)).unwrap(), Sent::Dropped);
    }
}

fn notes(letters: &[StoredLetter<LabMessage>]) -> usize {
    letters.iter().filter(|buried| buried.message.is_some()).count()
}

/// H2: the oldest letters are discarded first, and counted.
#[test]
fn the_store_keeps_the_newest() {
    on_every_runtime(|| async {
        let lab = lab_with(SystemConfig::default().with_dead_letters(3)).await;
        let (blocked, _release) = blocked(&lab).await;
        fill_store(&lab, &blocked, 0..10);
        let letters = lab.dead_letters();
        assert_eq!((letters.count(), letters.len(), letters.evicted()), (10, 3, 7));
        let ids: Vec<_> = letters.inspect().iter().map(|letter| letter.id).collect();
        assert!(ids.is_sorted() && ids.len() == 3, "{ids:?}");
        let taken = letters.drain();
        assert_eq!(taken.iter().map(|buried| buried.letter.id).collect::<Vec<_>>(), ids);
        assert_eq!(notes(&taken), 3);
        assert!(letters.is_empty());
        fill_store(&lab, &blocked, 0..1);
        assert_eq!((letters.count(), letters.len(), letters.evicted()), (11, 1, 7));
        assert!(letters.inspect()[0].id > ids[2], "ids are not used again");
    });
}

/// H2: a store of capacity zero counts.
#[test]
fn a_store_of_capacity_zero_only_counts() {
    on_every_runtime(|| async {
        let lab = lab_with(SystemConfig::default().with_dead_letters(0)).await;
        let (blocked, _release) = blocked(&lab).await;
        fill_store(&lab, &blocked, 0..10);
        let letters = lab.dead_letters();
        assert_eq!((letters.count(), letters.len(), letters.evicted()), (10, 0, 10));
        assert_eq!(letters.count_of(Reason::Full), 10);
    });
}

/// H2: a replay sends the letters again, to their recipients.
#[test]
fn replayed_letters_are_delivered_in_order() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let (scribe, release) = blocked(&lab).await;
        fill_store(&lab, &scribe, 1..=5);
        release.send(()).unwrap();
        lab.idle().await;
        let letters = lab.dead_letters().drain();
        // The mailbox has capacity for one: the other letters are dropped again.
        assert_eq!(lab.replay(letters).await + lab.dead_letters().len(), 5);
        let deadline = Deadline::new("all letters are delivered");
        while !lab.dead_letters().is_empty() {
            deadline.check();
            lab.idle().await;
            lab.replay(lab.dead_letters().drain()).await;
        }
        lab.idle().await;
        let mut read = lab.ask(&scribe, Read).await.unwrap();
        assert_eq!(read.len(), 5);
        read.sort_unstable();
        assert_eq!(read, [1, 2, 3, 4, 5], "each once");
    });
}

/// H2: a replayed event goes to the present subscribers; a letter without its message is skipped; a letter that cannot be
/// delivered is dead again.
#[test]
fn a_replay_reaches_the_present_recipients() {
    on_every_runtime(|| async {
        let lab = lab_with(SystemConfig::default().with_unsubscribed_events_as_dead_letters(true)).await;
        let heard = Log::default();
        lab.publish(Ticked(7)).await.unwrap();
        let scribe = lab.spawn(Scribe { resumes: true, ..Scribe::default() }).await.unwrap();
        lab.ask(&scribe, Fail).await.unwrap_err();
        lab.idle().await;
        let (blocked, _release) = blocked(&lab).await;
        fill_store(&lab, &blocked, 0..1);
        lab.kill(&blocked).await;
        let before = lab.dead_letters().count();
        lab.spawn(Listener { heard: heard.clone() }).await.unwrap();
        let letters = lab.dead_letters().drain();
        assert_eq!(lab.replay(letters).await, 1);
        lab.idle().await;
        assert_eq!(heard.read(), ["7"]);
        assert_eq!(lab.dead_letters().count(), before + 1);
        let letter = lab.dead_letters().inspect().remove(0);
        assert_eq!((letter.reason, letter.target), (Reason::Stopped, Some(blocked.id())));
    });
}

/// H3, H4
#[test]
fn a_stream_has_every_dead_letter_from_now_on_and_ends_with_the_system() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let (blocked, release) = blocked(&lab).await;
        fill_store(&lab, &blocked, 0..1);
        let mut stream = lab.dead_letters().subscribe(16);
        assert_eq!(stream.try_recv().unwrap_err(), TryRecvError::Empty);
        fill_store(&lab, &blocked, 1..4);
        drop(release);
        lab.shutdown().await.unwrap();
        let mut seen = Vec::new();
        while let Some(received) = stream.recv().await {
            let Received::Item(letter) = received else { panic!("{received:?}") };
            seen.push(letter);
        }
        assert_eq!(seen, lab.dead_letters().inspect()[1..]);
        assert!(seen.iter().all(|letter: &DeadLetter| letter.reason == Reason::Full));
        assert_eq!(seen.len(), 3);
        assert!(
            lab.dead_letters().subscribe(1).recv().await.is_none(),
            "after the end there is nothing to come"
        );
    });
}

/// DL-13: letters that a full stream misses are counted, and make no further dead letters.
#[test]
fn a_full_stream_makes_no_dead_letters_of_dead_letters() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let (blocked, _release) = blocked(&lab).await;
        let mut stream = lab.dead_letters().subscribe(2);
        fill_store(&lab, &blocked, 0..10);
        let letters = lab.dead_letters();
        assert_eq!((letters.count(), letters.len(), letters.lost()), (10, 10, 8));
        assert!(matches!(stream.try_recv(), Ok(Received::Item(_))));
        assert!(matches!(stream.try_recv(), Ok(Received::Item(_))));
        assert!(matches!(stream.try_recv(), Ok(Received::Lagged(8))));
        drop(stream);
        fill_store(&lab, &blocked, 0..10);
        assert_eq!((letters.count(), letters.lost()), (20, 8), "without a stream no letter is missed");
    });
}

/// DL-14
#[test]
fn dead_letters_without_a_reader_are_only_counted() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let (blocked, _release) = blocked(&lab).await;
        fill_store(&lab, &blocked, 0..5000);
        let letters = lab.dead_letters();
        assert_eq!(
            (letters.count(), letters.len(), letters.evicted(), letters.lost()),
            (5000, 1000, 4000, 0)
        );
        assert_eq!((lab.counters().sent, lab.counters().dead), (5001, 5000));
    });
}

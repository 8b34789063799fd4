//! The mailbox under loom and shuttle: whatever meets here, no message is lost or doubled and nobody sleeps for ever.
//! A model that hangs is reported as a deadlock.

use crate::{
    mailbox::{Intake, Mailbox, Overflow, Policy, Push, PushError, Taken},
    sync::{
        Arc,
        check::{block_on, check, thread},
    },
};
use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

type Queue = Arc<Mailbox<u32>>;

fn mailbox(capacity: u32, queued: &[u32]) -> Queue {
    let mailbox = Mailbox::new(Policy::bounded(capacity), ());
    for item in queued {
        assert!(mailbox.try_push(*item).is_ok());
    }
    Arc::new(mailbox)
}

fn spawn<T: Send + 'static>(
    mailbox: &Queue,
    code: impl FnOnce(&Queue) -> T + Send + 'static,
) -> thread::JoinHandle<T> {
    let mailbox = mailbox.clone();
    thread::spawn(move || code(&mailbox))
}

/// Takes what is queued, or waits for something.
fn take(mailbox: &Queue, intake: &mut Intake<u32>) -> Option<Vec<u32>> {
    match block_on(mailbox.take(intake)) {
        Taken::Item(item) => Some(std::iter::once(item).chain(intake.drain()).collect()),
        Taken::Signal | Taken::Closed => None,
    }
}

/// Takes it as an actor that has just begun.
fn take_first(mailbox: &Queue) -> Option<Vec<u32>> {
    take(mailbox, &mut Intake::new())
}

/// Handles whatever comes until there are so many, giving back the room of each.
fn handle(mailbox: &Queue, intake: &mut Intake<u32>, count: usize) -> Vec<u32> {
    let mut handled = Vec::new();
    while handled.len() < count {
        for item in take(mailbox, intake).unwrap() {
            handled.push(item);
            mailbox.handled(true);
        }
    }
    handled
}

#[test]
fn a_push_wakes_the_actor() {
    check(|| {
        let mailbox = mailbox(2, &[]);
        let sender = spawn(&mailbox, |mailbox| mailbox.try_push(1).is_ok());
        assert_eq!(take_first(&mailbox), Some(vec![1]));
        assert!(sender.join().unwrap());
    });
}

/// MB-09
#[test]
fn a_push_that_meets_the_close_is_handled_or_given_back() {
    check(|| {
        let mailbox = mailbox(2, &[]);
        let sender = spawn(&mailbox, |mailbox| match mailbox.try_push(1) {
            Ok(_) => true,
            Err(PushError::Closed(item)) => {
                assert_eq!(item, 1);
                false
            }
            Err(PushError::Full(_)) => panic!("there is room"),
        });
        let closer = spawn(&mailbox, |mailbox| mailbox.close());
        let (mut intake, mut handled) = (Intake::new(), Vec::new());
        while let Some(batch) = take(&mailbox, &mut intake) {
            handled.extend(batch);
        }
        closer.join().unwrap();
        assert_eq!(handled.len(), usize::from(sender.join().unwrap()));
    });
}

/// MB-09, MB-12: a sender that waits while the actor ends.
#[test]
fn a_push_that_waits_is_let_in_or_given_back_at_the_end() {
    check(|| {
        let mailbox = mailbox(1, &[0]);
        let sender = spawn(&mailbox, |mailbox| block_on(Push::new(mailbox, 1)));
        assert_eq!(take_first(&mailbox), Some(vec![0]));
        mailbox.handled(true);
        let rest = mailbox.end().queue;
        match sender.join().unwrap() {
            Ok(()) => assert_eq!(rest, [1]),
            Err(item) => assert_eq!((item, rest.len()), (1, 0)),
        }
    });
}

/// MB-01: whoever waits for room is let in when there is some.
#[test]
fn room_goes_to_those_who_wait() {
    check(|| {
        let mailbox = mailbox(1, &[0]);
        let senders = [1, 2].map(|item| spawn(&mailbox, move |mailbox| block_on(Push::new(mailbox, item))));
        let mut handled = handle(&mailbox, &mut Intake::new(), 3);
        handled.sort_unstable();
        assert_eq!(handled, [0, 1, 2]);
        for sender in senders {
            assert_eq!(sender.join().unwrap(), Ok(()));
        }
    });
}

/// MB-01: room that is not given back after each message is given back when a handler waits.
#[test]
fn a_handler_that_waits_lets_others_in() {
    check(|| {
        let mailbox = mailbox(2, &[1, 2]);
        let sender = spawn(&mailbox, |mailbox| block_on(Push::new(mailbox, 3)));
        let mut intake = Intake::new();
        // One task, as an actor's: it takes two, has handled one of them, and the handler of the other waits.
        block_on(poll_fn(|cx| {
            let take = pin!(mailbox.take(&mut intake));
            assert!(matches!(take.poll(cx), Poll::Ready(Taken::Item(1))));
            mailbox.handled(false);
            mailbox.release_capacity(cx.waker());
            Poll::Ready(())
        }));
        assert_eq!(sender.join().unwrap(), Ok(()));
        assert_eq!(mailbox.progress(), (3, 1));
    });
}

/// MB-01: a push that is given up loses its message only, and holds no room.
#[test]
fn a_push_that_is_given_up_holds_no_room() {
    check(|| {
        let mailbox = mailbox(1, &[0]);
        let sender = spawn(&mailbox, |mailbox| {
            let mut push = Push::new(mailbox, 1);
            match Pin::new(&mut push).poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(let_in) => let_in.is_ok(),
                Poll::Pending => push.take_back().is_none(),
            }
        });
        assert_eq!(take_first(&mailbox), Some(vec![0]));
        mailbox.handled(true);
        let let_in = sender.join().unwrap();
        assert_eq!(mailbox.try_push(2).is_ok(), !let_in);
        assert_eq!(take_first(&mailbox), Some(vec![if let_in { 1 } else { 2 }]));
    });
}

/// A kill reaches an actor that waits, or is about to.
#[test]
fn a_kill_wakes_the_actor() {
    check(|| {
        let mailbox = mailbox(1, &[]);
        let killer = spawn(&mailbox, |mailbox| mailbox.kill());
        assert_eq!(take_first(&mailbox), None);
        assert!(mailbox.is_killed());
        killer.join().unwrap();
    });
}

/// A kill reaches an actor whose handler waits for something else: it is woken, and the flag is there to be seen.
#[test]
fn a_kill_wakes_a_handler_that_waits() {
    check(|| {
        let mailbox = mailbox(1, &[0]);
        let killer = spawn(&mailbox, |mailbox| mailbox.kill());
        let (mut intake, mut taken) = (Intake::new(), false);
        // As the guard and the loop do it: look for a kill, poll; before a handler begins, look for any signal.
        block_on(poll_fn(|cx| {
            if mailbox.is_killed() {
                return Poll::Ready(());
            }
            if !taken {
                let take = pin!(mailbox.take(&mut intake));
                taken = take.poll(cx).is_ready();
            }
            if mailbox.is_signalled() {
                return Poll::Ready(());
            }
            mailbox.release_capacity(cx.waker());
            Poll::Pending
        }));
        killer.join().unwrap();
    });
}

/// A stop lets the actor take what is queued or hear of the stop, and lets nothing more in.
#[test]
fn a_stop_that_meets_a_push_leaves_nothing_unaccounted() {
    check(|| {
        let mailbox = mailbox(2, &[]);
        let sender = spawn(&mailbox, |mailbox| usize::from(mailbox.try_push(1).is_ok()));
        let stopper = spawn(&mailbox, |mailbox| mailbox.stop());
        let (mut intake, mut taken) = (Intake::new(), 0);
        while let Some(batch) = take(&mailbox, &mut intake) {
            taken += batch.len();
        }
        let rest = mailbox.end().queue.len();
        assert_eq!(taken + rest, sender.join().unwrap());
        stopper.join().unwrap();
        assert!(matches!(mailbox.try_push(2), Err(PushError::Closed(2))));
    });
}

/// A sender that waits for room while its actor is stopped and begins again: it is let in by the next incarnation.
#[test]
fn a_push_that_waits_outlasts_a_restart() {
    check(|| {
        let mailbox = mailbox(1, &[7]);
        mailbox.set_supervised();
        let sender = spawn(&mailbox, |mailbox| block_on(Push::new(mailbox, 8)));
        let stopper = spawn(&mailbox, |mailbox| mailbox.stop());
        let (mut intake, mut handled) = (Intake::new(), Vec::new());
        while handled.len() < 2 {
            match take(&mailbox, &mut intake) {
                Some(batch) => {
                    for item in batch {
                        handled.push(item);
                        mailbox.handled(false);
                    }
                }
                None => mailbox.reopen(),
            }
        }
        assert_eq!(handled, [7, 8]);
        assert_eq!(sender.join().unwrap(), Ok(()));
        stopper.join().unwrap();
    });
}

/// Whoever waits for quiet hears of it, and only once all that was let in before is handled.
#[test]
fn quiet_comes_after_what_was_let_in() {
    check(|| {
        let mailbox = mailbox(2, &[7]);
        let actor = spawn(&mailbox, |mailbox| {
            let mut intake = Intake::new();
            let handled = handle(mailbox, &mut intake, 1);
            assert_eq!(take(mailbox, &mut intake), None);
            handled
        });
        block_on(poll_fn(|cx| mailbox.poll_idle(cx)));
        assert_eq!(mailbox.progress(), (1, 1));
        mailbox.stop();
        assert_eq!(actor.join().unwrap(), [7]);
    });
}

/// An end is quiet as well: nobody waits for an actor that is gone.
#[test]
fn quiet_comes_with_the_end() {
    check(|| {
        let mailbox = Arc::new(Mailbox::new(Policy::bounded(1).with_overflow(Overflow::Error), ()));
        assert!(mailbox.try_push(7).is_ok());
        let actor = spawn(&mailbox, |mailbox| mailbox.end().queue);
        block_on(poll_fn(|cx| mailbox.poll_idle(cx)));
        assert_eq!(actor.join().unwrap(), [7]);
    });
}

/// An actor that waits without a look behind the lock misses nothing: neither a message nor somebody who waits for quiet.
#[test]
fn an_actor_that_has_handled_everything_misses_nothing() {
    check(|| {
        let mailbox = mailbox(100, &[1]);
        let actor = spawn(&mailbox, |mailbox| {
            let mut intake = Intake::new();
            let mut handled = Vec::new();
            while let Some(batch) = take(mailbox, &mut intake) {
                for item in batch {
                    handled.push(item);
                    mailbox.handled(false);
                }
            }
            handled
        });
        let sender = spawn(&mailbox, |mailbox| mailbox.try_push(2).is_ok());
        block_on(poll_fn(|cx| mailbox.poll_idle(cx)));
        assert!(sender.join().unwrap());
        block_on(poll_fn(|cx| mailbox.poll_idle(cx)));
        assert_eq!(mailbox.progress(), (2, 2));
        mailbox.stop();
        assert_eq!(actor.join().unwrap(), [1, 2]);
    });
}

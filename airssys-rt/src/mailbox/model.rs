//! Model tests of the mailbox under loom and shuttle: no message is lost or handled twice, waiting tasks are woken.
//!
//! This holds in every interleaving. A model that hangs is reported as a deadlock.

use crate::{
    mailbox::{
        AcceptNotice, Batch, Mailbox, MailboxPolicy, NotAccepted, Overflow, Push, PushEnd, PushError,
        TakeResult,
    },
    sync::{
        Arc, AtomicUsize, Relaxed,
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
    let mailbox = Mailbox::new(MailboxPolicy::bounded(capacity), ());
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

/// Takes what is queued, or waits. `None` for a signal or a closed mailbox.
fn take(mailbox: &Queue, batch: &mut Batch<u32>) -> Option<Vec<u32>> {
    match block_on(mailbox.take(batch)) {
        TakeResult::Item(item) => Some(std::iter::once(item).chain(batch.drain()).collect()),
        TakeResult::Signal | TakeResult::Closed => None,
    }
}

/// Takes what is queued, as an actor that has just begun.
fn take_first(mailbox: &Queue) -> Option<Vec<u32>> {
    take(mailbox, &mut Batch::new())
}

/// Handles `count` messages, releasing the capacity of each.
fn handle(mailbox: &Queue, batch: &mut Batch<u32>, count: usize) -> Vec<u32> {
    let mut handled = Vec::new();
    while handled.len() < count {
        for item in take(mailbox, batch).unwrap() {
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
            Err(PushError { reason: NotAccepted::Closed, item }) => {
                assert_eq!(item, 1);
                false
            }
            Err(PushError { reason: NotAccepted::Full, .. }) => panic!("there is capacity"),
        });
        let closer = spawn(&mailbox, |mailbox| mailbox.close());
        let (mut batch, mut handled) = (Batch::new(), Vec::new());
        while let Some(items) = take(&mailbox, &mut batch) {
            handled.extend(items);
        }
        closer.join().unwrap();
        assert_eq!(handled.len(), usize::from(sender.join().unwrap()));
    });
}

/// MB-09, MB-12: a sender that is blocked while the actor ends.
#[test]
fn a_blocked_push_is_accepted_or_given_back_at_the_end() {
    check(|| {
        let mailbox = mailbox(1, &[0]);
        let sender = spawn(&mailbox, |mailbox| block_on(Push::new(mailbox, 1, None)));
        assert_eq!(take_first(&mailbox), Some(vec![0]));
        mailbox.handled(true);
        let rest = mailbox.end().queue;
        match sender.join().unwrap() {
            Ok(()) => assert_eq!(rest, [1]),
            Err(item) => assert_eq!((item, rest.len()), (1, 0)),
        }
    });
}

/// MB-01: a blocked sender is accepted when there is capacity.
#[test]
fn capacity_goes_to_blocked_senders() {
    check(|| {
        let mailbox = mailbox(1, &[0]);
        let senders =
            [1, 2].map(|item| spawn(&mailbox, move |mailbox| block_on(Push::new(mailbox, item, None))));
        let mut handled = handle(&mailbox, &mut Batch::new(), 3);
        handled.sort_unstable();
        assert_eq!(handled, [0, 1, 2]);
        for sender in senders {
            assert_eq!(sender.join().unwrap(), Ok(()));
        }
    });
}

/// MB-01: a sender that is blocked while the actor waits without the lock: it has handled everything, and has not counted the capacity.
#[test]
fn a_sender_that_is_blocked_while_its_actor_waits_is_accepted() {
    check(|| {
        let mailbox = mailbox(1, &[]);
        let sender = spawn(&mailbox, |mailbox| {
            assert!(mailbox.try_push(0).is_ok());
            block_on(Push::new(mailbox, 1, None))
        });
        let (mut batch, mut handled) = (Batch::new(), Vec::new());
        // One task: an actor that waits with the waker that the mailbox has does so without the lock.
        block_on(async {
            while handled.len() < 2 {
                let TakeResult::Item(item) = mailbox.take(&mut batch).await else { panic!("it is open") };
                handled.push(item);
                mailbox.handled(false);
                while let Some(item) = batch.pop() {
                    handled.push(item);
                    mailbox.handled(false);
                }
            }
        });
        assert_eq!(handled, [0, 1]);
        assert_eq!(sender.join().unwrap(), Ok(()));
    });
}

/// MB-12: a close gives a blocked sender its item back, although the actor takes nothing.
#[test]
fn a_close_wakes_a_blocked_sender() {
    check(|| {
        let mailbox = mailbox(1, &[0]);
        let sender = spawn(&mailbox, |mailbox| block_on(Push::new(mailbox, 1, None)));
        mailbox.close();
        assert_eq!(sender.join().unwrap(), Err(1));
        let mut batch = Batch::new();
        assert_eq!(take(&mailbox, &mut batch), Some(vec![0]));
        mailbox.handled(true);
        assert_eq!(take(&mailbox, &mut batch), None);
    });
}

/// MB-12: the same for an actor that stops itself, beside a sender that finds room or is blocked.
#[test]
fn an_actor_that_stops_itself_wakes_a_blocked_sender() {
    check(|| {
        let mailbox = mailbox(1, &[0]);
        let sender = spawn(&mailbox, |mailbox| block_on(Push::new(mailbox, 1, None)));
        let mut batch = Batch::new();
        assert_eq!(take(&mailbox, &mut batch), Some(vec![0]));
        mailbox.stop_after_this();
        mailbox.handled(true);
        assert_eq!(sender.join().unwrap(), Err(1));
        assert_eq!(take(&mailbox, &mut batch), None);
    });
}

/// MB-01: a push that is polled with one waker and then with another: the last one is woken.
#[test]
fn a_push_that_is_polled_with_two_wakers_wakes_the_last() {
    for closes in [false, true] {
        check(move || {
            let mailbox = mailbox(1, &[0]);
            let sender = spawn(&mailbox, |mailbox| {
                let mut push = Push::new(mailbox, 1, None);
                match Pin::new(&mut push).poll(&mut Context::from_waker(Waker::noop())) {
                    Poll::Ready(accepted) => accepted,
                    Poll::Pending => block_on(push),
                }
            });
            let mut batch = Batch::new();
            if closes {
                mailbox.close();
                assert_eq!(sender.join().unwrap(), Err(1));
                assert_eq!(take(&mailbox, &mut batch), Some(vec![0]));
            } else {
                assert_eq!(handle(&mailbox, &mut batch, 2), [0, 1]);
                assert_eq!(sender.join().unwrap(), Ok(()));
            }
        });
    }
}

/// MB-01: capacity that is not released after each message is released when a handler waits.
#[test]
fn a_handler_that_waits_releases_capacity() {
    check(|| {
        let mailbox = mailbox(2, &[1, 2]);
        let sender = spawn(&mailbox, |mailbox| block_on(Push::new(mailbox, 3, None)));
        let mut batch = Batch::new();
        // One task, like that of an actor: it takes two items, has handled one of them, and the handler of the other waits.
        block_on(poll_fn(|cx| {
            let take = pin!(mailbox.take(&mut batch));
            assert!(matches!(take.poll(cx), Poll::Ready(TakeResult::Item(1))));
            mailbox.handled(false);
            mailbox.release_capacity(cx.waker());
            Poll::Ready(())
        }));
        assert_eq!(sender.join().unwrap(), Ok(()));
        assert_eq!(mailbox.progress(), (3, 1));
    });
}

/// MB-01: a push that is given up drops its message only, and holds no capacity.
#[test]
fn a_push_that_is_given_up_holds_no_capacity() {
    check(|| {
        let mailbox = mailbox(1, &[0]);
        let sender = spawn(&mailbox, |mailbox| {
            let mut push = Push::new(mailbox, 1, None);
            match Pin::new(&mut push).poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(accepted) => accepted.is_ok(),
                Poll::Pending => matches!(push.end(), PushEnd::Accepted),
            }
        });
        assert_eq!(take_first(&mailbox), Some(vec![0]));
        mailbox.handled(true);
        let accepted = sender.join().unwrap();
        assert_eq!(mailbox.try_push(2).is_ok(), !accepted);
        assert_eq!(take_first(&mailbox), Some(vec![if accepted { 1 } else { 2 }]));
    });
}

/// The notice of a parked item is called once if the item is accepted, also if the push is given up then, and never otherwise.
#[test]
fn the_notice_of_a_push_is_called_if_its_item_is_accepted() {
    check(|| {
        let mailbox = mailbox(1, &[0]);
        let told = Arc::new(AtomicUsize::new(0));
        let of_notice = told.clone();
        let notice: AcceptNotice = Box::new(move || {
            of_notice.fetch_add(1, Relaxed);
        });
        let sender = spawn(&mailbox, |mailbox| {
            let mut push = Push::new(mailbox, 1, Some(notice));
            match Pin::new(&mut push).poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(accepted) => accepted.is_ok(),
                Poll::Pending => matches!(push.end(), PushEnd::Accepted),
            }
        });
        assert_eq!(take_first(&mailbox), Some(vec![0]));
        mailbox.handled(true);
        let accepted = sender.join().unwrap();
        assert_eq!(told.load(Relaxed), usize::from(accepted));
        assert_eq!(mailbox.end().queue.len(), usize::from(accepted));
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

/// A kill reaches an actor whose handler waits for something else: it is woken, and observes the flag.
#[test]
fn a_kill_wakes_a_handler_that_waits() {
    check(|| {
        let mailbox = mailbox(1, &[0]);
        let killer = spawn(&mailbox, |mailbox| mailbox.kill());
        let (mut batch, mut taken) = (Batch::new(), false);
        // Like the guard and the run loop: check for a kill, then poll; check for any signal before a handler begins.
        block_on(poll_fn(|cx| {
            if mailbox.is_killed() {
                return Poll::Ready(());
            }
            if !taken {
                let take = pin!(mailbox.take(&mut batch));
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

/// A stop lets the actor take what is queued or observe the stop, and no item is accepted after it.
#[test]
fn a_stop_that_meets_a_push_leaves_nothing_unaccounted() {
    check(|| {
        let mailbox = mailbox(2, &[]);
        let sender = spawn(&mailbox, |mailbox| usize::from(mailbox.try_push(1).is_ok()));
        let stopper = spawn(&mailbox, |mailbox| mailbox.stop());
        let (mut batch, mut taken) = (Batch::new(), 0);
        while let Some(items) = take(&mailbox, &mut batch) {
            taken += items.len();
        }
        let rest = mailbox.end().queue.len();
        assert_eq!(taken + rest, sender.join().unwrap());
        stopper.join().unwrap();
        assert!(matches!(mailbox.try_push(2), Err(PushError { reason: NotAccepted::Closed, item: 2 })));
    });
}

/// A sender that is blocked while its actor is stopped and starts again is accepted by the next incarnation.
#[test]
fn a_blocked_push_outlasts_a_restart() {
    check(|| {
        let mailbox = mailbox(1, &[7]);
        mailbox.set_supervised();
        let sender = spawn(&mailbox, |mailbox| block_on(Push::new(mailbox, 8, None)));
        let stopper = spawn(&mailbox, |mailbox| mailbox.stop());
        let (mut batch, mut handled) = (Batch::new(), Vec::new());
        while handled.len() < 2 {
            match take(&mailbox, &mut batch) {
                Some(items) => {
                    for item in items {
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

/// A task that waits until the actor is idle is woken, and only once every item accepted before is handled.
#[test]
fn idle_comes_after_all_accepted_items_are_handled() {
    check(|| {
        let mailbox = mailbox(2, &[7]);
        let actor = spawn(&mailbox, |mailbox| {
            let mut batch = Batch::new();
            let handled = handle(mailbox, &mut batch, 1);
            assert_eq!(take(mailbox, &mut batch), None);
            handled
        });
        block_on(poll_fn(|cx| mailbox.poll_idle(cx)));
        assert_eq!(mailbox.progress(), (1, 1));
        mailbox.stop();
        assert_eq!(actor.join().unwrap(), [7]);
    });
}

/// An actor that has ended counts as idle.
#[test]
fn idle_comes_with_the_end() {
    check(|| {
        let mailbox = Arc::new(Mailbox::new(MailboxPolicy::bounded(1).with_overflow(Overflow::Error), ()));
        assert!(mailbox.try_push(7).is_ok());
        let actor = spawn(&mailbox, |mailbox| mailbox.end().queue);
        block_on(poll_fn(|cx| mailbox.poll_idle(cx)));
        assert_eq!(actor.join().unwrap(), [7]);
    });
}

/// An actor that waits without taking the lock misses nothing: neither a message nor a task that waits until it is idle.
#[test]
fn an_actor_that_has_handled_everything_misses_nothing() {
    check(|| {
        let mailbox = mailbox(100, &[1]);
        let actor = spawn(&mailbox, |mailbox| {
            let mut batch = Batch::new();
            let mut handled = Vec::new();
            while let Some(items) = take(mailbox, &mut batch) {
                for item in items {
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

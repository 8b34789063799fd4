//! Events whose copies fail or are hostile: what some subscribers have is reported, and each message has one fate.

use airssys_rt::{prelude::*, testkit::Ledger};
use airssys_rt_tests::{poll_once, settle};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    thread,
};
use tokio::sync::oneshot;

/// What of an event panics.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Danger {
    /// The second copy.
    SecondCopy,
    /// The `Drop` of each event and copy that no handler has.
    Drop,
}

#[event]
struct News {
    danger: Danger,
    copies: Arc<AtomicU32>,
    handled: bool,
}

impl News {
    fn new(danger: Danger) -> Self {
        News { danger, copies: Arc::default(), handled: false }
    }
}

impl Clone for News {
    fn clone(&self) -> Self {
        let earlier = self.copies.fetch_add(1, Relaxed);
        assert!(self.danger != Danger::SecondCopy || earlier == 0, "the second copy fails");
        News { danger: self.danger, copies: self.copies.clone(), handled: false }
    }
}

impl Drop for News {
    fn drop(&mut self) {
        assert!(self.danger != Danger::Drop || self.handled || thread::panicking(), "the drop fails");
    }
}

/// Waits until the sender is dropped.
#[message]
struct Hold(oneshot::Receiver<()>);

struct First;

#[actor(mailbox(capacity = 1))]
impl First {
    #[handler]
    async fn hold(&mut self, Hold(release): Hold) {
        let _ = release.await;
    }

    #[on_event]
    fn news(&mut self, mut news: News) {
        news.handled = true;
    }
}

struct Second;

#[actor(mailbox(capacity = 1))]
impl Second {
    #[handler]
    async fn hold(&mut self, Hold(release): Hold) {
        let _ = release.await;
    }

    #[on_event]
    fn news(&mut self, mut news: News) {
        news.handled = true;
    }
}

#[actor_system(actors(First, Second), events(entry News))]
struct Press;

async fn press() -> ActorSystem<Press> {
    ActorSystem::start(SystemConfig::default()).await.unwrap()
}

/// The actors of the first type have the event, and the copy for the second type fails: the panic is that of the publisher.
#[tokio::test]
async fn a_copy_that_fails_after_other_subscribers_have_the_event() {
    let press = press().await;
    let ledger = Ledger::of(&press);
    press.spawn(First).await.unwrap();
    press.spawn(Second).await.unwrap();
    let mut publish = pin!(press.publish(News::new(Danger::SecondCopy)));
    let published = catch_unwind(AssertUnwindSafe(|| poll_once(publish.as_mut())));
    assert!(published.is_err());
    settle().await;
    let settled = ledger.settle(&press).await;
    assert_eq!((settled.counters.sent, settled.counters.handled), (1, 1));
}

/// The event itself and a copy that waits for capacity are dropped, and their `Drop` panics: the delivery to the other subscriber is
/// reported, and nothing is left of the wait.
#[tokio::test]
async fn a_drop_that_fails_while_a_publish_is_given_up() {
    let press = press().await;
    let ledger = Ledger::of(&press);
    let (first, second) = (press.spawn(First).await.unwrap(), press.spawn(Second).await.unwrap());
    let (release, hold) = oneshot::channel();
    press.tell(&second, Hold(hold)).await.unwrap();
    settle().await;
    {
        let mut publish = Box::pin(press.publish(News::new(Danger::Drop)));
        assert!(poll_once(publish.as_mut()).is_pending()); // the mailbox of `second` is full
    }
    drop(release);
    settle().await;
    let settled = ledger.settle(&press).await;
    assert_eq!((settled.counters.sent, settled.counters.handled), (2, 2));
    assert!(!first.is_alive());
}

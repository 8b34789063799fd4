//! User code that panics on purpose, and a watch for panics that are not on purpose: those are faults of the framework.

use airssys_rt_tests::test_broker::Dice;
use std::{
    any::Any,
    future::{Future, poll_fn},
    panic::{self, AssertUnwindSafe},
    pin::pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, Wake, Waker},
};

const MARK: &str = "hostile: ";

static UNEXPECTED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Panics on purpose.
pub(crate) fn hostile_panic(what: &str) -> ! {
    panic!("{MARK}{what}")
}

/// Keeps the panics that are not on purpose, and prints only these.
pub(crate) fn watch_panics() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let text = text(info.payload());
        if std::env::var_os("STORM_TRACE").is_some() {
            before(info);
        }
        if text.starts_with(MARK) || text.starts_with("a fault plan with seed ") {
            return;
        }
        UNEXPECTED.lock().unwrap().push(format!("{text} at {:?}", info.location()));
        before(info);
    }));
}

pub(crate) fn unexpected_panics() -> Vec<String> {
    UNEXPECTED.lock().unwrap().clone()
}

/// The text of a panic.
pub(crate) fn text(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or_default()
}

/// Catches the panics of hostile values that a client drops or clones.
pub(crate) async fn guarded<F: Future>(future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    poll_fn(|cx| match panic::catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(poll) => poll.map(Some),
        Err(_) => Poll::Ready(None),
    })
    .await
}

/// Panics whenever it is woken.
struct HostileWaker;

impl Wake for HostileWaker {
    fn wake(self: Arc<Self>) {
        hostile_panic("waker");
    }
}

/// Awaits a future, or drops it before it is ready: after one poll with a waker that panics, or after a moment.
pub(crate) async fn perhaps_dropped<F: Future>(dice: &mut Dice, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    match dice.throw(8) {
        0 => {
            let poll = future.as_mut().poll(&mut Context::from_waker(&Waker::from(Arc::new(HostileWaker))));
            if let Poll::Ready(output) = poll {
                return Some(output);
            }
            for _ in 0..dice.throw(3) {
                tokio::task::yield_now().await;
            }
            None
        }
        1 => tokio::time::timeout(super::client::moment(dice), future).await.ok(),
        // A sender may be blocked for as long as its recipient waits for a restart.
        _ => tokio::time::timeout(super::client::PATIENCE, future).await.ok(),
    }
}

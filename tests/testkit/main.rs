//! The test kit, as an application uses it, and the texts of its failures.

#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::{
    any::Any,
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

mod broker_probe;
mod context;
mod faults;
mod handling;
mod ledger;
mod mock_broker;
mod probe;
mod simulated_disk;
mod wall_clock;

/// The text with which `future` panics.
async fn panic_of<T>(future: impl Future<Output = T>) -> String {
    let mut future = pin!(future);
    let end = poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(poll) => poll.map(|_| None),
        Err(panic) => Poll::Ready(Some(text(panic))),
    });
    end.await.expect("it panics")
}

fn text(panic: Box<dyn Any + Send>) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .unwrap_or_else(|| panic.downcast_ref::<&str>().unwrap().to_string())
}

#[track_caller]
fn assert_contains(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part:?} in {text:?}");
    }
}

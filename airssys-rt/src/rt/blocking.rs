//! Blocking code, on a thread of the runtime for it.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};
use tokio::task::JoinHandle;

/// Runs blocking code on a thread of the runtime for it.
///
/// The output is `None` if the code panicked or the runtime ended first. Dropping the future does not end the code.
pub(crate) fn blocking<T: Send + 'static>(code: impl FnOnce() -> T + Send + 'static) -> Blocking<T> {
    Blocking(tokio::task::spawn_blocking(code))
}

/// A future of the output of blocking code.
#[derive(Debug)]
pub(crate) struct Blocking<T>(JoinHandle<T>);

impl<T> Future for Blocking<T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        Pin::new(&mut self.0).poll(cx).map(Result::ok)
    }
}

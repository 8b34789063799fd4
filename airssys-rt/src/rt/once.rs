//! A channel for one value whose receiver is polled by user code: the waker of the receiver is user code, and its panic must not harm the
//! task that sends or drops.

use crate::rt::{catch, catch_drop};

/// Sends one value, or none if it is dropped.
#[derive(Debug)]
pub(crate) struct OnceSender<T>(Option<oneshot::Sender<T>>);

/// A channel for one value.
pub(crate) fn once<T>() -> (OnceSender<T>, oneshot::AsyncReceiver<T>) {
    let (sender, receiver) = oneshot::async_channel();
    (OnceSender(Some(sender)), receiver)
}

impl<T> OnceSender<T> {
    /// Sends the value. It is dropped if the receiver has gone.
    pub(crate) fn send(mut self, value: T) {
        if let Some(sender) = self.0.take() {
            catch(|| drop(sender.send(value)));
        }
    }
}

impl<T> Drop for OnceSender<T> {
    fn drop(&mut self) {
        catch_drop(self.0.take());
    }
}

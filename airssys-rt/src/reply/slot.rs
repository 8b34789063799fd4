//! `ReplySlot`: where a handler puts the answer to an ask; dropping it notifies the asker.

use crate::{reply::Cause, rt};
use std::{
    cell::Cell,
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

/// The slot for the typed answer to one message. It is part of the message's variant.
///
/// It is empty in a `tell`, and in a clone: only the first copy of a message can be answered.
// A `oneshot` channel: it takes 8 bytes, while an optional sender of tokio takes 16, and it needs fewer atomics than a slot
// behind a mutex.
#[doc(hidden)]
pub struct ReplySlot<R>(Option<oneshot::Sender<Result<R, Cause>>>);

impl<R> ReplySlot<R> {
    /// Whether the message was asked and is not answered yet.
    pub(crate) fn is_asked(&self) -> bool {
        self.0.is_some()
    }

    /// The slot of a message without an asker.
    pub const EMPTY: Self = ReplySlot(None);

    /// Sends the answer. Returns `false` if the asker no longer waits: the answer is late.
    #[inline]
    pub(crate) fn answer(mut self, reply: R) -> bool {
        self.0.take().is_none_or(|slot| send(slot, Ok(reply)))
    }

    /// Notifies the asker, if there is one, that there will be no answer.
    pub fn refuse(&mut self, cause: Cause) {
        if let Some(slot) = self.0.take() {
            send(slot, Err(cause)); // an asker that no longer waits need not be notified
        }
    }
}

impl<R> Drop for ReplySlot<R> {
    #[inline]
    fn drop(&mut self) {
        if let Some(slot) = self.0.take() {
            dropped(slot);
        }
    }
}

/// Notifies the asker of a slot that is dropped without an answer. The cause is `Failed` if a panic unwinds, `Stopped` in a
/// [`KilledHandlerScope`], and otherwise `NoReply`: the handler kept the slot and dropped it.
#[cold]
fn dropped<R>(slot: oneshot::Sender<Result<R, Cause>>) {
    let cause = if std::thread::panicking() {
        Cause::Failed(None)
    } else if HANDLER_IS_KILLED.get() {
        Cause::Stopped
    } else {
        Cause::NoReply
    };
    send(slot, Err(cause));
}

/// Sends the answer. Returns `false` if the asker no longer waits. The waker of the asker is user code, and so is the `Drop` of an
/// answer that is late: neither is a failure of the actor that answers.
#[inline]
fn send<R>(slot: oneshot::Sender<Result<R, Cause>>, outcome: Result<R, Cause>) -> bool {
    match rt::catch_value(|| slot.send(outcome).err()).flatten() {
        None => true,
        Some(late) => {
            rt::catch_drop(late);
            false
        }
    }
}

thread_local! {
    static HANDLER_IS_KILLED: Cell<bool> = const { Cell::new(false) };
}

/// A scope in which the future of a killed handler is dropped: a reply slot that is dropped on this thread belongs to it.
pub(crate) struct KilledHandlerScope;

impl KilledHandlerScope {
    pub(crate) fn begin() -> Self {
        HANDLER_IS_KILLED.set(true);
        KilledHandlerScope
    }
}

impl Drop for KilledHandlerScope {
    fn drop(&mut self) {
        HANDLER_IS_KILLED.set(false);
    }
}

impl<R> Clone for ReplySlot<R> {
    fn clone(&self) -> Self {
        Self::EMPTY
    }
}

impl<R> fmt::Debug for ReplySlot<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "ReplySlot(asked)" } else { "ReplySlot(empty)" })
    }
}

/// The asker's end of a reply slot. If it is dropped, the answer is late.
#[must_use = "the answer is read by awaiting it"]
pub struct Answer<R>(oneshot::AsyncReceiver<Result<R, Cause>>);

#[inline]
pub(crate) fn pair<R>() -> (ReplySlot<R>, Answer<R>) {
    let (sender, receiver) = oneshot::async_channel();
    (ReplySlot(Some(sender)), Answer(receiver))
}

impl<R> Future for Answer<R> {
    type Output = Result<R, Cause>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(cx).map(|reply| reply.unwrap_or(Err(Cause::NoReply)))
    }
}

impl<R> fmt::Debug for Answer<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer")
    }
}

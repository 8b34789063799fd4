//! `ReplySlot`: where a handler puts the answer to an ask; dropping it notifies the asker.

use crate::{
    reply::{Cause, PanicText, panic_text},
    rt,
};
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
pub struct ReplySlot<R>(Option<oneshot::Sender<Result<R, Unanswered>>>);

/// Why there is no answer, as the slot sends it.
pub(crate) enum Unanswered {
    Cause(Cause),
    /// The handler panicked: the text follows.
    Panicked(PanicText),
}

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
            send(slot, Err(Unanswered::Cause(cause))); // an asker that no longer waits need not be notified
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

/// Notifies the asker of a slot that is dropped without an answer. The cause is `Failed` if a panic unwinds, with its text as soon as
/// it is known; `Stopped` in a [`KilledHandlerScope`]; and otherwise `NoReply`: the handler kept the slot and dropped it.
#[cold]
fn dropped<R>(slot: oneshot::Sender<Result<R, Unanswered>>) {
    let cause = if std::thread::panicking() {
        match panic_text::text_of_unwinding_panic() {
            Some(text) => {
                send(slot, Err(Unanswered::Panicked(text)));
                return;
            }
            None => Cause::Failed(None),
        }
    } else if HANDLER_IS_KILLED.get() {
        Cause::Stopped
    } else {
        Cause::NoReply
    };
    send(slot, Err(Unanswered::Cause(cause)));
}

/// Sends the answer. Returns `false` if the asker no longer waits. The waker of the asker is user code, and so is the `Drop` of an
/// answer that is late: neither is a failure of the actor that answers.
#[inline]
fn send<R>(slot: oneshot::Sender<Result<R, Unanswered>>, outcome: Result<R, Unanswered>) -> bool {
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

#[cold]
fn no_reply<R>(outcome: Result<Result<R, Unanswered>, oneshot::RecvError>) -> Unanswered {
    match outcome {
        Ok(Err(unanswered)) => unanswered,
        Ok(Ok(_)) | Err(_) => Unanswered::Cause(Cause::NoReply),
    }
}

/// The asker's end of a reply slot. If it is dropped, the answer is late.
#[must_use = "the answer is read by awaiting it"]
pub(crate) struct Answer<R>(oneshot::AsyncReceiver<Result<R, Unanswered>>);

#[inline]
pub(crate) fn pair<R>() -> (ReplySlot<R>, Answer<R>) {
    let (sender, receiver) = oneshot::async_channel();
    (ReplySlot(Some(sender)), Answer(receiver))
}

impl<R> Answer<R> {
    /// Waits for the answer, and after a panic of the handler for its text.
    pub(crate) async fn outcome(self) -> Result<R, Cause> {
        match self.await {
            Ok(reply) => Ok(reply),
            Err(Unanswered::Cause(cause)) => Err(cause),
            Err(Unanswered::Panicked(text)) => Err(text.await),
        }
    }
}

impl<R> Future for Answer<R> {
    type Output = Result<R, Unanswered>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match Pin::new(&mut self.0).poll(cx) {
            Poll::Ready(Ok(Ok(reply))) => Poll::Ready(Ok(reply)),
            Poll::Pending => Poll::Pending,
            Poll::Ready(other) => Poll::Ready(Err(no_reply(other))),
        }
    }
}

impl<R> fmt::Debug for Answer<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer")
    }
}

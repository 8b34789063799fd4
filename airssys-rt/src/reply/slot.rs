use crate::reply::Cause;
use std::{
    cell::Cell,
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

/// The place for the typed answer to one message. It travels inside the message's variant.
///
/// Empty after a `tell`, and in a clone: only the first copy of a message can be answered.
// A `oneshot` channel: 8 bytes, where an optional sender of tokio takes 16, and fewer atomics than a slot
// behind a mutex.
#[doc(hidden)]
pub struct ReplySlot<R>(Option<oneshot::Sender<Result<R, Cause>>>);

impl<R> ReplySlot<R> {
    /// Whether somebody asked and has not been answered.
    pub(crate) fn is_asked(&self) -> bool {
        self.0.is_some()
    }

    /// The slot of a message that nobody waits for.
    pub const EMPTY: Self = ReplySlot(None);

    /// Sends the answer. `false` if somebody asked and no longer waits: the answer is late.
    #[inline]
    pub(crate) fn answer(mut self, reply: R) -> bool {
        self.0.take().is_none_or(|slot| slot.send(Ok(reply)).is_ok())
    }

    /// Tells whoever waits that there will be no answer.
    pub fn refuse(&mut self, why: Cause) {
        if let Some(slot) = self.0.take() {
            // The asker may have gone; then nobody is left to tell.
            let _ = slot.send(Err(why));
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

/// A slot that unwinds with its handler says so at once, and so does one whose handler is given up; one that is
/// dropped otherwise was forgotten.
#[cold]
fn dropped<R>(slot: oneshot::Sender<Result<R, Cause>>) {
    let why = if std::thread::panicking() {
        Cause::Failed(None)
    } else if GIVING_UP.get() {
        Cause::Stopped
    } else {
        Cause::NoReply
    };
    let _ = slot.send(Err(why));
}

thread_local! {
    static GIVING_UP: Cell<bool> = const { Cell::new(false) };
}

/// While it lives, a slot that is dropped on this thread belongs to a handler that is given up.
pub(crate) struct GivingUp;

impl GivingUp {
    pub(crate) fn begin() -> Self {
        GIVING_UP.set(true);
        GivingUp
    }
}

impl Drop for GivingUp {
    fn drop(&mut self) {
        GIVING_UP.set(false);
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

/// The asker's end of a reply slot. Dropping it makes the answer a late one.
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

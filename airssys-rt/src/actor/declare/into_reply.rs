//! What a method may return: `IntoReply`, the answer of a handler to its message, and `Finished`, for a method without an answer.

use crate::reply::Fault;

/// What a handler may return for a message that is answered with `R`: the answer, or `Result<R, Fault>`.
///
/// The two impls do not overlap: `R` would have to contain itself.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the handler returns `{Self}`, but the message is answered with `{R}`",
    label = "expected `{R}` or `Result<{R}, Fault>`",
    note = "if it is the answer, say so at the message: `#[message(reply = {Self})]`",
    note = "if the handler can fail, it returns `Result<{R}, Fault>`; `?` converts an error into a `Fault`"
)]
pub trait IntoReply<R> {
    fn into_reply(self) -> Result<R, Fault>;
}

#[diagnostic::do_not_recommend]
impl<R> IntoReply<R> for R {
    #[inline(always)]
    fn into_reply(self) -> Result<R, Fault> {
        Ok(self)
    }
}

#[diagnostic::do_not_recommend]
impl<R> IntoReply<R> for Result<R, Fault> {
    #[inline(always)]
    fn into_reply(self) -> Result<R, Fault> {
        self
    }
}

/// What a hook or an `#[on_event]` method may return, beside nothing.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the method returns `{Self}`, but has no answer to give",
    label = "expected nothing or `Result<(), Fault>`",
    note = "an event has no reply, and the runtime reads of a hook only whether it failed; `?` converts an error into a `Fault`"
)]
pub trait Finished {
    fn finish(self) -> Result<(), Fault>;
}

#[diagnostic::do_not_recommend]
impl Finished for () {
    fn finish(self) -> Result<(), Fault> {
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl Finished for Result<(), Fault> {
    fn finish(self) -> Self {
        self
    }
}

/// For generated code: the outcome of a method without an answer.
///
/// # Errors
///
/// That of the method.
#[doc(hidden)]
pub fn finished<T: Finished>(outcome: T) -> Result<(), Fault> {
    outcome.finish()
}

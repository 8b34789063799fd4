//! The trait `IntoReply`: what a handler may return as the answer to its message.

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

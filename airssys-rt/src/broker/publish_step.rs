//! `PublishStep`: what a broker leaves to be done after the begin of a publish: deliver, wait or nothing.

use crate::{
    broker::{Published, Rejected},
    envelope::Envelope,
    rt::BoxFuture,
};
use std::fmt;

/// What remains to be done after [`MessageBroker::begin`](crate::broker::MessageBroker::begin).
#[must_use = "an envelope that is to be delivered has not been delivered yet"]
pub enum PublishStep<M, E> {
    /// The recipient is in this process: the system delivers the envelope, as the route would.
    Deliver(Envelope<M>),
    /// Nothing remains to be done: this is the result.
    Done(Result<Published, Rejected<M, E>>),
    /// The publish has to wait: the future has the result.
    Pending(BoxFuture<'static, Result<Published, Rejected<M, E>>>),
}

impl<M, E> fmt::Debug for PublishStep<M, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PublishStep::Deliver(_) => "Deliver",
            PublishStep::Done(_) => "Done",
            PublishStep::Pending(_) => "Pending",
        })
    }
}

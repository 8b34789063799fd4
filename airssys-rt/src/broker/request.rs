//! `Request`: an envelope with a reply slot, for an ask through a broker, and the wait for its answer.

use crate::{
    broker::{Rejected, Rejection},
    envelope::Envelope,
    reply::{Answer, AskError, Asked, Cause},
    rt::{self, Runtime},
};
use std::{fmt, future::Future, time::Duration};

type MakeDeadLetter<M> = Box<dyn FnOnce(&Cause, Option<Envelope<M>>) + Send>;

/// An envelope that carries a reply slot, with the asker's end of the slot.
///
/// [`ActorSystem::request`](crate::system::ActorSystem::request) makes it, for
/// [`publish_request`](crate::broker::MessageBroker::publish_request).
pub struct Request<M, R> {
    envelope: Envelope<M>,
    pending: Pending<M, R>,
}

/// The asker's end of a [`Request`], after its envelope was published or rejected.
pub struct Pending<M, R> {
    answer: Answer<R>,
    asked: Asked,
    /// Makes a dead letter of an envelope that came back, or of one that is lost: an asker does not get it back.
    dead_letter: MakeDeadLetter<M>,
    /// The runtime of the system, for an asker on a thread without one.
    runtime: Runtime,
}

impl<M, R> Request<M, R> {
    pub(crate) fn new(
        envelope: Envelope<M>,
        answer: Answer<R>,
        asked: Asked,
        runtime: Runtime,
        dead_letter: impl FnOnce(&Cause, Option<Envelope<M>>) + Send + 'static,
    ) -> Self {
        Request { envelope, pending: Pending { answer, asked, dead_letter: Box::new(dead_letter), runtime } }
    }

    /// The envelope to publish, and the asker's end of its reply slot.
    pub fn into_parts(self) -> (Envelope<M>, Pending<M, R>) {
        (self.envelope, self.pending)
    }
}

impl<M, R> Pending<M, R> {
    /// Waits for the answer.
    ///
    /// # Errors
    ///
    /// The reason why there is no answer; see [`AskError`].
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, the message is still handled; its answer is late.
    pub async fn answer(self) -> Result<R, AskError> {
        let Pending { answer, asked, .. } = self;
        answer.outcome().await.map_err(|cause| AskError::new(cause, asked))
    }

    /// The error for a request that was not published. Its message becomes a dead letter.
    pub fn rejected<E>(self, rejected: Rejected<M, E>) -> AskError {
        let Rejection { cause, envelope, .. } = rejected.into();
        (self.dead_letter)(&cause, envelope);
        AskError::new(cause, self.asked)
    }
}

impl<M, R> fmt::Debug for Request<M, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("asked", &self.pending.asked).finish_non_exhaustive()
    }
}

impl<M, R> fmt::Debug for Pending<M, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").field("asked", &self.asked).finish_non_exhaustive()
    }
}

impl<M, R> Pending<M, R> {
    pub(super) fn asked(&self) -> Asked {
        self.asked.clone()
    }

    pub(super) fn runtime(&self) -> Runtime {
        self.runtime.clone()
    }
}

/// Publishes a request and waits for the answer, both within the time limit.
pub(super) async fn with_time_limit<R, F>(
    limit: Duration,
    asked: Asked,
    runtime: Runtime,
    request: F,
) -> Result<R, AskError>
where
    F: Future<Output = Result<R, AskError>>,
{
    let timeout = || AskError::Timeout(Asked { timeout: Some(limit), ..asked });
    runtime.run(rt::timeout(limit, request)).await.unwrap_or_else(|| Err(timeout()))
}

//! The end of a send that no mailbox accepted: the message goes back to the sender, or is a dead letter.

use crate::{
    actor::{
        declare::{Actor, Variants},
        shared::{Queued, SendError, SendResult, Sent, TypeState},
    },
    broker::{Outcome, Rejection, dead_letters::Reason},
    envelope::Envelope,
    id::ActorId,
    reply::Cause,
};

impl<A: Actor> TypeState<A> {
    /// Ends a send whose message no mailbox accepted.
    ///
    /// If `returns`, the sender has the message back in the error. Otherwise the message is a dead letter and its asker is told
    /// the cause: an asker wants the answer, not the message.
    #[cold]
    #[inline(never)]
    pub(crate) fn reject(
        &self,
        cause: Cause,
        queued: Queued<A::Message>,
        target: Option<ActorId>,
        returns: bool,
    ) -> SendResult<A> {
        if !returns {
            self.dead_letter_undelivered(cause, queued, target);
            return Ok(Sent::Dropped);
        }
        if let Some(meta) = self.metadata.remove(queued.tag) {
            if let Some(host) = self.host() {
                host.settled(&meta, Outcome::Returned);
            }
        }
        Err(SendError::new(cause, queued.message))
    }

    /// As [`reject`](Self::reject), for an envelope that a broker gave back. `unwrap` takes the message of this type of actor out of
    /// it.
    #[cold]
    pub(crate) fn reject_envelope<M>(
        &self,
        rejection: Rejection<M>,
        unwrap: fn(M) -> Option<A::Message>,
        returns: bool,
    ) -> SendResult<A> {
        let Rejection { cause, dropped, envelope } = rejection;
        let Some((meta, message)) = envelope.map(Envelope::into_parts) else { return Err(SendError::Lost) };
        // A hook may have put a message of another type of actor there.
        let Some(message) = unwrap(message) else { return Err(SendError::Lost) };
        let target = meta.recipient();
        let queued = Queued { message, tag: self.metadata.insert(meta) };
        self.reject(cause, queued, target, returns && !dropped)
    }

    /// Makes a dead letter of a message that no mailbox accepted. It counts as sent and as dead; its asker is told the cause.
    #[cold]
    pub(crate) fn dead_letter_undelivered(
        &self,
        cause: Cause,
        mut queued: Queued<A::Message>,
        target: Option<ActorId>,
    ) {
        let reason = Reason::from(&cause);
        self.totals.count_undelivered(reason);
        queued.message.refuse(cause);
        let meta = self.metadata.remove(queued.tag);
        self.dead_letter(Outcome::Undelivered(reason), reason, meta, queued, target);
    }
}

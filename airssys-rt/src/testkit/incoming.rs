use crate::{
    envelope::{Meta, PooledMeta},
    id::ActorId,
    reply::{Cause, Fault, ReplySlot},
};
use std::{fmt, ops::Deref};

/// A message that came to a [`Probe`](crate::testkit::Probe), and the way back to whoever asked. It derefs to the message.
///
/// Dropped without a word, an asker has [`AskError::NoReply`](crate::reply::AskError::NoReply).
#[must_use = "whoever asked waits for the answer"]
pub struct Incoming<M, R> {
    message: M,
    slot: ReplySlot<R>,
    meta: Option<PooledMeta>,
}

impl<M, R> Incoming<M, R> {
    pub(super) fn new(message: M, slot: ReplySlot<R>, meta: Option<PooledMeta>) -> Self {
        Incoming { message, slot, meta }
    }

    /// The actor that sent it; `None` if it came from outside.
    #[must_use]
    pub fn sender(&self) -> Option<ActorId> {
        self.meta.as_ref().and_then(|meta| meta.sender())
    }

    /// What is known about it.
    #[must_use]
    pub fn meta(&self) -> Option<&Meta> {
        self.meta.as_deref()
    }

    /// Whether somebody waits for the answer: it was asked, not told.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.slot.is_asked()
    }

    /// Answers.
    ///
    /// # Panics
    ///
    /// If nobody asked: the message was told.
    #[track_caller]
    pub fn reply(self, reply: R) {
        self.assert_asked();
        self.slot.answer(reply); // an asker that has gone is no mistake of the probe's
    }

    /// Tells the asker that the handler failed.
    ///
    /// # Panics
    ///
    /// If nobody asked: the message was told.
    #[track_caller]
    pub fn fail(mut self, fault: Fault) {
        self.assert_asked();
        self.slot.refuse(Cause::Failed(Some(fault.report())));
    }

    #[track_caller]
    fn assert_asked(&self) {
        let name = self.meta.as_ref().map_or("message", |meta| meta.message_type());
        assert!(self.is_asked(), "this `{name}` was told, not asked: nobody waits for an answer");
    }

    /// Takes the message out. Whoever asked gets no answer.
    #[must_use]
    pub fn into_message(self) -> M {
        self.message
    }
}

impl<M, R> Deref for Incoming<M, R> {
    type Target = M;

    fn deref(&self) -> &M {
        &self.message
    }
}

impl<M, R> fmt::Debug for Incoming<M, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.meta.as_ref().map(|meta| meta.message_type());
        f.debug_struct("Incoming").field("message", &name).field("asked", &self.is_asked()).finish()
    }
}

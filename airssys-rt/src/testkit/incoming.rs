//! `Incoming`: a message that a probe received, and the reply to its asker.

use crate::{
    envelope::{Meta, PooledMeta},
    id::ActorId,
    reply::{Cause, Fault, ReplySlot},
};
use std::{fmt, ops::Deref};

/// A message that a [`Probe`](crate::testkit::Probe) received, with the reply slot of its asker. It derefs to the message.
///
/// If it is dropped without a reply, the asker gets [`AskError::NoReply`](crate::reply::AskError::NoReply).
#[must_use = "if the message was asked, the asker waits for the reply"]
pub struct Incoming<M, R> {
    message: M,
    slot: ReplySlot<R>,
    meta: Option<PooledMeta>,
}

impl<M, R> Incoming<M, R> {
    pub(super) fn new(message: M, slot: ReplySlot<R>, meta: Option<PooledMeta>) -> Self {
        Incoming { message, slot, meta }
    }

    /// Returns the actor that sent the message; `None` if it came from outside.
    #[must_use]
    pub fn sender(&self) -> Option<ActorId> {
        self.meta.as_ref().and_then(|meta| meta.sender())
    }

    /// Returns the metadata of the message.
    #[must_use]
    pub fn meta(&self) -> Option<&Meta> {
        self.meta.as_deref()
    }

    /// Returns whether the message was asked, not told: an asker waits for the reply.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.slot.is_asked()
    }

    /// Replies to the asker.
    ///
    /// # Panics
    ///
    /// If the message was told, not asked.
    #[track_caller]
    pub fn reply(self, reply: R) {
        self.assert_asked();
        self.slot.answer(reply); // the asker may have given up: that is no error of the test
    }

    /// Fails the ask, as a handler that returns `fault` does.
    ///
    /// # Panics
    ///
    /// If the message was told, not asked.
    #[track_caller]
    pub fn fail(mut self, fault: Fault) {
        self.assert_asked();
        self.slot.refuse(Cause::Failed(Some(fault.report())));
    }

    #[track_caller]
    fn assert_asked(&self) {
        let name = self.meta.as_ref().map_or("message", |meta| meta.message_type());
        assert!(self.is_asked(), "this `{name}` was told, not asked: no asker waits for a reply");
    }

    /// Returns the message. An asker gets no reply.
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

//! What travels through a broker: a message, and where it comes from and goes to.

use crate::id::ActorId;

/// A message of the system on the way that somebody can see: through a broker, past a tap.
#[derive(Debug, Clone)]
pub struct Envelope<M> {
    meta: Meta,
    message: M,
}

/// All of an envelope but its message.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Meta {
    pub(crate) sender: Option<ActorId>,
    pub(crate) recipient: Option<ActorId>,
    /// Whether the sender waits for room in a full mailbox that would let it.
    pub(crate) waits: bool,
}

impl<M> Envelope<M> {
    #[doc(hidden)]
    pub fn from_parts(meta: Meta, message: M) -> Self {
        Envelope { meta, message }
    }

    #[doc(hidden)]
    pub fn into_parts(self) -> (Meta, M) {
        (self.meta, self.message)
    }

    /// The message.
    pub fn message(&self) -> &M {
        &self.message
    }

    /// The actor that sent it; `None` if it came from outside.
    pub fn sender(&self) -> Option<ActorId> {
        self.meta.sender
    }

    /// The actor it goes to; `None` for an event.
    pub fn recipient(&self) -> Option<ActorId> {
        self.meta.recipient
    }

    /// Takes the message out.
    pub fn into_message(self) -> M {
        self.message
    }

    pub(crate) fn map<N>(self, f: impl FnOnce(M) -> N) -> Envelope<N> {
        Envelope { meta: self.meta, message: f(self.message) }
    }
}

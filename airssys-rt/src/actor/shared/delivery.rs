//! The state of one send: the message before it is sent, where it is afterwards, and how the send ended.

use crate::{
    actor::{
        declare::Actor,
        shared::{SendError, Sent},
    },
    id::{ActorId, CorrelationId},
    rt::{BoxFuture, Instant},
};
use std::time::Duration;

/// The result of a send.
pub(crate) type SendResult<A> = Result<Sent, SendError<<A as Actor>::Message>>;

/// The sender of a message, and how it sends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SendOrigin {
    /// `None`: outside the actors. Such a message is refused once the system shuts down.
    pub(crate) sender: Option<ActorId>,
    /// The conversation of the message that the sender handles, if that message is observed.
    correlation: Option<CorrelationId>,
    /// Whether the sender waits for capacity. An actor does not wait for itself.
    waits: bool,
}

impl SendOrigin {
    pub(crate) const OUTSIDE: Self = SendOrigin { sender: None, correlation: None, waits: true };

    #[inline]
    pub(crate) fn actor(id: ActorId, correlation: Option<CorrelationId>) -> Self {
        SendOrigin { sender: Some(id), correlation, waits: true }
    }

    #[inline]
    pub(crate) fn waits(self, waits: bool) -> Self {
        SendOrigin { waits, ..self }
    }

    #[inline]
    fn options(self) -> Option<Box<SendOptions>> {
        self.correlation.map(|correlation| {
            Box::new(SendOptions { correlation: Some(correlation), ..SendOptions::default() })
        })
    }
}

/// A message before it is sent. Small: it is moved in every send.
pub(crate) struct Outgoing<A: Actor> {
    pub(crate) message: A::Message,
    pub(crate) sender: Option<ActorId>,
    /// Absent in a plain tell or ask.
    pub(crate) options: Option<Box<SendOptions>>,
    pub(crate) request: bool,
    /// Whether the sender waits for capacity, with or without a limit.
    pub(crate) waits: bool,
}

/// What a sender says about a message besides its own id.
#[derive(Default)]
pub(crate) struct SendOptions {
    pub(crate) correlation: Option<CorrelationId>,
    pub(crate) ttl: Option<Duration>,
    /// When a waiting sender gives up.
    pub(crate) end: Option<Instant>,
}

impl<A: Actor> Outgoing<A> {
    #[inline]
    pub(crate) fn new(message: A::Message, origin: SendOrigin, request: bool) -> Self {
        let SendOrigin { sender, waits, .. } = origin;
        Outgoing { message, sender, options: origin.options(), request, waits }
    }
}

/// One send: the message, until the mailbox or the broker has it, and how far the send is.
///
/// It does not name what the message is sent to, so the future of a send is independent of the type behind the reference. Two fields
/// instead of one enum: most sends end at their first poll, and the code that drops such a send stays small.
pub(crate) struct Delivery<A: Actor> {
    /// Also after the send has failed: the sender takes it back.
    pub(crate) outgoing: Option<Outgoing<A>>,
    pub(crate) step: SendStep<A>,
}

/// How far a send is.
pub(crate) enum SendStep<A: Actor> {
    /// Before the first poll. After it, the message is in the mailbox.
    First,
    /// The sender waits for capacity; its message is parked in the mailbox under this ticket.
    Blocked {
        ticket: u64,
        request: bool,
    },
    Broker(BoxFuture<'static, SendResult<A>>),
    /// The message is in the mailbox, and the sender yields to other tasks.
    Yield,
    /// The send has failed.
    Rejected(SendError<()>),
}

/// How far a send is. One byte, so that a send whose message is accepted returns nothing through memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SendProgress {
    Pending,
    Queued,
    Dropped,
    /// The error is in [`SendStep::Rejected`].
    Rejected,
}

/// Where the message of an abandoned send is.
pub(crate) enum Abandoned<M> {
    Returned(M),
    /// In the mailbox.
    Accepted,
    WithBroker,
}

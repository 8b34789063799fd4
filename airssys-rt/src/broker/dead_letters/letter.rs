use crate::id::{ActorId, MessageId};
use std::{fmt, time::SystemTime};

/// Why a message will never be handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// There is no actor with that id.
    NoRecipient,
    /// There is no actor with that name.
    NoSuchName,
    /// The actor has stopped, and the message was in its mailbox or came too late.
    ActorStopped,
    /// The mailbox was full and drops what it cannot hold, or its asker was told that it is full.
    MailboxFull,
    /// A hook or the broker did not let it through.
    Refused,
    /// It was older than it may be.
    Expired,
    /// The handler returned a fault or panicked. Counted as failed, not as dead.
    HandlerFailed,
    /// Nobody subscribes to the event. Only if the configuration asks for it.
    NoSubscriber,
    /// The answer came when the asker had gone. The message itself was handled.
    LateReply,
    /// It waited for an actor that was restarted and does not keep its mailbox.
    Restarted,
    /// The system was shutting down.
    ShuttingDown,
    /// The transport failed with the message in its hands.
    Lost,
}

impl Reason {
    /// All of them.
    pub const ALL: [Reason; 12] = [
        Reason::NoRecipient,
        Reason::NoSuchName,
        Reason::ActorStopped,
        Reason::MailboxFull,
        Reason::Refused,
        Reason::Expired,
        Reason::HandlerFailed,
        Reason::NoSubscriber,
        Reason::LateReply,
        Reason::Restarted,
        Reason::ShuttingDown,
        Reason::Lost,
    ];
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::NoRecipient => "no such actor",
            Reason::NoSuchName => "no actor of that name",
            Reason::ActorStopped => "the actor has stopped",
            Reason::MailboxFull => "the mailbox is full",
            Reason::Refused => "refused",
            Reason::Expired => "expired",
            Reason::HandlerFailed => "the handler failed",
            Reason::NoSubscriber => "nobody subscribes",
            Reason::LateReply => "the answer came too late",
            Reason::Restarted => "the actor was restarted",
            Reason::ShuttingDown => "the system was shutting down",
            Reason::Lost => "lost by the transport",
        })
    }
}

/// What is known about one message that will never be handled.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeadLetter {
    /// Why it was not handled.
    pub reason: Reason,
    /// Its id: the one it had, or, for a bare tell, one that it was given now.
    pub id: MessageId,
    /// The name of the type of actor it went to; `Event` for an event.
    pub receiver_type: &'static str,
    /// The name of the message's type.
    pub message_type: &'static str,
    /// The actor that sent it; `None` if it came from outside.
    pub sender: Option<ActorId>,
    /// The actor it went to; `None` for a name that nobody has and for an event without subscribers.
    pub target: Option<ActorId>,
    /// When it was found to be dead, on the wall clock.
    pub time: SystemTime,
}

//! `Cause`: why a message was not delivered, handled or answered; each public error is made from it.

use crate::reply::FaultReport;

/// Why a message was not delivered, not handled or not answered.
///
/// It is the one internal vocabulary. Each public type has one conversion from it: the error of a send
/// ([`SendError`](crate::actor::SendError)), of an ask ([`AskError`](crate::reply::AskError)), of a publish
/// ([`PublishError`](crate::system::PublishError)), and the reason of a dead letter
/// ([`Reason`](crate::broker::dead_letters::Reason)).
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// No actor has that id or name.
    NotFound,
    /// The actor has stopped.
    Stopped,
    /// The mailbox is full, and the sender or the overflow policy does not wait.
    Full,
    /// The mailbox stayed full until the sender's time limit.
    Timeout,
    /// The message is older than its TTL.
    Expired,
    /// A hook or the broker refused the message.
    Refused,
    /// The system is shutting down or has ended.
    ShuttingDown,
    /// The actor was restarted and does not keep its mailbox.
    Restarted,
    /// The handler failed. There is no report of a panic that no guard of an actor has caught.
    Failed(Option<FaultReport>),
    /// The reply slot was dropped without an answer.
    NoReply,
    /// No actor subscribes to the event.
    NoSubscriber,
    /// The transport failed and handed the message back.
    Transport,
    /// The transport failed and does not have the message any more.
    Lost,
}

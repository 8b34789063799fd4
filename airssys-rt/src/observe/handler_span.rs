//! The span (`tracing`) of the message that an actor handles. It is entered while the handler runs, and left while it waits.
//!
//! The run loop begins and ends the span, and the guard around each poll of the run loop leaves and enters it. So no handler is
//! wrapped into a second future, and without a span the guard makes two comparisons a poll.

use crate::{
    id::{ActorId, CorrelationId, MessageId},
    observe::SenderSpan,
    rt::{self, PollEnd},
};
use std::cell::RefCell;
use tracing::{Span, span::EnteredSpan};

thread_local! {
    /// The spans of the messages that code on this thread handles, each with the actor. More than one if the handler of an actor polls
    /// another actor.
    static ENTERED: RefCell<Vec<(usize, EnteredSpan)>> = const { RefCell::new(Vec::new()) };
}

/// What the span of a handler says about the actor and the message.
pub(crate) struct HandledMessage<'a> {
    pub(crate) actor: &'static str,
    pub(crate) id: ActorId,
    pub(crate) name: Option<&'a str>,
    pub(crate) message_type: &'static str,
    pub(crate) sender: Option<ActorId>,
    /// `None` on the direct path.
    pub(crate) message_id: Option<MessageId>,
    pub(crate) correlation: Option<CorrelationId>,
    /// The span in which the message was sent.
    pub(crate) sent_in: Option<&'a SenderSpan>,
    /// Whether an asker waits for the answer.
    pub(crate) request: bool,
}

impl HandledMessage<'_> {
    /// The span of an ask is a child of the span of the asker, which waits for it. Any other span is a root that follows from the span
    /// of the sender: a chain of tells would be a tree of unlimited depth.
    fn span(&self) -> Span {
        let sent_in = self.sent_in.and_then(SenderSpan::id);
        let (parent, cause) = if self.request { (sent_in, None) } else { (None, sent_in) };
        let span = tracing::debug_span!(
            target: "airssys_rt::handler",
            parent: parent,
            "handle",
            actor = self.actor,
            id = %self.id,
            name = self.name,
            message_type = self.message_type,
            message_id = self.message_id.map(tracing::field::display),
            correlation = self.correlation.map(tracing::field::display),
            sender = self.sender.map(tracing::field::display),
        );
        span.follows_from(cause);
        span
    }
}

/// Enters the span of the next message of an actor, and ends that of its message before. `actor`: the identity of its cell.
///
/// A subscriber is user code: its panic must not harm the actor.
#[cold]
pub(crate) fn begin_span(actor: usize, message: &HandledMessage<'_>) {
    end_span(actor);
    rt::catch(|| push(actor, message.span()));
}

/// Ends the span of the last message of an actor.
#[cold]
pub(crate) fn end_span(actor: usize) {
    rt::catch(|| drop(pop(actor)));
}

fn push(actor: usize, span: Span) {
    let span = span.entered();
    // An error only while the thread ends: then the span is dropped.
    let _ = ENTERED.try_with(|entered| entered.borrow_mut().push((actor, span)));
    PollEnd::Span.set(true);
}

fn pop(actor: usize) -> Option<EnteredSpan> {
    let pop = |entered: &RefCell<Vec<_>>| {
        let mut entered = entered.borrow_mut();
        let is_last = entered.last().is_some_and(|(owner, _)| *owner == actor);
        let popped = if is_last { entered.pop() } else { None };
        PollEnd::Span.set(!entered.is_empty());
        popped
    };
    let (_, span) = ENTERED.try_with(pop).ok().flatten()?;
    Some(span)
}

/// The span of a handler that waits.
#[derive(Default)]
pub(crate) struct SuspendedSpan(Option<Box<Span>>);

impl SuspendedSpan {
    /// Enters the span at the begin of a poll of the actor.
    #[inline]
    pub(crate) fn enter(&mut self, actor: usize) {
        if self.0.is_some() {
            self.enter_span(actor);
        }
    }

    #[cold]
    fn enter_span(&mut self, actor: usize) {
        if let Some(span) = self.0.take() {
            rt::catch(|| push(actor, *span));
        }
    }

    /// Leaves the span of the actor's message, if there is one, at the end of a poll with work there.
    #[cold]
    pub(crate) fn leave(&mut self, actor: usize) {
        self.0 = pop(actor).and_then(|span| rt::catch_value(|| Box::new(span.exit())));
    }
}

impl Drop for SuspendedSpan {
    #[inline]
    fn drop(&mut self) {
        if let Some(span) = self.0.take() {
            rt::catch_drop(span);
        }
    }
}

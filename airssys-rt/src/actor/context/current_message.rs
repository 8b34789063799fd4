//! The current message in the actor context: its answer, metadata and outcome, and the outbox of events.

use crate::{
    actor::{
        context::ActorContext,
        declare::{Actor, IntoReply},
        shared::{DeadLetterMeta, Host, Queued, Tag, name_of},
    },
    broker::{Outcome, dead_letters::Reason},
    envelope::{Meta, PooledMeta},
    mailbox::Batch,
    observe::{HandledMessage, begin_span, end_span},
    reply::{Cause, Fault, ReplySlot},
    rt,
};

/// The current message, for generated code and for the task of the actor.
impl<A: Actor> ActorContext<A> {
    #[inline]
    fn answer<R>(&mut self, slot: ReplySlot<R>, reply: R) {
        let asked = slot.is_asked();
        if slot.answer(reply) {
            self.answered = asked;
        } else {
            self.record_late_reply();
        }
    }

    #[cold]
    fn record_late_reply(&self) {
        if let Some(host) = self.cell.kind.host() {
            host.dead_letter(self.dead_letter_meta(Reason::LateReply), None);
        }
    }

    /// For generated code: sends the answer, or tells the asker of the fault and returns it for `on_error`.
    #[doc(hidden)]
    #[inline]
    pub fn reply<R, T: IntoReply<R>>(&mut self, mut slot: ReplySlot<R>, outcome: T) -> Result<(), Fault> {
        match outcome.into_reply() {
            Ok(reply) => {
                self.answer(slot, reply);
                Ok(())
            }
            Err(fault) => {
                let fault = fault.at(self.current());
                slot.refuse(Cause::Failed(Some(fault.report())));
                Err(fault)
            }
        }
    }

    /// The dead-letter record of the current message.
    pub(crate) fn dead_letter_meta(&self, reason: Reason) -> DeadLetterMeta {
        DeadLetterMeta {
            reason,
            id: self.meta().map(Meta::id),
            receiver: A::NAME,
            name: self.current(),
            sender: self.sender(),
            target: Some(self.cell.id),
        }
    }

    /// Makes a message the current one.
    #[inline]
    pub(crate) fn begin(&mut self, tag: Tag, variant: u16) {
        self.tag = tag;
        self.variant = variant;
    }

    /// Loads the metadata of the current message, if it is observed, and of some messages that follow it.
    pub(crate) fn load_metadata(&mut self, intake: &Batch<Queued<A::Message>>) -> Option<&Meta> {
        self.answered = false;
        let observed = self.observed.get_or_insert_default();
        if !self.tag.is_entry() {
            observed.current = None;
            return None;
        }
        observed.current = observed.ahead.pop_front().or_else(|| {
            let follow = &|at| intake.get(at).map(|queued| queued.tag);
            self.cell.kind.metadata.remove_batch(self.tag, intake.len(), follow, &mut observed.ahead)
        });
        observed.current.as_deref()
    }

    /// Enters the span of the current message.
    #[cold]
    pub(crate) fn begin_span(&self) {
        let meta = self.meta();
        begin_span(
            self.cell.identity(),
            &HandledMessage {
                actor: A::NAME,
                id: self.cell.id,
                name: self.name(),
                message_type: self.current(),
                sender: self.sender(),
                message_id: meta.map(Meta::id),
                correlation: meta.map(Meta::correlation),
                sent_in: self.pooled_meta().and_then(PooledMeta::sent_in),
                request: meta.is_some_and(Meta::is_request),
            },
        );
    }

    /// Removes the metadata of the next message of the batch, which will not be handled.
    pub(crate) fn take_metadata(&mut self, tag: Tag) -> Option<PooledMeta> {
        let observed = self.observed.as_mut().filter(|_| tag.is_entry());
        match observed.and_then(|observed| observed.ahead.pop_front()) {
            Some(ahead) => Some(ahead),
            None => self.cell.kind.metadata.remove(tag),
        }
    }

    /// Releases the memory for metadata and ends the span at the end of a batch: an idle actor keeps none. Returns whether there was
    /// any.
    #[inline]
    pub(crate) fn release_metadata(&mut self) -> bool {
        let any = self.observed.is_some();
        if any {
            self.end_batch();
        }
        any
    }

    #[cold]
    fn end_batch(&mut self) {
        self.observed = None;
        end_span(self.cell.identity());
    }

    /// Whether the current message is observed.
    #[inline]
    pub(crate) fn is_observed(&self) -> bool {
        self.meta().is_some()
    }

    /// Reports the outcome of the current message to the broker and the monitors.
    pub(crate) fn settled(&mut self, host: &dyn Host<A>, outcome: &dyn Fn(bool) -> Outcome) {
        let Some(observed) = self.observed.as_mut() else { return };
        if let Some(meta) = observed.current.take() {
            self.tag = Tag::of_sender(meta.sender());
            host.settled(&meta, outcome(self.answered));
        }
    }

    /// The name of the current message, or of the last one.
    pub(crate) fn current(&self) -> &'static str {
        name_of::<A>(self.variant)
    }

    /// Whether the outbox holds events.
    #[inline]
    pub(crate) fn has_published(&self) -> bool {
        self.outbox.as_ref().is_some_and(|outbox| !outbox.is_empty())
    }

    /// Takes the next event out of the outbox.
    #[inline]
    pub(crate) fn next_published(&mut self) -> Option<A::Event> {
        self.outbox.as_mut()?.pop_front()
    }

    /// Discards the state of an incarnation that is over.
    pub(crate) fn reset(&mut self) {
        rt::catch(|| self.discard_published());
        self.unwatch_all();
        self.rare = None;
    }

    /// Discards the events of a handler that failed.
    pub(crate) fn discard_published(&mut self) {
        if let Some(outbox) = &mut self.outbox {
            outbox.clear();
        }
    }
}

//! The state of an actor's task: the current batch, the outbox of events, the dead letters at its end.

use crate::{
    actor::{
        context::ActorContext,
        declare::{Actor, OnRestart, Variants},
        shared::{
            ActorState, AnyCell, AnySystem, Cell, Exit, ExitReason, Host, LifecycleEvent, LifecycleStep,
            PlainExit, Queued, Tag,
        },
    },
    broker::{MaybeReady, Outcome, dead_letters::Reason},
    envelope::Meta,
    mailbox::Batch,
    observe,
    reply::Cause,
    rt::{self, BoxFuture},
    sync::Arc,
};
use std::{collections::VecDeque, mem};

/// Number of messages that use one of the 128 units of a tokio task's budget. An actor that has used up its budget yields.
const MESSAGES_PER_UNIT: u8 = 8;

/// The state of an actor's task except the actor's value. Dropping it ends the actor.
pub(crate) struct TaskState<A: Actor> {
    pub(crate) ctx: ActorContext<A>,
    pub(crate) host: Arc<dyn Host<A>>,
    /// Messages taken from the mailbox and not handled yet.
    pub(crate) intake: Batch<Queued<A::Message>>,
    /// Whether blocked senders are admitted after each message, not once per batch.
    exact: bool,
    /// Whether an incarnation has started and not ended.
    started: bool,
    /// Whether another incarnation may follow.
    pub(crate) restartable: bool,
    /// Whether a supervisor decides about that.
    pub(crate) supervised: bool,
    phase: Phase,
    /// Whether messages are handled in spans.
    spans: bool,
    /// Turns of the run loop until it uses a unit of the task's budget.
    turns: u8,
    /// The publish of an event that waits for full subscribers or for the broker. Boxed twice: 8 bytes in an idle actor.
    unfinished: Option<Box<BoxFuture<'static, ()>>>,
    /// How the last incarnation ended. `None` when the actor is dropped means that the task was killed.
    exit: Option<Box<Exit>>,
    /// Whether the actor has ended.
    ended: bool,
}

/// What the task does with the current message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing: there is no current message.
    Waiting,
    Handling,
    /// The handler has succeeded: only its events are still to be published.
    Publishing,
}

impl<A: Actor> TaskState<A> {
    pub(crate) fn new(cell: Arc<Cell<A>>, host: Arc<dyn Host<A>>) -> Self {
        let exact = cell.mailbox.is_small();
        let ctx = ActorContext::new(cell);
        TaskState {
            ctx,
            host,
            intake: Batch::new(),
            exact,
            started: false,
            restartable: false,
            supervised: false,
            phase: Phase::Waiting,
            spans: false,
            turns: MESSAGES_PER_UNIT,
            unfinished: None,
            exit: None,
            ended: false,
        }
    }

    pub(crate) fn cell(&self) -> Arc<Cell<A>> {
        self.ctx.cell.clone()
    }

    pub(crate) fn name(&self) -> Option<&Arc<str>> {
        self.ctx.cell.name()
    }

    /// Marks the start of an incarnation and reports it.
    pub(crate) fn incarnation_started(&mut self) {
        self.started = true;
        if A::STARTS || (self.restartable && self.ctx.cell.lifecycle().state() != ActorState::Running) {
            self.ctx.cell.advance(ActorState::Running);
        }
        self.spans = observe::started(A::NAME, self.ctx.id(), self.ctx.name());
        self.emit(&|cell| LifecycleStep::Started { incarnation: cell.lifecycle().incarnation() });
    }

    /// Emits a lifecycle event, if the system has subscribers for these.
    #[inline]
    pub(crate) fn emit(&self, step: &dyn Fn(&dyn AnyCell) -> LifecycleStep) {
        if self.host.observes_lifecycle() {
            emit(self.host.as_any_system(), &*self.ctx.cell, step);
        }
    }

    /// Sets the exit that is announced when this state is dropped.
    pub(crate) fn set_exit(&mut self, exit: Exit) {
        self.exit = Some(Box::new(exit));
    }

    /// Marks the start of a message.
    #[inline]
    pub(crate) fn begin_message(&mut self, queued: &Queued<A::Message>) {
        self.phase = Phase::Handling;
        self.ctx.begin(queued.tag, queued.message.number());
    }

    /// Marks the end of the current message.
    #[inline]
    pub(crate) fn message_done(&mut self) {
        debug_assert!(self.is_handling(), "no message is being handled");
        self.phase = Phase::Waiting;
        self.ctx.cell.mailbox.handled(self.exact);
    }

    /// Marks that the handler of the current message has succeeded.
    #[inline]
    pub(crate) fn handler_done(&mut self) {
        self.phase = Phase::Publishing;
    }

    /// Whether a message is being handled.
    pub(crate) fn is_handling(&self) -> bool {
        self.phase != Phase::Waiting
    }

    /// Whether the events of a message are being published, whose handler has succeeded.
    pub(crate) fn is_publishing(&self) -> bool {
        self.phase == Phase::Publishing
    }

    /// Reports the outcome of the current message to its observers.
    #[cold]
    pub(crate) fn report_outcome(&mut self, outcome: &dyn Fn(bool) -> Outcome) {
        self.ctx.settled(&*self.host, outcome);
    }

    /// Begins a turn of the run loop. Returns whether it has to use a unit of the task's budget.
    #[inline]
    pub(crate) fn begin_turn(&mut self) -> bool {
        self.turns -= 1;
        if self.turns > 0 {
            return false;
        }
        self.turns = MESSAGES_PER_UNIT;
        self.spans = observe::spans_enabled(); // not for each message, because most have no observer
        true
    }

    /// Makes the next turn use a unit of the task's budget.
    pub(crate) fn end_turns(&mut self) {
        self.turns = 1;
    }

    /// Whether the current message has metadata or a span.
    #[inline]
    pub(crate) fn has_metadata_or_span(&self, tag: Tag) -> bool {
        tag.is_entry() || self.spans
    }

    /// Looks up the metadata of the current message and returns whether the message has expired. If it has not, its span begins, and
    /// its observers are notified that the handler begins.
    #[cold]
    pub(crate) fn begin_observed(&mut self) -> bool {
        let meta = self.ctx.load_metadata(&self.intake);
        if meta.is_some_and(Meta::is_expired) {
            return true;
        }
        if self.spans {
            self.ctx.begin_span();
        }
        if let Some(meta) = self.ctx.meta() {
            self.host.handling(meta);
        }
        false
    }

    /// Refuses the current message, which has expired.
    #[cold]
    pub(crate) fn expire(&mut self, mut queued: Queued<A::Message>) {
        self.ctx.cell.kind.totals.count_expired();
        queued.message.refuse(Cause::Expired);
        self.host.dead_letter(self.ctx.dead_letter_meta(Reason::Expired), Some(queued.message));
        self.report_outcome(&|_| Outcome::Dead(Reason::Expired));
        self.message_done();
    }

    /// Publishes the outbox. `false`: a full subscriber has to be waited for, or the broker. Not async, so that the future of an
    /// idle actor has no space for it.
    pub(crate) fn publish_now(&mut self) -> bool {
        while let Some(event) = self.ctx.next_published() {
            let correlation = self.ctx.meta().map(Meta::correlation);
            if let MaybeReady::Later(rest) = self.host.publish_event(event, self.ctx.id(), correlation) {
                self.unfinished = Some(Box::new(rest));
                return false; // the next event must not overtake this one
            }
        }
        true
    }

    /// Publishes the outbox, and waits for full subscribers and for the broker. Because the actor waits, its events reach each
    /// subscriber in the order in which they were published.
    pub(crate) async fn publish_outbox(&mut self) {
        loop {
            if let Some(unfinished) = self.unfinished.take() {
                unfinished.await;
            }
            if self.publish_now() {
                return;
            }
        }
    }

    /// Discards the outbox of a handler that failed: it has published nothing.
    pub(crate) fn discard_published(&mut self) {
        // Dropping events runs user code.
        rt::catch(|| self.ctx.discard_published());
        let unfinished = self.unfinished.take();
        rt::catch_drop(unfinished);
    }

    /// Ends the publish of a message whose handler has succeeded: the events that are left become dead letters.
    pub(crate) fn end_publishing(&mut self) {
        self.report_outcome(&|answered| Outcome::Handled { answered });
        self.message_done();
        let unfinished = self.unfinished.take();
        rt::catch_drop(unfinished); // it says itself what becomes of its event
        let cause = self.end_cause();
        let sender = self.ctx.id();
        while let Some(event) = self.ctx.next_published() {
            rt::catch(|| self.host.dead_letter_event(&cause, sender, event));
        }
    }

    /// Ends an incarnation. The controller decides whether another one follows.
    pub(crate) fn incarnation_ended(&mut self, exit: Exit) {
        self.end_interrupted(Reason::Stopped);
        let unfinished = self.unfinished.take();
        rt::catch_drop(unfinished);
        self.ctx.reset();
        let cell = &self.ctx.cell;
        cell.advance(ActorState::Restarting);
        observe::stopped(A::NAME, cell.id, &exit.reason);
        self.emit(&|_| LifecycleStep::Stopped(exit.reason.clone()));
        self.started = false;
        self.exit = Some(Box::new(exit));
    }

    /// Prepares for the next incarnation. The mailbox of a supervised actor is open, and callers that wait for its stop are
    /// answered.
    pub(crate) fn prepare_restart(&mut self, on_restart: OnRestart) {
        if on_restart == OnRestart::Discard {
            self.discard_queued(&Cause::Restarted);
        }
        let cell = &self.ctx.cell;
        if !self.supervised {
            // A stop ends the actor: the callers that wait for it are told then.
            return cell.reopen_family();
        }
        cell.mailbox.reopen();
        if let Some(exit) = &self.exit {
            cell.incarnation_ended(exit);
        }
    }

    /// Ends the current message, if its handler was interrupted.
    fn end_interrupted(&mut self, reason: Reason) {
        if self.is_handling() {
            self.host.dead_letter(self.ctx.dead_letter_meta(reason), None);
            self.report_outcome(&|_| Outcome::Dead(reason));
            self.ctx.cell.kind.totals.count_discarded(1);
            self.message_done();
        }
    }

    /// Turns all messages of an actor that ends for good into dead letters, before its `post_stop`.
    pub(crate) fn discard_at_end(&mut self, reason: &ExitReason) {
        self.ctx.cell.set_ending(reason.clone());
        let cause = self.end_cause();
        self.end_interrupted(Reason::from(&cause));
        self.discard_queued(&cause);
    }

    /// Why an actor that ends does not handle its messages.
    fn end_cause(&self) -> Cause {
        if self.ctx.cell.kind.is_closing() { Cause::ShuttingDown } else { Cause::Stopped }
    }

    /// Turns all queued messages of a live actor into dead letters.
    fn discard_queued(&mut self, cause: &Cause) {
        let rest = self.ctx.cell.mailbox.discard_queued();
        let discarded = self.dead_letter_all(cause, rest);
        let cell = &self.ctx.cell;
        cell.kind.totals.count_discarded(discarded);
        cell.mailbox.count_discarded(discarded);
    }

    /// Turns all remaining messages of an actor that ends into dead letters.
    #[cold]
    fn dead_letter_remaining(&mut self, rest: VecDeque<Queued<A::Message>>) {
        let cause = self.end_cause();
        let reason = Reason::from(&cause);
        if self.is_handling() {
            // The task was ended while the handler ran.
            self.host.dead_letter(self.ctx.dead_letter_meta(reason), None);
            self.ctx.settled(&*self.host, &|_| Outcome::Dead(reason));
        }
        self.dead_letter_all(&cause, rest);
    }

    /// Turns what is left of the batch, and then `rest`, into dead letters. Returns the number of messages.
    fn dead_letter_all(&mut self, cause: &Cause, mut rest: VecDeque<Queued<A::Message>>) -> u64 {
        let mut count = 0;
        loop {
            let mut next = self.intake.pop();
            if next.is_none() {
                next = rest.pop_front();
            }
            let Some(tag) = next.as_ref().map(|queued| queued.tag) else { return count };
            count += 1;
            let mut meta = self.ctx.take_metadata(tag);
            let cell = &self.ctx.cell;
            // Dropping a message runs user code, and this may run while a panic unwinds.
            rt::catch(|| {
                if let Some(queued) = next.take() {
                    cell.kind.dead_letter_queued(cause.clone(), meta.take(), queued, cell.id);
                }
            });
        }
    }

    /// Ends the actor, whose value is dropped already.
    pub(crate) fn end(&mut self, exit: Exit) {
        self.ended = true;
        if self.is_publishing() {
            rt::catch(|| self.end_publishing());
        }
        // In this order: a `Terminated` that arrives from now on finds the mailbox closed.
        let mut rest = self.ctx.cell.mailbox.end();
        self.ctx.unwatch_all();
        let (accepted, done) = (rest.accepted, rest.done);
        if self.is_handling() || !self.intake.is_empty() || !rest.queue.is_empty() {
            self.ctx.cell.set_ending(exit.reason.clone());
            rt::catch(|| self.dead_letter_remaining(mem::take(&mut rest.queue)));
        }
        let cell = &self.ctx.cell;
        if !self.started {
            if let Some(parent) = cell.parent() {
                parent.about().remove_child(cell.identity());
            }
        }
        self.host.release(cell);
        cell.kind.leave(cell.id, accepted, done);
        if self.started {
            observe::stopped(A::NAME, cell.id, &exit.reason);
            self.emit(&|_| LifecycleStep::Stopped(exit.reason.clone()));
        }
        cell.ended(&exit);
    }
}

#[cold]
fn emit(system: &dyn AnySystem, cell: &dyn AnyCell, step: &dyn Fn(&dyn AnyCell) -> LifecycleStep) {
    let (id, actor, name) = (Some(cell.id()), cell.actor(), cell.name().cloned());
    system.lifecycle_event(&LifecycleEvent::new(id, actor, name, step(cell)));
}

/// Ends an actor whose task is dropped.
impl<A: Actor> Drop for TaskState<A> {
    fn drop(&mut self) {
        if !self.ended {
            let exit = self.exit.take().map_or(PlainExit::Killed.into(), |exit| *exit);
            self.end(exit);
        }
    }
}

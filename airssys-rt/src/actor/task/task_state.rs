use crate::{
    actor::{
        context::ActorContext,
        declare::{Actor, OnRestart},
        shared::{ActorState, Cell, Exit, Host, LifeEvent, LifeStep, PlainExit, Queued, refusal},
    },
    broker::{MaybeReady, Outcome, dead_letters::Reason},
    mailbox::Batch,
    observe,
    rt::{self, BoxFuture},
    sync::Arc,
};
use std::collections::VecDeque;

/// All of an actor's task but the user's state. Dropping it is the end of the actor.
pub(crate) struct TaskState<A: Actor> {
    pub(crate) ctx: ActorContext<A>,
    pub(crate) host: Arc<dyn Host<A>>,
    /// Taken from the mailbox and not handled yet.
    pub(crate) intake: Batch<Queued<A::Message>>,
    /// Whether whoever waits for room is let in after each message.
    exact: bool,
    launched: bool,
    /// There may be another incarnation.
    pub(crate) renewable: bool,
    /// A supervisor decides about that.
    pub(crate) supervised: bool,
    /// A message is being handled.
    handling: bool,
    /// The publish of an event that waits for full subscribers or for the broker. Boxed twice: 8 bytes in an idle actor.
    late: Option<Box<BoxFuture<'static, ()>>>,
    /// How the last incarnation ended; without it somebody ended the task.
    exit: Option<Box<Exit>>,
    /// All of this is over.
    ended: bool,
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
            launched: false,
            renewable: false,
            supervised: false,
            handling: false,
            late: None,
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

    pub(crate) fn launch(&mut self) {
        self.launched = true;
        if A::STARTS || (self.renewable && self.ctx.cell.lifecycle().state() != ActorState::Running) {
            self.ctx.cell.advance(ActorState::Running);
        }
        observe::started(A::NAME, self.ctx.id(), self.ctx.name());
        self.lived(|cell| LifeStep::Started { incarnation: cell.lifecycle().incarnation() });
    }

    /// Tells whoever wants to know.
    #[inline]
    pub(crate) fn lived(&self, step: impl FnOnce(&Cell<A>) -> LifeStep) {
        if self.host.sees_lives() {
            let cell = &self.ctx.cell;
            let (id, actor, name) = (Some(cell.id), A::NAME, cell.name().cloned());
            self.host.lived(&LifeEvent { id, actor, name, step: step(cell) });
        }
    }

    /// For the end that will come when this is dropped.
    pub(crate) fn note(&mut self, exit: Exit) {
        self.exit = Some(Box::new(exit));
    }

    #[inline]
    pub(crate) fn begin(&mut self, queued: &Queued<A::Message>) {
        self.handling = true;
        self.ctx.begin(queued.tag, A::variant(&queued.message));
    }

    /// The current message is over.
    #[inline]
    pub(crate) fn handled(&mut self) {
        debug_assert!(self.handling, "whatever is over was a hook, or its events");
        self.handling = false;
        self.ctx.cell.mailbox.handled(self.exact);
    }

    /// Whether a message is being handled.
    pub(crate) fn is_handling(&self) -> bool {
        self.handling
    }

    /// Tells whoever observers what became of the current message.
    #[cold]
    pub(crate) fn settled(&mut self, outcome: impl FnOnce(bool) -> Outcome) {
        self.ctx.settled(&*self.host, outcome);
    }

    /// Observers up what is known about the current message, and whether that was its end. If not, whoever observers is told
    /// that its handler begins.
    #[cold]
    pub(crate) fn has_expired(&mut self) -> bool {
        let Some(meta) = self.ctx.load_metadata(&self.intake) else { return false };
        let expired = meta.is_expired();
        if !expired {
            self.host.handling(meta);
        }
        expired
    }

    #[cold]
    pub(crate) fn expire(&mut self, mut queued: Queued<A::Message>) {
        self.ctx.cell.kind.totals.count_expired();
        A::refuse(&mut queued.message, refusal(Reason::Expired));
        self.host.dead_letter(self.ctx.dead_letter_meta(Reason::Expired), Some(queued.message));
        self.settled(|_| Outcome::Dead(Reason::Expired));
        self.handled();
    }

    /// Publishes the outbox. `false`: a subscriber has to be waited for, or the broker. Not async, so that the future of an idle
    /// actor has no space for it.
    pub(crate) fn publish_now(&mut self) -> bool {
        while let Some(event) = self.ctx.next_published() {
            let correlation = self.ctx.meta().map(|meta| meta.correlation());
            if let MaybeReady::Later(rest) = self.host.publish_event(event, self.ctx.id(), correlation) {
                self.late = Some(Box::new(rest));
                return false; // the next event must not overtake this one
            }
        }
        true
    }

    /// Publishes the outbox and waits where that is necessary. The actor waits, so its events reach each subscriber in the order
    /// in which they were published.
    pub(crate) async fn publish_rest(&mut self) {
        loop {
            if let Some(late) = self.late.take() {
                late.await;
            }
            if self.publish_now() {
                return;
            }
        }
    }

    /// The handler failed: it has published nothing.
    pub(crate) fn discard_published(&mut self) {
        // Dropping events runs user code.
        rt::catch(|| self.ctx.discard_published());
        let late = self.late.take();
        rt::catch(|| drop(late));
    }

    /// An incarnation is over, and somebody decides whether there is another.
    pub(crate) fn land(&mut self, exit: Exit) {
        if self.handling {
            // Given up in the middle of it.
            self.host.dead_letter(self.ctx.dead_letter_meta(Reason::Stopped), None);
            self.settled(|_| Outcome::Dead(Reason::Stopped));
            self.ctx.cell.kind.totals.count_discarded(1);
            self.handled();
        }
        let late = self.late.take();
        rt::catch(|| drop(late));
        self.ctx.reset();
        let cell = &self.ctx.cell;
        cell.advance(ActorState::Restarting);
        observe::stopped(A::NAME, cell.id, &exit.reason);
        self.lived(|_| LifeStep::Stopped(exit.reason.clone()));
        self.launched = false;
        self.exit = Some(Box::new(exit));
    }

    /// There will be another incarnation.
    pub(crate) fn rest(&mut self, on_restart: OnRestart) {
        if on_restart == OnRestart::Discard {
            self.forget();
        }
        let cell = &self.ctx.cell;
        if self.supervised {
            cell.mailbox.reopen();
        }
        if let Some(exit) = &self.exit {
            cell.incarnation_ended(exit);
        }
    }

    /// What is queued is dead although the actor is not.
    fn forget(&mut self) {
        let cell = self.cell();
        let mut discarded = 0;
        for mut queued in self.intake.drain().chain(cell.mailbox.discard_queued()) {
            discarded += 1;
            let meta = self.ctx.take_metadata(queued.tag);
            rt::catch(|| {
                let reason = Reason::Restarted;
                A::refuse(&mut queued.message, refusal(reason));
                cell.kind.dead_letter(Outcome::Dead(reason), reason, meta, queued, Some(cell.id));
            });
        }
        cell.kind.totals.count_discarded(discarded);
        cell.mailbox.count_discarded(discarded);
    }

    /// What is left over will never be handled.
    fn dead_letter_remaining(&mut self, rest: VecDeque<Queued<A::Message>>) {
        let cell = &self.ctx.cell;
        let reason = if cell.kind.is_closing() { Reason::ShuttingDown } else { Reason::Stopped };
        if self.handling {
            // The task was ended in the middle of it.
            self.host.dead_letter(self.ctx.dead_letter_meta(reason), None);
            self.ctx.settled(&*self.host, |_| Outcome::Dead(reason));
        }
        for mut queued in self.intake.drain().chain(rest) {
            let meta = self.ctx.take_metadata(queued.tag);
            let cell = &self.ctx.cell;
            // Dropping a message runs user code, and this may run while a panic unwinds.
            rt::catch(|| {
                A::refuse(&mut queued.message, refusal(reason));
                cell.kind.dead_letter(Outcome::Dead(reason), reason, meta, queued, Some(cell.id));
            });
        }
    }

    /// The actor ends. Its state is dropped already.
    pub(crate) fn end(&mut self, exit: Exit) {
        self.ended = true;
        // In this order: news of an end that comes now finds the mailbox closed.
        let rest = self.ctx.cell.mailbox.end();
        self.ctx.unwatch_all();
        let (accepted, done) = (rest.accepted, rest.done);
        rt::catch(|| self.dead_letter_remaining(rest.queue));
        let cell = &self.ctx.cell;
        if !self.launched
            && let Some(parent) = cell.parent()
        {
            parent.remove_child(cell.identity());
        }
        self.host.release(cell);
        cell.kind.leave(cell.id, accepted, done);
        if self.launched {
            observe::stopped(A::NAME, cell.id, &exit.reason);
            self.lived(|_| LifeStep::Stopped(exit.reason.clone()));
        }
        cell.ended(exit);
    }
}

/// Somebody ends the actor.
impl<A: Actor> Drop for TaskState<A> {
    fn drop(&mut self) {
        if !self.ended {
            let exit = self.exit.take().map_or(PlainExit::Killed.into(), |exit| *exit);
            self.end(exit);
        }
    }
}

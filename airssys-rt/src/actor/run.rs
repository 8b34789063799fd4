use crate::{
    actor::{
        Actor, ActorContext, ActorRef, Cell, ErrorAction, Exit, ExitReason, FanOut, Host,
        cell::Queued,
        guard::{Guarded, Interrupt},
    },
    envelope::Meta,
    mailbox::Taken,
    observe,
    reply::{Fault, FaultReport, Refusal},
    rt::{self, Runtime},
    sync::Arc,
};
use std::{
    collections::VecDeque,
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
};

/// One actor and its task. Dropped at any point, it leaves nothing behind: whoever waits is answered, the name is
/// free, what was queued is counted as dead.
pub(crate) struct Task<A: Actor> {
    /// First, so that the state is gone before the end is announced.
    actor: A,
    life: Life<A>,
}

/// All of a task but the user's state.
struct Life<A: Actor> {
    ctx: ActorContext<A>,
    host: Arc<dyn Host<A>>,
    batch: VecDeque<Queued<A::Message>>,
    quantum: u32,
    /// The event whose last subscribers are full.
    late: Option<Box<FanOut>>,
    /// Set when the task ends by itself; without it somebody ended it.
    exit: Option<Box<Exit>>,
    launched: bool,
}

/// Why an actor did not start.
pub(crate) enum StartFailure {
    Failed(FaultReport),
    Killed,
}

/// Why the actor stops handling messages.
enum End {
    /// Told to stop, or closed and empty.
    Told,
    Fault(Fault),
}

impl<A: Actor + Send> Task<A> {
    pub(crate) fn new(actor: A, cell: Arc<Cell<A>>, host: Arc<dyn Host<A>>) -> Self {
        let quantum = cell.mailbox.quantum();
        let ctx = ActorContext::new(cell);
        Task {
            actor,
            life: Life {
                ctx,
                host,
                batch: VecDeque::new(),
                quantum,
                late: None,
                exit: None,
                launched: false,
            },
        }
    }

    /// Runs `pre_start`, in the task of whoever spawns.
    pub(crate) async fn open(&mut self) -> Result<(), StartFailure> {
        let cell = self.life.ctx.cell.clone();
        let start = pin!(self.actor.pre_start(&mut self.life.ctx));
        let mut start = Guarded::new(start, &cell.mailbox);
        let started = poll_fn(|cx| {
            cell.mailbox.set_waker(Some(cx.waker()));
            Pin::new(&mut start).poll(cx)
        });
        let started = started.await;
        cell.mailbox.set_waker(None); // from now on it is the actor's own
        let fault = match started {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(fault)) | Err(Interrupt::Panicked(fault)) => fault,
            Err(Interrupt::Killed) => return Err(StartFailure::Killed),
        };
        let report = fault.report();
        self.life.exit = Some(Box::new(Exit { reason: ExitReason::Failed(report.clone()), hook: None }));
        Err(StartFailure::Failed(report))
    }

    pub(crate) fn launch(mut self, runtime: &Runtime) -> ActorRef<A> {
        self.life.launched = true;
        let reference = self.life.ctx.actor_ref();
        observe::started(A::NAME, reference.id(), reference.name());
        runtime.spawn(self.run());
        reference
    }

    async fn run(mut self) {
        let cell = self.life.ctx.cell.clone();
        let reason = loop {
            // One guard around many messages: unwinding drops the future of the failing message only; the rest of
            // the batch lies outside of it.
            let fault = match Guarded::new(pin!(self.serve()), &cell.mailbox).await {
                Ok(End::Told) => break told(&cell),
                Err(Interrupt::Killed) => break ExitReason::Killed,
                Ok(End::Fault(fault)) | Err(Interrupt::Panicked(fault)) => fault,
            };
            if let Some(reason) = Box::pin(self.fail(fault)).await {
                break reason;
            }
        };
        cell.mailbox.close(); // while `post_stop` runs nobody should send in vain
        let hook = if A::STOPS { Box::pin(self.close()).await } else { None };
        self.life.exit = Some(Box::new(Exit { reason, hook }));
    }

    async fn serve(&mut self) -> End {
        let Task { actor, life } = self;
        if life.ctx.has_published() {
            Box::pin(life.publish_rest()).await; // by a hook
        }
        loop {
            if life.ctx.cell.mailbox.is_signalled() {
                return End::Told;
            }
            let Some(queued) = life.batch.pop_front() else {
                match life.ctx.cell.mailbox.drain(&mut life.batch).await {
                    Taken::Batch => continue,
                    Taken::Signal | Taken::Closed => return End::Told,
                }
            };
            life.ctx.begin(queued.sender, A::variant(&queued.message));
            if let Err(fault) = actor.dispatch(queued.message, &mut life.ctx).await {
                return End::Fault(fault);
            }
            if life.ctx.has_published() && !life.publish_now() {
                Box::pin(life.publish_rest()).await;
            }
            if life.ctx.cell.mailbox.handled(life.quantum) {
                rt::consume_budget().await;
            }
        }
    }

    /// A handler failed. `None` to go on.
    async fn fail(&mut self, fault: Fault) -> Option<ExitReason> {
        let cell = self.life.ctx.cell.clone();
        let fault = fault.at(self.life.ctx.current());
        let report = fault.report();
        observe::failed(A::NAME, cell.id, &report);
        self.life.ctx.discard_published();
        self.life.late = None;
        cell.kind.count_failed();
        cell.mailbox.handled(self.life.quantum);
        let action = Guarded::new(pin!(self.actor.on_error(fault, &mut self.life.ctx)), &cell.mailbox).await;
        match action {
            Ok(ErrorAction::Resume) => None,
            Err(Interrupt::Killed) => Some(ExitReason::Killed),
            Ok(ErrorAction::Stop) | Err(Interrupt::Panicked(_)) => {
                self.life.ctx.discard_published();
                Some(ExitReason::Failed(report))
            }
        }
    }

    /// Runs `post_stop` within its time limit. What goes wrong there changes nothing but the report.
    async fn close(&mut self) -> Option<FaultReport> {
        let Task { actor, life } = self;
        let cell = life.ctx.cell.clone();
        let limit = cell.kind.settings.stop_timeout;
        let stop = async {
            actor.post_stop(&mut life.ctx).await?;
            life.publish_rest().await;
            Ok::<(), Fault>(())
        };
        let fault = match rt::timeout(limit, Guarded::last(pin!(stop), &cell.mailbox)).await {
            Some(Ok(Ok(()))) => return None,
            Some(Ok(Err(fault)) | Err(Interrupt::Panicked(fault))) => fault,
            Some(Err(Interrupt::Killed)) | None => {
                Fault::new(format!("`post_stop` was not done within {limit:?}"))
            }
        };
        Some(fault.report())
    }
}

/// Why an actor that was told to stop stops.
fn told<A: Actor>(cell: &Cell<A>) -> ExitReason {
    if cell.kind.is_closing() { ExitReason::Shutdown } else { ExitReason::Stopped }
}

impl<A: Actor> Life<A> {
    /// Publishes the outbox past the broker. `false`: something has to wait, or the broker wants to see it. Not
    /// async, so that an idle actor has no room set aside for it.
    fn publish_now(&mut self) -> bool {
        if self.ctx.cell.kind.is_armed() {
            return false;
        }
        while let Some(event) = self.ctx.next_published() {
            let mut fan = FanOut::from_sender(Some(self.ctx.id()));
            self.host.fan_out(event, &mut fan);
            if !fan.is_finished() {
                self.late = Some(Box::new(fan));
                return false; // the next event must not overtake this one
            }
        }
        true
    }

    /// Publishes the outbox, waiting where that is necessary. The actor waits, so its events reach each
    /// subscriber in the order in which they were published.
    async fn publish_rest(&mut self) {
        loop {
            if let Some(late) = self.late.take() {
                late.finish().await;
            }
            if self.publish_now() {
                return;
            }
            if self.late.is_some() {
                continue;
            }
            let Some(event) = self.ctx.next_published() else { return };
            let meta = Meta { sender: Some(self.ctx.id()), recipient: None, waits: true };
            self.host.clone().publish_event(meta, event).await;
        }
    }
}

impl<A: Actor> Drop for Life<A> {
    fn drop(&mut self) {
        let cell = self.ctx.cell.clone();
        let rest = cell.mailbox.end();
        for queued in self.batch.drain(..).chain(rest) {
            // Dropping a message runs user code, and this may run while a panic unwinds.
            let _ = catch_unwind(AssertUnwindSafe(|| A::refuse(queued.message, Refusal::Stopped)));
        }
        self.host.release(&cell);
        let (accepted, done) = cell.mailbox.progress();
        cell.kind.leave(cell.id, accepted, done);
        let exit = self.exit.take().map_or(Exit { reason: ExitReason::Killed, hook: None }, |exit| *exit);
        if self.launched {
            observe::stopped(A::NAME, cell.id, &exit.reason);
        }
        cell.ended(exit);
    }
}

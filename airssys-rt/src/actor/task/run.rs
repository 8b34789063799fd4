use crate::{
    actor::{
        declare::{Actor, ErrorAction},
        shared::{ActorRef, ActorState, Cell, Exit, ExitReason, LifeStep, stop_children},
        task::{Guarded, Interrupt, TaskState},
    },
    broker::{Outcome, dead_letters::Reason},
    mailbox::TakeResult,
    observe,
    reply::{Fault, FaultReport},
    rt::{self, Runtime, Threads},
};
use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
    time::Duration,
};

/// So many messages are one unit of the budget that tokio gives a task, of 128. An actor that has used it up gives way to others.
const TURNS: u32 = 8;

/// One actor and its task. Dropped at any point, it leaves nothing behind: whoever waits is answered, the name is
/// free, what was queued is a dead letter.
pub(crate) struct Task<A: Actor> {
    /// First, so that the state is gone before the end is announced.
    actor: A,
    life: TaskState<A>,
}

/// Why an actor did not start.
pub(crate) enum StartFailure {
    Failed(FaultReport),
    Timeout(Duration),
    Killed,
}

/// How an incarnation ended.
pub(crate) struct Ended {
    pub(crate) exit: Exit,
    pub(crate) wish: Wish,
}

/// What an actor that failed wants to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    Nothing,
    Restart,
    Escalate,
}

/// Why the actor stops handling messages.
enum End {
    Signal,
    /// Closed and empty.
    Closed,
    Fault(Fault),
}

/// One incarnation: messages, until it ends, and `post_stop`.
///
/// Not a function: as a future of its own it would be one layer more for each message that wakes an actor.
macro_rules! live {
    ($task:ident) => {{
        let cell = $task.life.ctx.cell.clone();
        let (reason, mut wish) = loop {
            // One guard around many messages: unwinding drops the future of the failing message only; the rest of
            // the batch lies outside of it.
            let fault = match Guarded::new($task.serve(), &cell).await {
                Ok(End::Signal) if cell.mailbox.take_child_failed() => match cell.take_failed_child() {
                    Some(child) => Fault::from(child),
                    None => continue,
                },
                Ok(End::Signal) => break (cell.signalled(), Wish::Nothing),
                Ok(End::Closed) => break (ExitReason::Drained, Wish::Nothing),
                Err(Interrupt::Killed) => break (ExitReason::Killed, Wish::Nothing),
                Ok(End::Fault(fault)) | Err(Interrupt::Panicked(fault)) => fault,
            };
            if let Some(end) = Box::pin($task.fail(fault)).await {
                break end;
            }
        };
        if wish == Wish::Restart && cell.mailbox.is_signalled() {
            wish = Wish::Nothing; // somebody wants it to stop
        }
        if !$task.life.supervised && wish != Wish::Restart && !cell.mailbox.is_stopped() {
            cell.mailbox.close(); // while `post_stop` runs nobody should send in vain
        }
        if $task.life.is_handling() {
            $task.life.discard_published(); // by a handler that was given up
        }
        let ends = A::STOPS || $task.life.ctx.has_published() || cell.has_children();
        let hook = if ends {
            cell.advance(ActorState::Stopping);
            Box::pin($task.close()).await
        } else {
            None
        };
        Ended { exit: Exit { reason, hook }, wish }

    }};
}

impl<A: Actor + Send> Task<A> {
    pub(crate) fn new(actor: A, life: TaskState<A>) -> Self {
        Task { actor, life }
    }

    /// Runs `pre_start`. The first time this is in the task of whoever spawns.
    pub(crate) async fn open(&mut self) -> Result<(), StartFailure> {
        let cell = self.life.ctx.cell.clone();
        let started = {
            let mut start = pin!(Guarded::new(self.actor.pre_start(&mut self.life.ctx), &cell));
            poll_fn(|cx| {
                cell.mailbox.set_waker(Some(cx.waker()));
                start.as_mut().poll(cx)
            })
            .await
        };
        cell.mailbox.set_waker(None); // from now on it is the actor's own
        match started {
            Ok(Ok(())) => Ok(()),
            Ok(Err(fault)) | Err(Interrupt::Panicked(fault)) => Err(StartFailure::Failed(fault.report())),
            Err(Interrupt::Killed) => Err(StartFailure::Killed),
        }
    }

    /// It did not start.
    pub(crate) fn give_up(&mut self, why: &StartFailure) {
        self.life.note(Exit { reason: why.reason(), hook: None });
    }

    pub(crate) fn launch(mut self, runtime: &Runtime, threads: Option<Threads>) -> ActorRef<A> {
        self.life.launch();
        let reference = self.life.ctx.actor_ref();
        runtime.spawn_on(threads, || reference.0.clone(), self.run());
        reference
    }

    /// Not an `async fn`, whose future would hold the task twice: as what it was called with, and as what it works on.
    #[allow(clippy::manual_async_fn)]
    fn run(mut self) -> impl Future<Output = ()> + Send {
        async move {
            let task = &mut self;
            let Ended { exit, wish } = live!(task);
            if wish == Wish::Escalate {
                self.life.ctx.cell.escalate(&exit.reason);
            }
            self.into_life().end(exit);
        }
    }

    /// It begins, and may begin again.
    pub(crate) fn relaunch(&mut self) {
        self.life.renewable = true;
        self.life.launch();
    }

    pub(crate) fn actor_ref(&self) -> ActorRef<A> {
        self.life.ctx.actor_ref()
    }

    /// One incarnation of an actor that may have more.
    pub(crate) async fn live(&mut self) -> Ended {
        let task = self;
        live!(task)
    }

    /// The state is dropped; all else is for the next incarnation.
    pub(crate) fn into_life(self) -> TaskState<A> {
        let Task { actor, life } = self;
        rt::catch(|| drop(actor));
        life
    }

    async fn serve(&mut self) -> End {
        let Task { actor, life } = self;
        if life.ctx.has_published() {
            // By a hook, perhaps before the first message: a kill has to know whom to wake.
            poll_fn(|cx| {
                life.ctx.cell.mailbox.set_waker(Some(cx.waker()));
                Poll::Ready(())
            })
            .await;
            Box::pin(life.publish_rest()).await;
        }
        let mut turns = 0_u32;
        loop {
            if turns == TURNS {
                turns = 0;
                rt::consume_budget().await;
            }
            turns += 1;
            if life.ctx.cell.mailbox.is_signalled() {
                return End::Signal;
            }
            // Whatever is there when something is awaited has its place in the future of each actor, and to move it there and
            // back takes time. So a message is not there: neither by a `match` on what is popped, nor beside its handler.
            let handler = {
                let queued = if life.intake.is_empty() {
                    // To send what can be seen takes longer than to handle it: an actor that waited for each message would be
                    // woken for each, and both would fight over the mailbox.
                    if life.ctx.release_metadata() {
                        rt::yield_now().await;
                    }
                    match life.ctx.cell.mailbox.take(&mut life.intake).await {
                        TakeResult::Item(queued) => {
                            life.ctx.took_batch();
                            queued
                        }
                        TakeResult::Signal => return End::Signal,
                        TakeResult::Closed => return End::Closed,
                    }
                } else {
                    life.intake.pop().expect("it is not empty")
                };
                life.begin(&queued);
                if queued.tag.is_entry() && life.has_expired() {
                    life.expire(queued);
                    continue;
                }
                actor.dispatch(queued.message, &mut life.ctx)
            };
            if let Err(fault) = handler.await {
                return End::Fault(fault);
            }
            if life.ctx.has_published() && !life.publish_now() {
                Box::pin(life.publish_rest()).await;
            }
            if life.ctx.is_observed() {
                life.settled(|answered| Outcome::Handled { answered });
            }
            life.handled();
        }
    }

    /// A handler failed. `None` to go on.
    async fn fail(&mut self, fault: Fault) -> Option<(ExitReason, Wish)> {
        let Task { actor, life } = self;
        let cell = life.ctx.cell.clone();
        let fault = if life.is_handling() { fault.at(life.ctx.current()) } else { fault };
        let report = fault.report();
        observe::failed(A::NAME, cell.id, report.message(), report.is_panic(), &report);
        life.lived(|_| LifeStep::Failed(report.clone()));
        life.discard_published();
        if life.is_handling() {
            cell.kind.totals.count_failed();
            life.handled();
            life.host.dead_letter(life.ctx.dead_letter_meta(Reason::Failed), None);
            life.settled(|_| Outcome::Failed);
        }
        let reason = match Guarded::new(actor.on_error(fault, &mut life.ctx), &cell).await {
            Ok(ErrorAction::Resume) => return None,
            Ok(ErrorAction::Stop) => return Some((ExitReason::Failed(report), Wish::Nothing)),
            Ok(ErrorAction::Escalate) => return Some((ExitReason::Failed(report), Wish::Escalate)),
            Ok(ErrorAction::Restart) if !life.renewable => {
                return Some((ExitReason::NoFactory(report), Wish::Nothing));
            }
            Ok(ErrorAction::Restart) => return Some((ExitReason::Failed(report), Wish::Restart)),
            Err(Interrupt::Panicked(_)) => ExitReason::Failed(report),
            Err(Interrupt::Killed) => ExitReason::Killed,
        };
        life.discard_published(); // by an `on_error` that did not come to its end
        Some((reason, Wish::Nothing))
    }

    /// It did not start, and may be started again: what it had begun is not for the next incarnation.
    pub(crate) async fn clear(&mut self) {
        let cell = self.life.cell();
        stop_children(cell.take_children(), cell.kind.settings.stop_timeout).await;
    }

    /// Stops the children, then runs `post_stop` within its time limit. What goes wrong there changes nothing but the report.
    async fn close(&mut self) -> Option<FaultReport> {
        let Task { actor, life } = self;
        let cell = life.ctx.cell.clone();
        let limit = cell.kind.settings.stop_timeout;
        stop_children(cell.take_children(), limit).await;
        let stop = async {
            actor.post_stop(&mut life.ctx).await?;
            life.publish_rest().await;
            Ok::<(), Fault>(())
        };
        let fault = match rt::timeout(limit, Guarded::unkillable(stop, &cell)).await {
            Some(Ok(Ok(()))) => return None,
            Some(Ok(Err(fault)) | Err(Interrupt::Panicked(fault))) => fault,
            Some(Err(Interrupt::Killed)) | None => {
                Fault::new(format!("`post_stop` was not done within {limit:?}"))
            }
        };
        Some(fault.report())
    }
}

impl<A: Actor> Cell<A> {
    /// Why an actor that was told to stop stops.
    pub(crate) fn signalled(&self) -> ExitReason {
        if self.mailbox.is_killed() {
            ExitReason::Killed
        } else if self.mailbox.is_shut_down() {
            ExitReason::Shutdown
        } else {
            ExitReason::Stopped
        }
    }
}

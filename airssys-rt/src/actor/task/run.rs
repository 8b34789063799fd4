//! The run loop of an actor: `pre_start`, message after message, `on_error`, then `post_stop`.

use crate::{
    actor::{
        declare::{Actor, ErrorAction},
        shared::{ActorRef, ActorState, AnyCell, Cell, Exit, ExitReason, LifecycleStep, stop_children},
        spawn::{SpawnError, SpawnResult},
        task::{
            Guarded, GuardedHook, IncarnationEnd, Interrupt, RestartRequest, StartFailure, TaskState, hooks,
        },
    },
    broker::{Outcome, dead_letters::Reason},
    envelope::Meta,
    mailbox::TakeResult,
    observe,
    reply::{Fault, FaultReport},
    rt::{self, Runtime, Threads},
    sync::Arc,
};
use std::{future::Future, time::Duration};

/// An actor with the state of its task. Dropping it at any point leaves nothing behind: callers that wait are answered, the
/// name is free, and queued messages are dead letters.
pub(crate) struct Task<A: Actor> {
    /// The first field, so that it is dropped before the end is announced.
    actor: A,
    state: TaskState<A>,
}

/// Why the message loop ended.
enum ServeEnd {
    Signal,
    /// The mailbox is closed and empty.
    Closed,
    Fault(Fault),
}

/// What follows the end of the message loop.
enum AfterServe {
    /// The message loop again.
    Continue,
    End(ExitReason),
    Fault(Fault),
}

/// Runs one incarnation: the message loop, then `post_stop`.
///
/// A macro, not a function: a future of its own would add one layer for each message that wakes an actor.
macro_rules! run_incarnation {
    ($task:ident) => {{
        let cell = $task.state.ctx.cell.clone();
        let (reason, mut request) = loop {
            // One guard around many messages: unwinding drops the future of the failing message only; the rest of
            // the batch lies outside of it.
            let fault = match Guarded::new($task.serve(), &*cell).await {
                Ok(end) => match $task.after_serve(end) {
                    AfterServe::Continue => continue,
                    AfterServe::End(reason) => break (reason, RestartRequest::None),
                    AfterServe::Fault(fault) => fault,
                },
                Err(Interrupt::Killed) => break (ExitReason::Killed, RestartRequest::None),
                Err(Interrupt::Panicked(fault)) => fault,
            };
            if let Some(end) = Box::pin($task.handle_failure(fault)).await {
                break end;
            }
        };
        let ends = $task.prepare_end(&reason, &mut request);
        let hook = if ends { Box::pin($task.run_post_stop()).await } else { None };
        IncarnationEnd { exit: Exit { reason, hook }, request }
    }};
}

impl<A: Actor + Send> Task<A> {
    pub(crate) fn new(actor: A, state: TaskState<A>) -> Self {
        Task { actor, state }
    }

    /// Runs `pre_start` within `limit`: for the first incarnation in the task of the spawner, later in the actor's task.
    pub(crate) async fn run_pre_start(&mut self, limit: Duration) -> Result<(), StartFailure> {
        let Task { actor, state } = self;
        let cell = state.ctx.cell.clone();
        // The call itself is user code as well: a hook may fail before it returns its future.
        let start = Box::pin(async { actor.pre_start(&mut state.ctx).await });
        hooks::pre_start(start, &*cell, limit).await
    }

    /// Sets the exit of an actor whose `pre_start` did not succeed.
    pub(crate) fn start_failed(&mut self, failure: &StartFailure) {
        self.state.set_exit(Exit { reason: failure.reason(), hook: None });
    }

    /// Spawns the task of an actor that has one incarnation.
    pub(crate) fn spawn(mut self, runtime: &Runtime, threads: Option<Threads>) -> SpawnResult<A> {
        self.state.incarnation_started();
        let cell = self.state.ctx.cell.clone();
        if runtime.spawn_on(threads, &|| cell.clone(), Box::pin(self.run())) {
            Ok(ActorRef::new(cell))
        } else {
            Err(SpawnError::RuntimeEnded)
        }
    }

    /// Not an `async fn`, whose future would hold the task twice: as its argument and as its local variable.
    #[allow(clippy::manual_async_fn)]
    fn run(mut self) -> impl Future<Output = ()> + Send {
        async move {
            let task = &mut self;
            let IncarnationEnd { exit, request } = run_incarnation!(task);
            if request == RestartRequest::Escalate {
                self.state.ctx.cell.escalate(&exit.reason);
            }
            self.into_state().end(exit);
        }
    }

    /// Starts an incarnation of an actor that can be restarted.
    pub(crate) fn start_restartable(&mut self) {
        self.state.restartable = true;
        self.state.incarnation_started();
    }

    pub(crate) fn cell(&self) -> Arc<Cell<A>> {
        self.state.cell()
    }

    /// Runs one incarnation of an actor that can be restarted.
    pub(crate) async fn run_incarnation(&mut self) -> IncarnationEnd {
        let task = self;
        run_incarnation!(task)
    }

    /// Drops the actor's value and returns the rest for the next incarnation.
    pub(crate) fn into_state(self) -> TaskState<A> {
        let Task { actor, state } = self;
        rt::catch_drop(actor);
        state
    }

    /// Handles messages until a signal, the end of a closed mailbox, or a fault.
    async fn serve(&mut self) -> ServeEnd {
        let Task { actor, state } = self;
        if state.ctx.has_published() {
            // Published by a hook, perhaps before the first message: a kill needs a waker.
            hooks::set_waker(&*state.ctx.cell).await;
            Box::pin(state.publish_outbox()).await;
        }
        loop {
            // In the state, not a local variable: each path of the run loop, also that of a failure, comes through here.
            if state.begin_turn() {
                rt::consume_budget().await;
            }
            if state.ctx.cell.mailbox.is_signalled() {
                return ServeEnd::Signal;
            }
            // Each value that is alive across an await is stored in the actor's future, and moving it there and back takes
            // time. So a message is never alive there: neither by a `match` on the popped value nor beside its handler.
            let handler = {
                let queued = if state.intake.is_empty() {
                    // Sending an observed message takes longer than handling it: an actor that waited for each message would
                    // be woken for each, and sender and actor would contend for the mailbox. So it yields first.
                    if state.ctx.release_metadata() {
                        rt::yield_now().await;
                    }
                    match state.ctx.cell.mailbox.take(&mut state.intake).await {
                        TakeResult::Item(queued) => {
                            state.ctx.took_batch();
                            queued
                        }
                        TakeResult::Signal => return ServeEnd::Signal,
                        TakeResult::Closed => return ServeEnd::Closed,
                    }
                } else {
                    state.intake.pop().expect("it is not empty")
                };
                state.begin_message(&queued);
                if state.has_metadata_or_span(queued.tag) && state.begin_observed() {
                    state.expire(queued);
                    continue;
                }
                actor.dispatch(queued.message, &mut state.ctx)
            };
            if let Err(fault) = handler.await {
                return ServeEnd::Fault(fault);
            }
            if state.ctx.has_published() {
                state.handler_done();
                if !state.publish_now() {
                    Box::pin(state.publish_outbox()).await;
                }
            }
            if state.ctx.is_observed() {
                state.report_outcome(&|answered| Outcome::Handled { answered });
            }
            state.message_done();
        }
    }

    /// What follows the end of the message loop.
    fn after_serve(&self, end: ServeEnd) -> AfterServe {
        let cell = &self.state.ctx.cell;
        match end {
            ServeEnd::Signal if cell.mailbox.take_child_failed() => match cell.take_failed_child() {
                Some(child) => AfterServe::Fault(Fault::from(child)),
                None => AfterServe::Continue,
            },
            ServeEnd::Signal => AfterServe::End(cell.stop_reason()),
            ServeEnd::Closed => AfterServe::End(ExitReason::Drained),
            ServeEnd::Fault(fault) => AfterServe::Fault(fault),
        }
    }

    /// Closes the mailbox for the end of an incarnation. Returns whether `post_stop` must run.
    fn prepare_end(&mut self, reason: &ExitReason, request: &mut RestartRequest) -> bool {
        let mailbox = &self.state.ctx.cell.mailbox;
        if *request == RestartRequest::Restart && mailbox.is_signalled() {
            *request = RestartRequest::None; // a stop takes precedence
        }
        if !self.state.supervised && *request != RestartRequest::Restart && !mailbox.is_stopped() {
            mailbox.close(); // no message is accepted while `post_stop` runs
        }
        if self.state.is_publishing() {
            self.state.end_publishing();
        } else if self.state.is_handling() {
            self.state.discard_published(); // by a handler that was interrupted
        }
        let cell = &self.state.ctx.cell;
        let ends = A::STOPS || self.state.ctx.has_published() || cell.has_children();
        if ends {
            cell.advance(ActorState::Stopping);
            if !cell.mailbox.is_drained() && !cell.mailbox.is_open() {
                self.state.discard_at_end(reason); // askers do not wait for `post_stop`
            }
        }
        ends
    }

    /// Reports the fault and runs `on_error`. `None`: the actor continues with the next message.
    async fn handle_failure(&mut self, fault: Fault) -> Option<(ExitReason, RestartRequest)> {
        let Task { actor, state } = self;
        let cell = state.ctx.cell.clone();
        let mut fault = if state.is_handling() { fault.at(state.ctx.current()) } else { fault };
        let report = fault.report();
        fault.tell_askers(&report);
        let (message_type, message_id) = (report.message(), state.ctx.meta().map(Meta::id));
        observe::failed(A::NAME, cell.id, message_type, message_id, report.is_panic(), &report);
        state.emit(&|_| LifecycleStep::Failed(report.clone()));
        state.end_turns(); // a failure takes longer than a message: it uses a unit of the budget
        if state.is_publishing() {
            // The handler has succeeded and its answer is sent: the message is handled. One of its events could not be published;
            // the others are published before the next message.
            state.report_outcome(&|answered| Outcome::Handled { answered });
            state.message_done();
        } else {
            state.discard_published();
        }
        if state.is_handling() {
            cell.kind.totals.count_failed();
            state.message_done();
            state.host.dead_letter(state.ctx.dead_letter_meta(Reason::Failed), None);
            state.report_outcome(&|_| Outcome::Failed);
        }
        // Called inside the guard: a hook may fail before it returns its future, and drops the fault if it does not use it.
        let on_error = Box::pin(async { actor.on_error(fault, &mut state.ctx).await });
        let reason = match GuardedHook::new(on_error, &*cell).await {
            Ok(ErrorAction::Resume) => return None,
            Ok(ErrorAction::Stop) => return Some((ExitReason::Failed(report), RestartRequest::None)),
            Ok(ErrorAction::Escalate) => return Some((ExitReason::Failed(report), RestartRequest::Escalate)),
            Ok(ErrorAction::Restart) if !state.restartable => {
                return Some((ExitReason::NoFactory(report), RestartRequest::None));
            }
            Ok(ErrorAction::Restart) => return Some((ExitReason::Failed(report), RestartRequest::Restart)),
            Err(Interrupt::Panicked(_)) => ExitReason::Failed(report),
            Err(Interrupt::Killed) => ExitReason::Killed,
        };
        state.discard_published(); // by an `on_error` that panicked or was killed
        Some((reason, RestartRequest::None))
    }

    /// Stops the children of an incarnation that did not start: the next incarnation does not inherit them.
    pub(crate) async fn stop_children(&mut self) {
        let (cell, host) = (self.state.cell(), self.state.host.clone());
        stop_children(&*cell, cell.kind.settings.stop_timeout, host.as_any_system()).await;
    }

    /// Ends an actor whose start was given up, after its children.
    pub(crate) async fn abandon(mut self) {
        self.state.ctx.cell.mailbox.close();
        self.stop_children().await;
        drop(self.into_state());
    }

    /// Stops the children, then runs `post_stop` within its time limit. A failure there only changes the report.
    async fn run_post_stop(&mut self) -> Option<FaultReport> {
        let Task { actor, state } = self;
        let (cell, host) = (state.ctx.cell.clone(), state.host.clone());
        let stop = Box::pin(async {
            actor.post_stop(&mut state.ctx).await?;
            state.publish_outbox().await;
            Ok(())
        });
        let parent: Arc<dyn AnyCell> = cell.clone();
        hooks::post_stop(&parent, host.as_any_system(), stop, &*cell, cell.kind.settings.stop_timeout).await
    }
}

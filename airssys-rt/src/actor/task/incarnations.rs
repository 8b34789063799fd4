//! The loop of incarnations in the task of an actor: makes, starts and restarts the actor as its controller directs.

use crate::{
    actor::{
        declare::{Actor, OnRestart},
        shared::{ActorRef, Cell, Exit, ExitReason, StartWait, StartWaiter},
        spawn::{SpawnError, SpawnResult},
        task::{
            Directive, GuardedCell, IncarnationController, IncarnationEnd, IncarnationEvent,
            PendingDirective, RestartRequest, StartFailure, Task, TaskState, hooks,
        },
    },
    reply::{Fault, FaultReport, PanicAskers},
    rt::{self, Owner, Runtime, Threads},
    sync::{Arc, Weak},
};
use std::{
    future::poll_fn,
    task::{Context, Poll, Waker},
    time::Duration,
};

/// How the incarnations of an actor are made and started.
pub(crate) struct IncarnationFactory<A> {
    /// Makes the state of each incarnation. `None`: the actor is not wanted now.
    pub(crate) factory: Box<dyn FnMut() -> Option<A> + Send>,
    pub(crate) on_restart: OnRestart,
    /// Time limit of `pre_start`.
    pub(crate) timeout: Duration,
    /// The actor that waits for the next start, through a supervisor.
    pub(crate) awaited: Option<Weak<StartWaiter>>,
}

/// A supervised actor on a blocking pool.
struct SupervisedOwner<A: Actor> {
    cell: Arc<Cell<A>>,
    directive: Arc<dyn PendingDirective>,
}

impl<A: Actor> Owner for SupervisedOwner<A> {
    fn register_waker(&self, waker: &Waker) {
        self.cell.register_waker(waker);
        self.directive.set_waker(waker);
    }

    fn is_idle(&self) -> bool {
        self.cell.is_idle()
    }

    fn is_ending(&self, idle: bool) -> bool {
        self.cell.is_ending(idle) || (idle && self.directive.starts_nothing())
    }
}

enum Stage<A: Actor> {
    Running(Task<A>),
    BetweenIncarnations(TaskState<A>),
}

impl<A: Actor + Send> IncarnationFactory<A> {
    /// Makes the state of one incarnation.
    pub(crate) fn make_actor(&mut self) -> Result<Option<A>, FaultReport> {
        let mut made = None;
        match rt::catch_unwind(&mut || made = (self.factory)()) {
            Ok(()) => Ok(made),
            Err(payload) => Err(Fault::from_panic(payload, PanicAskers::default()).report()),
        }
    }

    /// Starts the next incarnation.
    async fn start(&mut self, mut state: TaskState<A>) -> Result<Task<A>, (TaskState<A>, IncarnationEvent)> {
        let cell = state.cell();
        cell.mailbox.begin_incarnation();
        let made = if cell.mailbox.is_killed() { None } else { Some(self.make_actor()) };
        let failure = match made {
            None => StartFailure::Killed, // while it waited for a thread
            Some(Ok(None)) => return Err((state, IncarnationEvent::Declined)),
            Some(Err(fault)) => StartFailure::Factory(fault),
            Some(Ok(Some(actor))) => {
                let mut task = Task::new(actor, state);
                let wait = self.awaited.take().and_then(|waiter| StartWait::of_command(&waiter, &*cell));
                let started = task.run_pre_start(self.timeout).await;
                drop(wait);
                let failure = match started {
                    Ok(()) => {
                        // The first message may be one that is queued already: a kill needs a waker before that.
                        hooks::set_waker(&*cell).await;
                        task.start_restartable();
                        return Ok(task);
                    }
                    Err(failure) => failure,
                };
                task.stop_children().await;
                state = task.into_state();
                state.ctx.reset();
                failure
            }
        };
        state.set_exit(Exit { reason: failure.reason(), hook: None });
        Err((state, IncarnationEvent::StartFailed(failure)))
    }
}

/// Spawns the task of an unsupervised actor with a factory. The actor is restarted when it requests that.
pub(crate) fn spawn_restartable<A: Actor + Send>(
    mut task: Task<A>,
    factory: Box<IncarnationFactory<A>>,
    runtime: &Runtime,
    threads: Option<Threads>,
) -> SpawnResult<A> {
    task.start_restartable();
    let cell = task.cell();
    let controller = Box::new(Unsupervised { directives: Vec::new() });
    let stage = Stage::Running(task);
    if runtime.spawn_on(threads, &|| cell.clone(), Box::pin(run(stage, factory, controller))) {
        Ok(ActorRef::new(cell))
    } else {
        Err(SpawnError::RuntimeEnded)
    }
}

/// Spawns the task of a supervised actor. Its first incarnation starts with the first [`Directive::Start`].
pub(crate) fn spawn_supervised<A: Actor + Send>(
    mut state: TaskState<A>,
    factory: Box<IncarnationFactory<A>>,
    controller: Box<dyn IncarnationController>,
    directive: Arc<dyn PendingDirective>,
    runtime: &Runtime,
    threads: Option<Threads>,
) {
    state.supervised = true;
    state.restartable = true;
    let cell = state.cell();
    let stage = Stage::BetweenIncarnations(state);
    runtime.spawn_on(
        threads,
        &|| Arc::new(SupervisedOwner { cell: cell.clone(), directive: directive.clone() }),
        Box::pin(run(stage, factory, controller)),
    );
}

/// Runs one incarnation after the other, as the controller directs.
async fn run<A: Actor + Send>(
    mut stage: Stage<A>,
    mut factory: Box<IncarnationFactory<A>>,
    mut controller: Box<dyn IncarnationController>,
) {
    loop {
        let mut task = match stage {
            Stage::Running(task) => task,
            Stage::BetweenIncarnations(mut state) => {
                match next_directive(&*state.ctx.cell, state.intake.is_empty(), &mut *controller).await {
                    Directive::End => {
                        drop(state); // before the controller reports the end of the task
                        return;
                    }
                    Directive::Wait => {
                        state.prepare_restart(factory.on_restart);
                        stage = Stage::BetweenIncarnations(state);
                        continue;
                    }
                    Directive::Start if controller.stop_requested() => {
                        let end = IncarnationEnd::of(ExitReason::Shutdown);
                        state.set_exit(end.exit.clone());
                        controller.report(IncarnationEvent::Ended(end));
                        stage = Stage::BetweenIncarnations(state);
                        continue;
                    }
                    Directive::Start => {
                        factory.awaited = controller.take_waiter().or(factory.awaited);
                        match Box::pin(factory.start(state)).await {
                            Ok(task) => {
                                controller.report(IncarnationEvent::Started);
                                task
                            }
                            Err((state, event)) => {
                                controller.report(event);
                                stage = Stage::BetweenIncarnations(state);
                                continue;
                            }
                        }
                    }
                }
            }
        };
        let end = task.run_incarnation().await;
        let mut state = task.into_state();
        state.incarnation_ended(end.exit.clone());
        if end.request == RestartRequest::Escalate && !state.supervised {
            state.ctx.cell.escalate(&end.exit.reason);
        }
        controller.report(IncarnationEvent::Ended(end));
        stage = Stage::BetweenIncarnations(state);
    }
}

/// Waits for the next directive. A stop that arrives meanwhile is answered at once: no incarnation runs. The start of an
/// incarnation needs one of the actor's own threads.
///
/// With `idle` the actor has no message taken.
async fn next_directive(
    cell: &dyn GuardedCell,
    idle: bool,
    controller: &mut dyn IncarnationController,
) -> Directive {
    let directive = poll_fn(|cx| {
        let directive = controller.poll_directive(cx);
        if directive.is_pending() {
            rt::mark_idle();
        }
        if directive.is_pending() {
            cell.poll_between_incarnations(cx.waker(), idle);
        }
        directive
    })
    .await;
    if directive == Directive::Start {
        rt::ensure_pool_thread().await;
    }
    directive
}

/// The controller of an actor without a supervisor.
struct Unsupervised {
    /// The next directive is the last element.
    directives: Vec<Directive>,
}

impl IncarnationController for Unsupervised {
    fn poll_directive(&mut self, _: &mut Context<'_>) -> Poll<Directive> {
        Poll::Ready(self.directives.pop().unwrap_or(Directive::End))
    }

    fn report(&mut self, event: IncarnationEvent) {
        if let IncarnationEvent::Ended(IncarnationEnd { request: RestartRequest::Restart, .. }) = event {
            self.directives = vec![Directive::Start, Directive::Wait];
        }
    }
}

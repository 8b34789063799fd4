//! The task of a supervisor: receives inputs, waits for deadlines, and runs one incarnation after the other.

use crate::{
    actor::{
        AnySystem, Directive, ExitReason, IncarnationController, IncarnationEnd, IncarnationEvent,
        LifecycleEvent, LifecycleStep, StartFailure, StartWaiter,
    },
    backoff::derived_seed,
    reply::Fault,
    rt,
    supervision::{
        ControlError, Escalated, SuperviseError,
        cell::{ROOT_INCARNATION, SupervisorCell},
        incarnation::{Incarnation, IncarnationStart},
        input::{Command, Input},
        link::SupervisorLink,
        spec::SupervisorSpec,
    },
    sync::{Arc, Mutex, Weak, mpsc},
};
use std::{future::poll_fn, mem, task::Poll};

/// Called once, when the supervisor has started or has not.
type OnStarted = Box<dyn FnOnce(Result<(), SuperviseError>) + Send>;

/// The task of a supervisor.
struct SupervisorTask {
    inputs: mpsc::UnboundedReceiver<Input>,
    system: Arc<dyn AnySystem>,
    cell: SupervisorCell,
    /// `None` between two incarnations.
    incarnation: Arc<Mutex<Option<Incarnation>>>,
}

/// Ends a supervisor for good when its task ends or is dropped: it drops the children and wakes all that wait for the end.
struct EndGuard {
    cell: SupervisorCell,
    incarnation: Arc<Mutex<Option<Incarnation>>>,
}

impl Drop for EndGuard {
    fn drop(&mut self) {
        let incarnation = self.incarnation.lock().take();
        if let Some(incarnation) = incarnation {
            // The task was dropped while its children run.
            incarnation.kill_children();
            rt::catch_drop(incarnation);
        }
        self.cell.end();
    }
}

/// Starts a root supervisor. The receiver is ready when all its children run, or one did not start; it has no result if the runtime
/// has ended.
pub(crate) fn spawn_root(
    spec: Arc<SupervisorSpec>,
    system: Arc<dyn AnySystem>,
) -> (SupervisorCell, oneshot::AsyncReceiver<Result<(), SuperviseError>>) {
    let task = SupervisorTask::new(spec, system.clone());
    let cell = task.cell.clone();
    let (sender, started) = rt::once();
    let on_started: OnStarted = Box::new(move |result| sender.send(result));
    let end = task.end_guard();
    system.runtime().spawn(Box::pin(run_root(task, end, on_started)));
    (cell, started)
}

/// `_end` is made before: a runtime that has ended drops the future without a poll.
async fn run_root(mut task: SupervisorTask, _end: EndGuard, on_started: OnStarted) {
    let escalated = task.run_incarnation(ROOT_INCARNATION, None, on_started).await;
    if let Some(escalated) = escalated.filter(|_| !task.cell.spec().isolated) {
        task.system.fail(Fault::from(escalated).report());
    }
}

/// Spawns the task of a supervisor that is a child. It waits for its first directive.
pub(super) fn spawn_nested(
    spec: Arc<SupervisorSpec>,
    system: Arc<dyn AnySystem>,
    link: SupervisorLink<Input>,
) -> SupervisorCell {
    let task = SupervisorTask::new(spec, system.clone());
    let cell = task.cell.clone();
    let end = task.end_guard();
    system.runtime().spawn(Box::pin(run_nested(task, link, end)));
    cell
}

async fn run_nested(mut task: SupervisorTask, link: SupervisorLink<Input>, end: EndGuard) {
    let link = Arc::new(Mutex::new(link)); // declared first, so that it is dropped after the guard
    let _end = end;
    let (mut number, mut early) = (0, None);
    loop {
        match task.next_directive(&link, number, &mut early).await {
            Directive::End => return,
            Directive::Wait => continue,
            Directive::Start => number += 1,
        }
        if let Some(early) = early.take() {
            let _ = task.cell.inputs().send(early);
        }
        let (started, controller) = (Arc::new(Mutex::new(false)), link.clone());
        let has_started = started.clone();
        let on_started: OnStarted = Box::new(move |result| {
            *has_started.lock() = result.is_ok();
            controller.lock().report(match result {
                Ok(()) => IncarnationEvent::Started,
                Err(SuperviseError::ShuttingDown) => IncarnationEvent::Refused,
                Err(error) => {
                    IncarnationEvent::StartFailed(StartFailure::Failed(Fault::from(error).report()))
                }
            });
        });
        let awaited = link.lock().take_waiter();
        let escalated = task.run_incarnation(number, awaited, on_started).await;
        if !mem::take(&mut *started.lock()) {
            continue; // reported already
        }
        let end = IncarnationEnd::of(exit_reason(escalated));
        link.lock().report(IncarnationEvent::Ended(end));
    }
}

fn exit_reason(escalated: Option<Escalated>) -> ExitReason {
    match escalated {
        Some(escalated) => ExitReason::Failed(Fault::from(escalated).report()),
        None => ExitReason::Shutdown,
    }
}

/// Answers a command to a supervisor that does not run.
fn refuse(input: Input) {
    let error = ControlError::ShuttingDown;
    match input {
        Input::Command(Command::Start(_, reply) | Command::Restart(_, _, reply)) => reply.send(Err(error)),
        Input::Command(
            Command::Stop(_, reply) | Command::Delete(_, reply) | Command::StopActor(_, reply),
        ) => reply.send(Err(error)),
        Input::Report(_) | Input::LimitGoesOn(..) | Input::Close(_) | Input::Abort(_) => {}
    }
}

impl SupervisorTask {
    fn new(spec: Arc<SupervisorSpec>, system: Arc<dyn AnySystem>) -> Self {
        let incarnation = Arc::new(Mutex::new(None::<Incarnation>));
        let (cell, inputs) = SupervisorCell::new(spec, system.next_start_number(), incarnation.clone());
        SupervisorTask { inputs, system, cell, incarnation }
    }

    fn end_guard(&self) -> EndGuard {
        EndGuard { cell: self.cell.clone(), incarnation: self.incarnation.clone() }
    }

    /// Waits for the next directive after incarnation `number`. Commands that arrive meanwhile are refused. A stop or kill of
    /// the next incarnation is kept in `early`.
    async fn next_directive(
        &mut self,
        link: &Mutex<SupervisorLink<Input>>,
        number: u32,
        early: &mut Option<Input>,
    ) -> Directive {
        poll_fn(|cx| {
            loop {
                if let Poll::Ready(directive) = link.lock().poll_directive(cx) {
                    return Poll::Ready(directive);
                }
                let Poll::Ready(Some(input)) = self.inputs.poll_recv(cx) else { return Poll::Pending };
                match input {
                    Input::Close(to) | Input::Abort(to) if to > number => *early = Some(input),
                    input => refuse(input),
                }
            }
        })
        .await
    }

    /// Runs one incarnation until all its children have ended. Returns why the supervisor gave up, if it did.
    /// `awaited`: the actor that waits for the start of the children.
    async fn run_incarnation(
        &mut self,
        number: u32,
        awaited: Option<Weak<StartWaiter>>,
        on_started: OnStarted,
    ) -> Option<Escalated> {
        let incarnation = Incarnation::new(
            self.cell.spec().clone(),
            self.system.clone(),
            self.cell.siblings().clone(),
            self.cell.inputs().clone(),
            IncarnationStart {
                number,
                // No other actor or supervisor of the system has this start number.
                jitter_seed: derived_seed(self.system.jitter_seed(), self.cell.start_number()),
                awaited,
            },
            rt::now(),
        );
        *self.incarnation.lock() = Some(incarnation);
        self.emit(LifecycleStep::Started { incarnation: 1 });
        let (mut on_started, mut was_closing) = (Some(on_started), false);
        loop {
            let (due, deferred, is_closing, ended) = self.with_incarnation(|incarnation| {
                let deferred = mem::take(&mut incarnation.deferred);
                (incarnation.next_due(), deferred, incarnation.is_closing(), incarnation.ended)
            });
            if !mem::replace(&mut was_closing, is_closing) {
                self.cell.forget_aborted();
                if is_closing {
                    self.with_incarnation(|incarnation| incarnation.close_mailboxes());
                }
            }
            if let Some(Ok(())) = &deferred.started {
                if let Some(on_started) = on_started.take() {
                    on_started(Ok(()));
                }
            }
            if let Some(error) = deferred.finish(&self.system, &self.cell) {
                self.with_incarnation(|incarnation| incarnation.start_error = Some(error));
            }
            if ended {
                return self.end_incarnation(on_started);
            }
            let input = match due {
                Some(due) => rt::timeout_at(due, self.inputs.recv()).await.flatten(),
                None => self.inputs.recv().await,
            };
            let now = rt::now();
            self.with_incarnation(|incarnation| match input {
                Some(input) => incarnation.handle(input, now),
                None => incarnation.tick(now),
            });
        }
    }

    /// Ends an incarnation whose children have ended.
    fn end_incarnation(&self, on_started: Option<OnStarted>) -> Option<Escalated> {
        let incarnation = self.incarnation.lock().take().expect("only the task takes it");
        let (escalated, start_error) = (incarnation.escalated.clone(), incarnation.start_error.clone());
        rt::catch(|| drop(incarnation));
        if let Some(on_started) = on_started {
            on_started(Err(start_error.unwrap_or(SuperviseError::ShuttingDown)));
        }
        self.emit(LifecycleStep::Stopped(exit_reason(escalated.clone())));
        self.cell.incarnation_ended();
        escalated
    }

    fn with_incarnation<R>(&self, work: impl FnOnce(&mut Incarnation) -> R) -> R {
        work(self.incarnation.lock().as_mut().expect("only the task takes it"))
    }

    fn emit(&self, step: LifecycleStep) {
        if self.system.observes_lifecycle() {
            let name = Some(self.cell.name().clone());
            self.system.lifecycle_event(&LifecycleEvent::new(None, "supervisor", name, step));
        }
    }
}

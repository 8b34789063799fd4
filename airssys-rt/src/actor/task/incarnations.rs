use crate::{
    actor::{
        declare::{Actor, OnRestart},
        shared::{ActorRef, Cell, Exit, ExitReason},
        task::{Ended, SpawnError, StartFailure, Task, TaskState, Wish},
    },
    reply::{Fault, FaultReport},
    rt::{self, Owner, Runtime, Threads},
    sync::Arc,
};
use std::{
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    task::{Context, Poll, Waker},
    time::Duration,
};

/// How an actor begins again.
pub(crate) struct Renewal<A> {
    /// Makes the state of each incarnation. `None`: it is not wanted now.
    pub(crate) factory: Box<dyn FnMut() -> Option<A> + Send>,
    pub(crate) on_restart: OnRestart,
    /// What `pre_start` may take.
    pub(crate) timeout: Duration,
}

/// Who decides whether there is another incarnation.
pub(crate) trait Keeper: Send {
    /// What to do next, asked between two incarnations.
    fn poll_order(&mut self, cx: &mut Context<'_>) -> Poll<Order>;
    /// What has come of it.
    fn tell(&mut self, news: News);
    /// Whether the next incarnation is to stop before it begins.
    fn is_to_stop(&self) -> bool {
        false
    }
}

/// What a keeper wants, as whoever has the task of an actor without a thread sees it.
pub(crate) trait Notice: Send + Sync {
    /// Whom to wake when that changes.
    fn expect(&self, waker: &Waker);
    /// Whether the next order begins no incarnation.
    fn begins_nothing(&self) -> bool;
}

/// An actor on a pool that a supervisor decides about.
struct Kept<A: Actor> {
    cell: Arc<Cell<A>>,
    notice: Arc<dyn Notice>,
}

impl<A: Actor> Owner for Kept<A> {
    fn register_waker(&self, waker: &Waker) {
        self.cell.register_waker(waker);
        self.notice.expect(waker);
    }

    fn is_idle(&self) -> bool {
        self.cell.is_idle()
    }

    fn is_ending(&self, idle: bool) -> bool {
        self.cell.is_ending(idle) || (idle && self.notice.begins_nothing())
    }
}

/// What an actor between two incarnations is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// There will be another incarnation.
    Rest,
    /// Now.
    Start,
    /// There will be none.
    End,
}

/// What a keeper is told.
pub(crate) enum News {
    Started,
    /// The factory said that it is not wanted now.
    NotWanted,
    StartFailed(StartFailure),
    /// The system starts nobody any more.
    Refused,
    Ended(Ended),
    /// Its task has ended: nothing is left of it.
    Gone,
}

enum State<A: Actor> {
    Alive(Task<A>),
    Resting(TaskState<A>),
}

impl<A: Actor + Send> Renewal<A> {
    /// The first state of an actor.
    pub(crate) fn make(&mut self) -> Result<Option<A>, FaultReport> {
        catch_unwind(AssertUnwindSafe(|| (self.factory)()))
            .map_err(|payload| Fault::from_panic(payload).report())
    }

    /// Starts the next incarnation.
    async fn start(&mut self, mut life: TaskState<A>) -> Result<Task<A>, (TaskState<A>, News)> {
        let cell = life.cell();
        cell.mailbox.begin_incarnation();
        let made = if cell.mailbox.is_killed() { None } else { Some(self.make()) };
        let failure = match made {
            None => StartFailure::Killed, // while it waited for a thread
            Some(Ok(None)) => return Err((life, News::NotWanted)),
            Some(Err(fault)) => StartFailure::Failed(fault),
            Some(Ok(Some(actor))) => {
                let mut task = Task::new(actor, life);
                let failure = match rt::timeout(self.timeout, task.open()).await {
                    Some(Ok(())) => {
                        // Its first message may be one that was left over: a kill has to know whom to wake.
                        poll_fn(|cx| {
                            cell.mailbox.set_waker(Some(cx.waker()));
                            Poll::Ready(())
                        })
                        .await;
                        task.relaunch();
                        return Ok(task);
                    }
                    Some(Err(failure)) => failure,
                    None => StartFailure::Timeout(self.timeout),
                };
                task.clear().await;
                life = task.into_life();
                life.ctx.reset();
                failure
            }
        };
        life.note(Exit { reason: failure.reason(), hook: None });
        Err((life, News::StartFailed(failure)))
    }
}

impl StartFailure {
    /// Why an actor ends that could not start again.
    pub(crate) fn reason(&self) -> ExitReason {
        match self {
            StartFailure::Failed(fault) => ExitReason::Failed(fault.clone()),
            StartFailure::Timeout(limit) => {
                let late = Fault::new(format!("`pre_start` was not done within {limit:?}"));
                ExitReason::Failed(late.report())
            }
            StartFailure::Killed => ExitReason::Killed,
        }
    }

    /// What whoever spawns it is told.
    pub(crate) fn error(self, actor: &'static str) -> SpawnError {
        match self {
            StartFailure::Failed(fault) if fault.is_panic() => SpawnError::Panicked { actor, fault },
            StartFailure::Failed(fault) => SpawnError::Failed { actor, fault },
            StartFailure::Timeout(limit) => SpawnError::Timeout { actor, limit },
            StartFailure::Killed => SpawnError::Killed { actor },
        }
    }
}

/// Runs one incarnation after the other of an actor that nobody supervises: it is started again when it wants to be.
pub(crate) fn launch<A: Actor + Send>(
    mut task: Task<A>,
    renewal: Box<Renewal<A>>,
    runtime: &Runtime,
    threads: Option<Threads>,
) -> ActorRef<A> {
    task.relaunch();
    let reference = task.actor_ref();
    let keeper = Box::new(Alone { orders: Vec::new() });
    runtime.spawn_on(threads, || reference.0.clone(), run(State::Alive(task), renewal, keeper));
    reference
}

/// Runs an actor whose incarnations a supervisor decides about. It has none yet.
pub(crate) fn keep<A: Actor + Send>(
    mut life: TaskState<A>,
    renewal: Box<Renewal<A>>,
    keeper: Box<dyn Keeper>,
    notice: Arc<dyn Notice>,
    runtime: &Runtime,
    threads: Option<Threads>,
) {
    life.supervised = true;
    life.renewable = true;
    let cell = life.cell();
    runtime.spawn_on(threads, || Arc::new(Kept { cell, notice }), run(State::Resting(life), renewal, keeper));
}

async fn run<A: Actor + Send>(
    mut state: State<A>,
    mut renewal: Box<Renewal<A>>,
    mut keeper: Box<dyn Keeper>,
) {
    loop {
        let mut task = match state {
            State::Alive(task) => task,
            State::Resting(mut life) => match order(&mut life, &mut *keeper).await {
                Order::End => {
                    drop(life); // before the keeper says that it is gone
                    return;
                }
                Order::Rest => {
                    life.rest(renewal.on_restart);
                    state = State::Resting(life);
                    continue;
                }
                Order::Start if keeper.is_to_stop() => {
                    let exit = Exit { reason: ExitReason::Shutdown, hook: None };
                    life.note(exit.clone());
                    keeper.tell(News::Ended(Ended { exit, wish: Wish::Nothing }));
                    state = State::Resting(life);
                    continue;
                }
                Order::Start => match Box::pin(renewal.start(life)).await {
                    Ok(task) => {
                        keeper.tell(News::Started);
                        task
                    }
                    Err((life, news)) => {
                        keeper.tell(news);
                        state = State::Resting(life);
                        continue;
                    }
                },
            },
        };
        let ended = task.live().await;
        let mut life = task.into_life();
        life.land(ended.exit.clone());
        if ended.wish == Wish::Escalate && !life.supervised {
            life.ctx.cell.escalate(&ended.exit.reason);
        }
        keeper.tell(News::Ended(ended));
        state = State::Resting(life);
    }
}

/// The next order. Meanwhile the actor has nobody who could stop: whoever wants that has it already. To start, it needs a
/// thread of its own.
async fn order<A: Actor>(life: &mut TaskState<A>, keeper: &mut dyn Keeper) -> Order {
    let (cell, idle) = (life.ctx.cell.clone(), life.intake.is_empty());
    let order = poll_fn(|cx| {
        let order = keeper.poll_order(cx);
        if order.is_pending() {
            rt::mark_idle();
        }
        if order.is_pending() && cell.mailbox.poll_between_incarnations(cx.waker(), idle) {
            let reason = cell.signalled();
            cell.mailbox.reopen();
            cell.incarnation_ended(&Exit { reason, hook: None });
        }
        order
    })
    .await;
    if order == Order::Start {
        rt::ensure_pool_thread().await;
    }
    order
}

/// Nobody supervises the actor.
struct Alone {
    /// The next one last.
    orders: Vec<Order>,
}

impl Keeper for Alone {
    fn poll_order(&mut self, _: &mut Context<'_>) -> Poll<Order> {
        Poll::Ready(self.orders.pop().unwrap_or(Order::End))
    }

    fn tell(&mut self, news: News) {
        if matches!(news, News::Ended(Ended { wish: Wish::Restart, .. })) {
            self.orders = vec![Order::Start, Order::Rest];
        }
    }
}

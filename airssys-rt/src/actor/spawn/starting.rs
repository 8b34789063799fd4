//! The start of one actor: polled by the task that awaits the spawn, and by one that waits for the whole system.

use crate::{
    actor::{
        declare::Actor,
        spawn::{AnyStart, SpawnResult, StartList},
    },
    rt::{self, BoxFuture},
    sync::{Arc, Mutex, Weak},
};
use std::{
    mem,
    panic::resume_unwind,
    task::{Context, Poll, Wake, Waker},
};

/// The start of one actor.
struct Start<A: Actor>(Mutex<StartState<A>>);

struct StartState<A: Actor> {
    step: StartStep<A>,
    woken: bool,
    /// The wakers of the tasks that wait for the start.
    wakers: Vec<Waker>,
}

enum StartStep<A: Actor> {
    Parked(BoxFuture<'static, SpawnResult<A>>),
    /// A task polls it.
    Running,
    Ended(SpawnResult<A>),
    /// The spawn has its result, or was dropped.
    Over,
}

impl<A: Actor> Start<A> {
    fn set(&self, step: StartStep<A>) -> (StartStep<A>, Vec<Waker>) {
        let mut state = self.0.lock();
        (mem::replace(&mut state.step, step), mem::take(&mut state.wakers))
    }

    /// Takes the future to poll it, if it was woken and no other task polls it.
    fn begin_poll(&self, cx: &Context<'_>) -> Poll<Option<BoxFuture<'static, SpawnResult<A>>>> {
        let mut waker = Some(cx.waker().clone()); // foreign code, so it is cloned and dropped without the lock
        let mut state = self.0.lock();
        if matches!(state.step, StartStep::Ended(_) | StartStep::Over) {
            return Poll::Ready(None);
        }
        if !state.wakers.iter().any(|other| other.will_wake(cx.waker())) {
            state.wakers.extend(waker.take());
        }
        if !state.woken {
            return Poll::Pending;
        }
        match mem::replace(&mut state.step, StartStep::Running) {
            StartStep::Parked(future) => {
                state.woken = false;
                Poll::Ready(Some(future))
            }
            other => {
                state.step = other;
                Poll::Pending
            }
        }
    }

    /// Puts a future that waits back. Returns it if the spawn was dropped meanwhile.
    fn park(&self, future: BoxFuture<'static, SpawnResult<A>>) -> Option<BoxFuture<'static, SpawnResult<A>>> {
        let mut state = self.0.lock();
        if !matches!(state.step, StartStep::Running) {
            return Some(future);
        }
        state.step = StartStep::Parked(future);
        if state.woken {
            let wakers = mem::take(&mut state.wakers);
            drop(state);
            rt::wake_each(wakers);
        }
        None
    }

    /// Sets the result, or ends the actor if the spawn was dropped meanwhile.
    fn end(&self, result: SpawnResult<A>) {
        let mut state = self.0.lock();
        let wakers = mem::take(&mut state.wakers);
        let abandoned = if matches!(state.step, StartStep::Running) {
            state.step = StartStep::Ended(result);
            None
        } else {
            Some(result)
        };
        drop(state);
        rt::wake_each(wakers);
        kill(abandoned);
    }
}

impl<A: Actor> AnyStart for Start<A> {
    fn poll_start(self: Arc<Self>, cx: &Context<'_>) -> Poll<()> {
        let Poll::Ready(future) = self.begin_poll(cx) else { return Poll::Pending };
        let Some(mut future) = future else { return Poll::Ready(()) };
        let waker = Waker::from(self.clone());
        let mut poll = Poll::Pending;
        let caught = rt::catch_unwind(&mut || poll = future.as_mut().poll(&mut Context::from_waker(&waker)));
        if let Err(payload) = caught {
            rt::wake_each(self.set(StartStep::Over).1);
            resume_unwind(payload);
        }
        match poll {
            Poll::Ready(result) => {
                drop(future);
                self.end(result);
                Poll::Ready(())
            }
            Poll::Pending => match self.park(future) {
                Some(future) => {
                    rt::catch_drop(future);
                    Poll::Ready(())
                }
                None => Poll::Pending,
            },
        }
    }
}

impl<A: Actor> Wake for Start<A> {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut state = self.0.lock();
        state.woken = true;
        if matches!(state.step, StartStep::Parked(_)) {
            let wakers = mem::take(&mut state.wakers);
            drop(state);
            rt::wake_each(wakers);
        }
    }
}

/// The start of a spawn whose future waits for it. Dropping it ends the actor.
pub(super) struct Starting<A: Actor>(Arc<Start<A>>);

impl<A: Actor> Starting<A> {
    /// A start that was polled with `waker` and waits.
    pub(super) fn new(future: BoxFuture<'static, SpawnResult<A>>, list: &StartList, waker: &Waker) -> Self {
        // Woken: so far the future knows only the waker of the spawn.
        let (step, wakers) = (StartStep::Parked(future), vec![waker.clone()]);
        let start = Arc::new(Start(Mutex::new(StartState { step, woken: true, wakers })));
        let weak: Weak<Start<A>> = Arc::downgrade(&start);
        list.insert(weak);
        Starting(start)
    }

    pub(super) fn poll(&self, cx: &Context<'_>) -> Poll<SpawnResult<A>> {
        if self.0.clone().poll_start(cx).is_pending() {
            return Poll::Pending;
        }
        match self.0.set(StartStep::Over).0 {
            StartStep::Ended(result) => Poll::Ready(result),
            _ => panic!("a spawn was polled after it had finished"),
        }
    }
}

impl<A: Actor> Drop for Starting<A> {
    fn drop(&mut self) {
        let (step, wakers) = self.0.set(StartStep::Over);
        match step {
            StartStep::Parked(future) => drop(future),
            StartStep::Ended(result) => kill(Some(result)),
            StartStep::Running | StartStep::Over => {}
        }
        rt::wake_each(wakers);
    }
}

/// Ends an actor that has started and whose spawn was dropped.
fn kill<A: Actor>(result: Option<SpawnResult<A>>) {
    if let Some(Ok(actor)) = result {
        actor.any_cell().kill();
    }
}

use crate::{
    rt::{BoxFuture, Runtime, Threads, catch},
    sync::{Arc, Mutex},
};
use std::{
    cell::Cell,
    future::{Future, poll_fn},
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll, Wake, Waker},
};

/// Whose future it is that runs on threads.
pub(crate) trait Owner: Send + Sync {
    /// Whom to wake when somebody wants it to end, from its begin on.
    fn expect(&self, waker: &Waker);
    /// Whether its future, which waits, has nothing in its hands.
    fn is_idle(&self) -> bool;
    /// Whether it is to end, or to do what takes no thread. It needs none then.
    fn ends(&self, idle: bool) -> bool;
}

/// What kind of thread this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thread {
    /// None of those below.
    Other,
    /// One of those of the future.
    Own,
    /// One for a future that ends, and that has none of its own.
    Guest,
}

thread_local! {
    static THREAD: Cell<Thread> = const { Cell::new(Thread::Other) };
    /// The future whose turn it is says that it has nothing in its hands.
    static RESTS: Cell<bool> = const { Cell::new(false) };
}

/// Ends the turn if it is on one of these threads, where nothing else would.
pub(super) async fn end_turn() {
    give_way(|thread| thread != Thread::Other).await;
}

/// From here on the future needs one of its own threads.
pub(crate) async fn needs_thread() {
    give_way(|thread| thread == Thread::Guest).await;
}

async fn give_way(on: impl Fn(Thread) -> bool) {
    let mut given = !on(THREAD.get());
    poll_fn(|cx| {
        if mem::replace(&mut given, true) {
            return Poll::Ready(());
        }
        rests();
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Whoever waits now has nothing in its hands.
pub(crate) fn rests() {
    RESTS.set(true);
}

type Away = BoxFuture<'static, ()>;

/// A future that has its turn.
struct Turn {
    desk: Arc<Desk>,
    future: Option<Away>,
}

impl Turn {
    fn take(mut self, thread: Thread) {
        let (desk, Some(mut future)) = (self.desk.clone(), self.future.take()) else { return };
        let _inside = desk.runtime.enter(); // for timers and whatever else the future wants of it
        THREAD.set(thread);
        RESTS.set(false);
        let waker = Waker::from(desk.clone());
        let poll = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(&mut Context::from_waker(&waker))));
        THREAD.set(Thread::Other);
        if let Ok(Poll::Pending) = poll {
            return desk.give_back(future, RESTS.get());
        }
        catch(|| drop(future)); // before its task ends
        desk.end();
    }
}

/// The runtime ended before there was a thread.
impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(future) = self.future.take() {
            catch(|| drop(future));
            self.desk.end();
        }
    }
}

/// Between a thread and the task.
pub(super) struct Desk {
    runtime: Runtime,
    /// Absent if nobody else has its thread.
    owner: Option<Arc<dyn Owner>>,
    state: Mutex<State>,
}

struct State {
    at: At,
    woken: bool,
    /// When it was last here it had nothing in its hands.
    idle: bool,
    waker: Option<Waker>,
}

/// Where the future is.
enum At {
    Here(Away),
    /// Here, until there is a thread for it.
    Queued(Away),
    /// On a thread.
    Away,
    /// It has ended, or its task has.
    Over,
}

impl Desk {
    /// There is a thread for it, if it still wants one.
    pub(super) fn called(self: &Arc<Self>, thread: Thread) {
        let mut state = self.state.lock();
        match mem::replace(&mut state.at, At::Away) {
            At::Queued(future) => {
                state.woken = false;
                drop(state);
                Turn { desk: self.clone(), future: Some(future) }.take(thread);
            }
            other => state.at = other,
        }
    }

    fn give_back(&self, future: Away, rests: bool) {
        // Not under the lock: an owner has locks of its own, under which it wakes.
        let idle = rests || self.owner.as_ref().is_some_and(|owner| owner.is_idle());
        let mut state = self.state.lock();
        if matches!(state.at, At::Over) {
            drop(state);
            return catch(|| drop(future));
        }
        state.at = At::Here(future);
        state.idle = idle;
        if state.woken {
            let waker = state.waker.take();
            drop(state);
            waker.into_iter().for_each(Waker::wake);
        }
    }

    /// No future any more. What it was is given to the caller, to be dropped without the lock.
    fn end(&self) -> Option<Away> {
        let mut state = self.state.lock();
        let (was, waker) = (mem::replace(&mut state.at, At::Over), state.waker.take());
        drop(state);
        waker.into_iter().for_each(Waker::wake);
        match was {
            At::Here(future) | At::Queued(future) => Some(future),
            At::Away | At::Over => None,
        }
    }

    fn ends(&self, idle: bool) -> bool {
        self.owner.as_ref().is_some_and(|owner| owner.ends(idle))
    }
}

impl Wake for Desk {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut state = self.state.lock();
        state.woken = true;
        if !matches!(state.at, At::Away) {
            let waker = state.waker.take();
            drop(state);
            waker.into_iter().for_each(Waker::wake);
        }
    }
}

/// The task of a future that runs on threads: it ends with the future, and the future with it.
pub(super) struct Task {
    desk: Arc<Desk>,
    threads: Threads,
    expected: bool,
}

impl Task {
    pub(super) fn new(future: Away, threads: Threads, owner: Arc<dyn Owner>, runtime: Runtime) -> Self {
        let state = State { at: At::Here(future), woken: true, idle: true, waker: None };
        let owner = threads.are_shared().then_some(owner);
        let expected = owner.is_none();
        Task { desk: Arc::new(Desk { runtime, owner, state: Mutex::new(state) }), threads, expected }
    }
}

impl Future for Task {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let desk = self.desk.clone();
        if !mem::replace(&mut self.expected, true)
            && let Some(owner) = &desk.owner
        {
            owner.expect(&Waker::from(desk.clone()));
        }
        let idle = {
            let mut state = desk.state.lock();
            if matches!(state.at, At::Over) {
                return Poll::Ready(());
            }
            state.waker = Some(cx.waker().clone());
            state.idle
        };
        let ends = desk.ends(idle);
        let mut state = desk.state.lock();
        let future = match mem::replace(&mut state.at, At::Away) {
            At::Here(future) if state.woken => {
                if !(ends && self.threads.are_taken(1)) {
                    state.at = At::Queued(future);
                    drop(state);
                    self.threads.queue(desk);
                    return Poll::Pending;
                }
                future
            }
            At::Queued(future) if ends && self.threads.are_taken(0) => future,
            other => {
                state.at = other;
                return Poll::Pending;
            }
        };
        state.woken = false;
        drop(state);
        let turn = Turn { desk: desk.clone(), future: Some(future) };
        desk.runtime.run_blocking(move || turn.take(Thread::Guest));
        Poll::Pending
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        let rest = self.desk.end();
        catch(|| drop(rest));
    }
}

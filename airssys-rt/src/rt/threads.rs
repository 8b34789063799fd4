use crate::{
    rt::{BoxFuture, Runtime, contain},
    sync::{Arc, Mutex},
};
use std::{
    cell::Cell,
    future::Future,
    io, mem,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::mpsc,
    task::{Context, Poll, Wake, Waker},
    thread,
};

thread_local! {
    /// Whether this thread is one of those below.
    static IS_OURS: Cell<bool> = const { Cell::new(false) };
}

/// Threads for futures that block. Each turn of a future, from when it is woken until it waits, is on one of them. They
/// end with the last clone, after what they do.
#[derive(Debug, Clone)]
pub(crate) struct Threads(mpsc::Sender<Turn>);

impl Threads {
    pub(crate) fn start(count: usize, name: &str) -> io::Result<Self> {
        let (to, turns) = mpsc::channel();
        let turns = Arc::new(Mutex::new(turns));
        for _ in 0..count {
            let turns = turns.clone();
            let thread = thread::Builder::new().name(name.replace('\0', "")); // it would panic
            drop(thread.spawn(move || work(&turns))?);
        }
        Ok(Threads(to))
    }
}

fn work(turns: &Mutex<mpsc::Receiver<Turn>>) {
    IS_OURS.set(true);
    loop {
        // One thread waits for a turn, the others for the lock.
        let turn = turns.lock().recv();
        match turn {
            Ok(turn) => turn.take(),
            Err(_) => return,
        }
    }
}

/// Ends the turn if it is on one of these threads, where nothing else would.
pub(super) async fn end_turn() {
    let mut ended = !IS_OURS.get();
    std::future::poll_fn(|cx| {
        if mem::replace(&mut ended, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

struct Turn {
    future: BoxFuture<'static, ()>,
    desk: Arc<Desk>,
    runtime: Runtime,
}

impl Turn {
    fn take(self) {
        let Turn { mut future, desk, runtime } = self;
        let _inside = runtime.enter(); // for timers and whatever else the future wants of it
        if desk.0.lock().over {
            return contain(|| drop(future));
        }
        let waker = Waker::from(desk.clone());
        let poll = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(&mut Context::from_waker(&waker))));
        if let Ok(Poll::Pending) = poll {
            return desk.give_back(future);
        }
        contain(|| drop(future)); // before its task ends
        desk.end();
    }
}

/// Between a thread and the task.
struct Desk(Mutex<State>);

struct State {
    woken: bool,
    /// The future is on a thread, or waits for one.
    away: bool,
    back: Option<BoxFuture<'static, ()>>,
    /// The future has ended, or its task has.
    over: bool,
    waker: Option<Waker>,
}

impl Desk {
    fn give_back(&self, future: BoxFuture<'static, ()>) {
        let mut state = self.0.lock();
        state.away = false;
        if state.over {
            drop(state);
            return contain(|| drop(future));
        }
        state.back = Some(future);
        if state.woken {
            let waker = state.waker.take();
            drop(state);
            waker.into_iter().for_each(Waker::wake);
        }
    }

    /// No future any more. What it was is given to the caller, to be dropped without the lock.
    fn end(&self) -> Option<BoxFuture<'static, ()>> {
        let mut state = self.0.lock();
        state.over = true;
        let (rest, waker) = (state.back.take(), state.waker.take());
        drop(state);
        waker.into_iter().for_each(Waker::wake);
        rest
    }
}

impl Wake for Desk {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut state = self.0.lock();
        state.woken = true;
        if !state.away {
            let waker = state.waker.take();
            drop(state);
            waker.into_iter().for_each(Waker::wake);
        }
    }
}

/// The task of a future that runs on threads: it ends with the future, and the future with it.
pub(super) struct Away {
    desk: Arc<Desk>,
    threads: Threads,
    runtime: Runtime,
}

impl Away {
    pub(super) fn new(future: BoxFuture<'static, ()>, threads: Threads, runtime: Runtime) -> Self {
        let state = State { woken: true, away: false, back: Some(future), over: false, waker: None };
        Away { desk: Arc::new(Desk(Mutex::new(state))), threads, runtime }
    }
}

impl Future for Away {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.desk.0.lock();
        if state.over {
            return Poll::Ready(());
        }
        state.waker = Some(cx.waker().clone());
        if state.woken
            && let Some(future) = state.back.take()
        {
            state.woken = false;
            state.away = true;
            drop(state);
            let turn = Turn { future, desk: self.desk.clone(), runtime: self.runtime.clone() };
            // The threads are there as long as this sender is.
            let _ = self.threads.0.send(turn);
        }
        Poll::Pending
    }
}

impl Drop for Away {
    fn drop(&mut self) {
        let rest = self.desk.end();
        contain(|| drop(rest));
    }
}

//! Test tools: runtimes, waits with a deadline, wakers and a log.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, mpsc},
    task::{Context, Poll, Wake, Waker},
    thread,
    time::{Duration, Instant},
};

/// How long a test waits for what must happen, on the real clock.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until `condition` holds. Between two checks other tasks and other threads run. The runtime is never idle meanwhile, so
/// a paused clock stands still.
///
/// # Panics
///
/// After 20 s of real time, with `what`: the description of the condition.
pub async fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Deadline::new(what);
    let mut checks = 0_u32;
    while !condition() {
        deadline.check();
        checks += 1;
        if checks > 100 {
            thread::sleep(Duration::from_micros(100));
        }
        tokio::task::yield_now().await;
    }
}

/// Waits until the runtime of the caller has no task left.
pub async fn until_no_task_is_left() {
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    until("no task is left", || tasks() == 0).await;
}

/// The limit of a loop that cannot be written as [`until`], because its body awaits. It is on the real clock.
pub struct Deadline<'a> {
    what: &'a str,
    end: Instant,
}

impl<'a> Deadline<'a> {
    /// A limit of 20 s for `what`: the description of the condition that ends the loop.
    pub fn new(what: &'a str) -> Self {
        Deadline { what, end: Instant::now() + PATIENCE }
    }

    /// Panics once the time is over.
    pub fn check(&self) {
        assert!(Instant::now() < self.end, "not within {PATIENCE:?}: {}", self.what);
    }
}

/// Runs `test` on one thread with a paused clock, then on two threads.
pub fn on_every_runtime<F: Future<Output = ()>>(test: impl Fn() -> F) {
    paused().block_on(test());
    two_threads().block_on(test());
}

pub fn paused() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().start_paused(true).build().expect("a runtime")
}

pub fn two_threads() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).enable_all().build().expect("a runtime")
}

/// Yields until every other task waits. On one thread only.
pub async fn settle() {
    for _ in 0..32 {
        tokio::task::yield_now().await;
    }
}

/// Runs `test` on a thread of its own, and panics if it hangs.
pub fn with_time_limit(test: impl FnOnce() + Send + 'static) {
    let (ended, end) = mpsc::channel();
    let test = thread::spawn(move || {
        test();
        let _ = ended.send(());
    });
    match end.recv_timeout(2 * PATIENCE) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("the test hangs"),
        _ => test.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
    }
}

/// Runs `future` on this thread, without a runtime.
pub fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = std::pin::pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// Polls `future` once, with a waker that does nothing.
pub fn poll_once<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// A waker that adds `entry` to a log.
pub fn logging_waker(log: &Log, entry: &'static str) -> Waker {
    struct Logs(Log, &'static str);
    impl Wake for Logs {
        fn wake(self: Arc<Self>) {
            self.0.add(self.1);
        }
    }
    Waker::from(Arc::new(Logs(log.clone(), entry)))
}

/// A list of what happened, in order.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    pub fn add(&self, entry: impl Into<String>) {
        self.0.lock().expect("no thread panics while it holds the lock").push(entry.into());
    }

    pub fn read(&self) -> Vec<String> {
        self.0.lock().expect("no thread panics while it holds the lock").clone()
    }
}

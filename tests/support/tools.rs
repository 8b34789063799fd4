//! Runtimes, wakers and a log.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, mpsc},
    task::{Context, Poll, Wake, Waker},
    thread,
    time::Duration,
};

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

/// Lets every other task run until it waits. On one thread only.
pub async fn settle() {
    for _ in 0..32 {
        tokio::task::yield_now().await;
    }
}

/// Runs `test` on a thread of its own, for a mistake that would show as a hang.
pub fn comes_to_an_end(test: impl FnOnce() + Send + 'static) {
    let (ended, end) = mpsc::channel();
    let test = thread::spawn(move || {
        test();
        let _ = ended.send(());
    });
    match end.recv_timeout(Duration::from_secs(20)) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("it hangs"),
        _ => test.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
    }
}

/// Polls `future` once, with a waker that does nothing.
pub fn poll_once<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// A waker that says so in a log.
pub fn logging_waker(log: &Log, entry: &'static str) -> Waker {
    struct Logs(Log, &'static str);
    impl Wake for Logs {
        fn wake(self: Arc<Self>) {
            self.0.add(self.1);
        }
    }
    Waker::from(Arc::new(Logs(log.clone(), entry)))
}

/// What happened, in order.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    pub fn add(&self, entry: impl Into<String>) {
        self.0.lock().expect("nobody panics with the log").push(entry.into());
    }

    pub fn read(&self) -> Vec<String> {
        self.0.lock().expect("nobody panics with the log").clone()
    }
}

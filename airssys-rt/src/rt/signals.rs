//! The signals that ask a process to end: SIGTERM and ctrl-c.
//!
//! On Unix a thread of the process receives them, not the runtime: so it counts them also while handlers block all threads of the
//! runtime, and after the runtime has ended. A signal that no listener takes has its default action: it ends the process.

#[cfg(unix)]
pub(crate) use unix::{Signals, install};

#[cfg(not(unix))]
pub(crate) use elsewhere::{Signals, install};

#[cfg(unix)]
mod unix {
    use crate::{
        rt,
        sync::{Arc, GlobalGuard, GlobalMutex, PoisonError},
    };
    use signal_hook::{
        consts::{SIGINT, SIGTERM},
        iterator::Signals as Received,
        low_level::{emulate_default_handler, exit},
    };
    use std::{
        io, process,
        task::{Context, Poll, Waker},
        thread,
    };

    /// The number of signals that a listener takes: the first shuts a system down, the second kills its actors.
    const TAKEN: u8 = 2;

    static PROCESS: GlobalMutex<Process> =
        GlobalMutex::new(Process { runs: false, awaits_listener: false, early: 0, listeners: Vec::new() });

    /// The signals of the process.
    struct Process {
        /// Whether the thread that receives them runs.
        runs: bool,
        /// Whether signals are kept for the first listener.
        awaits_listener: bool,
        /// The number of signals that are kept for it.
        early: u8,
        listeners: Vec<Arc<Listener>>,
    }

    struct Listener(GlobalMutex<Heard>);

    struct Heard {
        signals: u8,
        waker: Option<Waker>,
    }

    /// A listener. It takes two signals.
    pub(crate) struct Signals {
        listener: Arc<Listener>,
        /// The number of signals that were polled.
        polled: u8,
    }

    /// No code of the user's runs while a lock is held, so it cannot be poisoned.
    fn lock<T>(mutex: &GlobalMutex<T>) -> GlobalGuard<'_, T> {
        mutex.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts the thread that receives the signals, once. They no longer end the process by themselves: two of them are kept for the
    /// first listener.
    pub(crate) fn install() -> io::Result<()> {
        let mut process = lock(&PROCESS);
        if !process.runs {
            let received = Received::new([SIGTERM, SIGINT])?;
            thread::Builder::new().name("airssys-signals".to_owned()).spawn(|| receive(received))?;
            process.runs = true;
            process.awaits_listener = true;
        }
        Ok(())
    }

    fn receive(mut received: Received) {
        for signal in received.forever() {
            if give() {
                continue;
            }
            if process::id() == 1 {
                exit(128 + signal); // the first process of a container has no default action
            }
            // It ends the process. An error is impossible: the signal has a default action.
            let _ = emulate_default_handler(signal);
        }
    }

    /// Gives a signal to each listener that takes one. `false` if there is none.
    fn give() -> bool {
        let mut wakers = Vec::new();
        let is_taken = {
            let mut process = lock(&PROCESS);
            let mut is_taken = false;
            for listener in &process.listeners {
                let mut heard = lock(&listener.0);
                if heard.signals < TAKEN {
                    heard.signals += 1;
                    wakers.extend(heard.waker.take());
                    is_taken = true;
                }
            }
            if process.awaits_listener && process.early < TAKEN {
                process.early += 1;
                is_taken = true;
            }
            is_taken
        };
        for waker in wakers {
            rt::catch(|| waker.wake());
        }
        is_taken
    }

    impl Signals {
        /// Starts listening.
        pub(crate) fn listen() -> io::Result<Self> {
            install()?;
            let mut process = lock(&PROCESS);
            process.awaits_listener = false;
            let heard = Heard { signals: std::mem::take(&mut process.early), waker: None };
            let listener = Arc::new(Listener(GlobalMutex::new(heard)));
            process.listeners.push(listener.clone());
            Ok(Signals { listener, polled: 0 })
        }

        /// Ready once for each signal.
        pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
            let waker = cx.waker().clone();
            let before = {
                let mut heard = lock(&self.listener.0);
                if heard.signals > self.polled {
                    self.polled += 1;
                    return Poll::Ready(());
                }
                heard.waker.replace(waker)
            };
            drop(before); // a waker is code of another crate
            Poll::Pending
        }
    }

    impl Drop for Signals {
        fn drop(&mut self) {
            lock(&PROCESS).listeners.retain(|other| !Arc::ptr_eq(other, &self.listener));
        }
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use crate::rt::BoxFuture;
    use std::{
        io,
        task::{Context, Poll},
    };

    /// Nothing to do: a listener installs what it needs.
    pub(crate) fn install() -> io::Result<()> {
        Ok(())
    }

    /// A listener to ctrl-c.
    pub(crate) struct Signals {
        next: BoxFuture<'static, io::Result<()>>,
    }

    impl Signals {
        pub(crate) fn listen() -> io::Result<Self> {
            Ok(Signals { next: Box::pin(tokio::signal::ctrl_c()) })
        }

        /// Ready when one has come.
        pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
            match self.next.as_mut().poll(cx) {
                Poll::Ready(Ok(())) => {
                    self.next = Box::pin(tokio::signal::ctrl_c());
                    Poll::Ready(())
                }
                // Listening is impossible: it is as if no signal came.
                Poll::Ready(Err(_)) => {
                    self.next = Box::pin(std::future::pending());
                    Poll::Pending
                }
                Poll::Pending => Poll::Pending,
            }
        }
    }
}

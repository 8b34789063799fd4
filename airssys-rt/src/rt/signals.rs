//! The signals that ask a process to end: SIGTERM and ctrl-c.

use std::{
    io,
    task::{Context, Poll},
};

/// The signals that ask a process to end: SIGTERM and SIGINT, which is ctrl-c; elsewhere ctrl-c.
pub(crate) struct Signals {
    #[cfg(unix)]
    both: [tokio::signal::unix::Signal; 2],
    #[cfg(not(unix))]
    next: super::BoxFuture<'static, io::Result<()>>,
}

#[cfg(unix)]
impl Signals {
    /// Starts listening. From now on these signals no longer end the process by themselves.
    pub(crate) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Signals { both: [signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?] })
    }

    /// Ready when one has come.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        // Both are polled, so that both wake.
        let [terminate, interrupt] = self.both.each_mut().map(|signal| signal.poll_recv(cx).is_ready());
        if terminate || interrupt { Poll::Ready(()) } else { Poll::Pending }
    }
}

#[cfg(not(unix))]
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

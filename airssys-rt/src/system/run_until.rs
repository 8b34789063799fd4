//! Runs a system until a signal: the first shuts it down, the second kills the remaining actors.

use crate::{
    broker::MessageBroker,
    system::{ActorSystem, ShutdownError, ShutdownReport, System, shutdown},
};
use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::{Context, Poll, ready},
};

/// The end of the system by a signal of the program.
impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Waits for the end of the system, as [`run`](Self::run) does, and ends it on signals. A signal is each time that `signal`
    /// is ready: the first shuts the system down, the second kills the remaining actors. For the signals of the process see
    /// `run_until_signal` of feature `signals`.
    ///
    /// # Errors
    ///
    /// See [`run`](Self::run). The actors that the second signal has killed are among those that were aborted.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, it waits for no more signals. A shutdown that has begun continues.
    pub async fn run_until<F>(&self, mut signal: impl FnMut() -> F) -> Result<ShutdownReport, ShutdownError>
    where
        F: Future<Output = ()>,
    {
        let mut next = Box::pin(signal());
        self.run_with_signals(|cx| {
            ready!(next.as_mut().poll(cx));
            next = Box::pin(signal());
            Poll::Ready(())
        })
        .await
    }

    /// Waits for the end of the system; each ready `poll_signal` is a signal.
    pub(crate) async fn run_with_signals(
        &self,
        mut poll_signal: impl FnMut(&mut Context<'_>) -> Poll<()>,
    ) -> Result<ShutdownReport, ShutdownError> {
        for action in [SignalAction::ShutDown, SignalAction::Kill] {
            let mut ended = pin!(self.ended());
            let signalled = poll_fn(|cx| {
                if ended.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(false);
                }
                poll_signal(cx).map(|()| true)
            });
            match (signalled.await, action) {
                (false, _) => break,
                (true, SignalAction::ShutDown) => shutdown::begin(self.shared()),
                (true, SignalAction::Kill) => shutdown::kill_now(self.core()),
            }
        }
        self.run().await
    }
}

/// What the first and the second signal do.
enum SignalAction {
    ShutDown,
    Kill,
}

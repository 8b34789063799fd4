use crate::{
    broker::MessageBroker,
    system::{ActorSystem, ShutdownError, ShutdownReport, System, shutdown},
};
use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::{Context, Poll, ready},
};

impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Ready when the system has ended, as [`run`](Self::run) is; signals end it. Each time that `signal` is ready is one: the
    /// first shuts the system down, the second kills whoever is still there. For those of the process see
    /// `run_until_signal` of feature `signals`.
    ///
    /// # Errors
    ///
    /// See [`run`](Self::run).
    ///
    /// # Cancel safety
    ///
    /// Dropped, no more signals are waited for; a shutdown that has begun goes on.
    pub async fn run_until<F>(&self, mut signal: impl FnMut() -> F) -> Result<ShutdownReport, ShutdownError>
    where
        F: Future<Output = ()>,
    {
        let mut next = Box::pin(signal());
        self.obey(|cx| {
            ready!(next.as_mut().poll(cx));
            next = Box::pin(signal());
            Poll::Ready(())
        })
        .await
    }

    pub(crate) async fn obey(
        &self,
        mut poll_signal: impl FnMut(&mut Context<'_>) -> Poll<()>,
    ) -> Result<ShutdownReport, ShutdownError> {
        for order in [Order::ShutDown, Order::Kill] {
            let mut ended = pin!(self.ended());
            let signalled = poll_fn(|cx| {
                if ended.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(false);
                }
                poll_signal(cx).map(|()| true)
            });
            match (signalled.await, order) {
                (false, _) => break,
                (true, Order::ShutDown) => shutdown::begin(self.shared()),
                (true, Order::Kill) => drop(shutdown::kill_all(self.core())),
            }
        }
        self.run().await
    }
}

/// What the first signal means, and the second.
enum Order {
    ShutDown,
    Kill,
}

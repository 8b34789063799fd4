use crate::{
    broker::MessageBroker,
    reply::Fault,
    rt::Signals,
    system::{ActorSystem, ShutdownError, ShutdownReport, System, shutdown},
};
use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::{Context, Poll, ready},
};

impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Ready when the system has ended, as [`run`](Self::run) is; SIGTERM and ctrl-c end it. The last line of a `main` that is
    /// a service.
    ///
    /// The first signal shuts the system down: what was accepted is handled. The second one kills whoever is still there.
    /// From the call on these signals no longer end the process by themselves.
    ///
    /// # Errors
    ///
    /// See [`run`](Self::run); also if the process cannot listen to signals: then the system is shut down at once, with
    /// that as the cause.
    ///
    /// # Panics
    ///
    /// If the runtime was built without its I/O driver (`enable_all`, as `#[tokio::main]` does, has it).
    ///
    /// # Cancel safety
    ///
    /// Dropped, nobody listens to signals any more; a shutdown that has begun goes on.
    pub async fn run_until_signal(&self) -> Result<ShutdownReport, ShutdownError> {
        match Signals::listen() {
            Ok(mut signals) => self.obey(|cx| signals.poll(cx)).await,
            Err(error) => {
                shutdown::fail(self.core(), Fault::from(error).report());
                self.run().await
            }
        }
    }

    /// As [`run_until_signal`](Self::run_until_signal), for signals of your own: each time that `signal` returns is one.
    ///
    /// # Errors
    ///
    /// See [`run`](Self::run).
    ///
    /// # Cancel safety
    ///
    /// As [`run_until_signal`](Self::run_until_signal).
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

    async fn obey(
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

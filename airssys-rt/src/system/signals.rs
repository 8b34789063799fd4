//! `run_until_signal`: runs a system until SIGTERM or ctrl-c.

use crate::{
    broker::MessageBroker,
    reply::Fault,
    rt::Signals,
    system::{ActorSystem, ShutdownError, ShutdownReport, System, shutdown},
};

impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Waits for the end of the system, as [`run`](Self::run) does, and ends it on SIGTERM and ctrl-c. It is the last line of
    /// the `main` of a service.
    ///
    /// The first signal shuts the system down: accepted messages are handled. The second signal kills the remaining actors.
    /// From the call on these signals do not end the process by themselves.
    ///
    /// # Errors
    ///
    /// See [`run`](Self::run). Also if the process cannot listen to signals: the system is then shut down at once, with that
    /// as the cause.
    ///
    /// # Panics
    ///
    /// If the runtime was built without its I/O driver (`enable_all`, as `#[tokio::main]` does, has it).
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, signals are not handled any more. A shutdown that has begun continues.
    pub async fn run_until_signal(&self) -> Result<ShutdownReport, ShutdownError> {
        match Signals::listen() {
            Ok(mut signals) => self.run_with_signals(|cx| signals.poll(cx)).await,
            Err(error) => {
                shutdown::fail(self.core(), Fault::from(error).report());
                self.run().await
            }
        }
    }
}

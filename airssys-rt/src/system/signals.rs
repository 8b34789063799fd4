use crate::{
    broker::MessageBroker,
    reply::Fault,
    rt::Signals,
    system::{ActorSystem, ShutdownError, ShutdownReport, System, shutdown},
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
}

//! `listen_to_signals` and `run_until_signal`: a system that runs until SIGTERM or ctrl-c.

use crate::{
    broker::MessageBroker,
    reply::Fault,
    rt::{self, Signals},
    system::{ActorSystem, ShutdownError, ShutdownReport, System, shutdown},
};
use std::{future::Future, io};

/// Listens to SIGTERM and ctrl-c from now on: they no longer end the process by themselves. Up to two signals that come before the
/// first [`run_until_signal`](ActorSystem::run_until_signal) are kept for it.
///
/// A service calls it before it spawns its first actor, so that a signal during the start runs `post_stop` of what has started.
///
/// # Errors
///
/// If the process cannot listen to signals.
pub fn listen_to_signals() -> io::Result<()> {
    rt::listen_to_signals()
}

/// The end of the system by a signal of the operating system.
impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Waits for the end of the system, as [`run`](Self::run) does, and ends it on SIGTERM and ctrl-c.
    ///
    /// The first signal shuts the system down: accepted messages are handled. The second signal kills the remaining actors. The third
    /// has its default action: it ends the process, also if handlers block all threads of the runtime. From the call on, not from the
    /// first poll, these signals do not end the process by themselves; for the time before it see [`listen_to_signals`]. After the
    /// end of the future each signal has its default action.
    ///
    /// On Unix a thread of the process, `airssys-signals`, receives the signals.
    ///
    /// # The end of a service
    ///
    /// A handler that blocks its thread cannot be ended. The shutdown names it, but the drop of a tokio runtime would wait for it, so a
    /// service ends its runtime with `shutdown_background`. A container waits a certain time after SIGTERM, often 10 s, so the whole
    /// shutdown gets a shorter limit.
    ///
    /// ```no_run
    /// use airssys_rt::{prelude::*, system::listen_to_signals};
    /// use std::{error::Error, process::ExitCode, time::Duration};
    /// # #[message] pub struct Ping;
    /// # #[derive(Default)] pub struct Echo;
    /// # #[actor] impl Echo { #[handler(entry)] fn ping(&mut self, _: Ping) {} }
    /// # #[actor_system(actors(Echo))] pub struct Bank;
    ///
    /// fn main() -> ExitCode {
    ///     let runtime = tokio::runtime::Runtime::new().expect("the runtime has threads");
    ///     let ended = runtime.block_on(serve());
    ///     runtime.shutdown_background(); // does not wait for a handler that blocks its thread
    ///     match ended {
    ///         Ok(()) => ExitCode::SUCCESS,
    ///         Err(error) => {
    ///             eprintln!("{error}");
    ///             ExitCode::FAILURE
    ///         }
    ///     }
    /// }
    ///
    /// async fn serve() -> Result<(), Box<dyn Error>> {
    ///     listen_to_signals()?;
    ///     let config = SystemConfig::default().with_shutdown_timeout(Duration::from_secs(8));
    ///     let bank = ActorSystem::<Bank>::start(config).await?;
    ///     bank.spawn(Echo::default()).await?;
    ///     bank.run_until_signal().await?;
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// See [`run`](Self::run); the actors that a second signal has killed are among those that were aborted. Also if the process
    /// cannot listen to signals: the system is then shut down at once, with that as the cause.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, signals have their default action again. A shutdown that has begun continues.
    pub fn run_until_signal(&self) -> impl Future<Output = Result<ShutdownReport, ShutdownError>> + Send {
        let signals = Signals::listen();
        async move {
            match signals {
                Ok(mut signals) => self.run_with_signals(|cx| signals.poll(cx)).await,
                Err(error) => {
                    shutdown::fail(self.core(), Fault::from(error).report());
                    self.run().await
                }
            }
        }
    }
}

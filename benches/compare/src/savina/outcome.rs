use std::time::Duration;
use tokio::{sync::oneshot, time::timeout};

/// A program that takes longer has lost a message.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Held by the actor that detects the end of the program.
pub(crate) struct OutcomeSender<T>(Option<oneshot::Sender<T>>);

/// Held by the program, which waits for the outcome.
pub(crate) struct OutcomeReceiver<T>(oneshot::Receiver<T>);

/// Creates the two ends.
pub(crate) fn outcome_channel<T>() -> (OutcomeSender<T>, OutcomeReceiver<T>) {
    let (sender, receiver) = oneshot::channel();
    (OutcomeSender(Some(sender)), OutcomeReceiver(receiver))
}

impl<T> OutcomeSender<T> {
    /// Sends the outcome of the program.
    ///
    /// # Panics
    ///
    /// Panics if an outcome was sent before, or if the program does not wait for it.
    pub(crate) fn send(&mut self, outcome: T) {
        let sender = self.0.take().expect("a program ends once");
        assert!(sender.send(outcome).is_ok(), "the program waits for its outcome");
    }
}

impl<T> OutcomeReceiver<T> {
    /// # Panics
    ///
    /// Panics if the sender is dropped, or does not send the outcome in time.
    pub(crate) async fn wait(self) -> T {
        let outcome = timeout(TIMEOUT, self.0).await.expect("the program ends in time");
        outcome.expect("the last actor sends the outcome")
    }
}

use std::time::Duration;
use tokio::{sync::oneshot, time::timeout};

/// A program that takes so long has lost a message.
const PATIENCE: Duration = Duration::from_secs(60);

/// Held by the actor that knows when the program is over.
pub(crate) struct Finish<T>(Option<oneshot::Sender<T>>);

/// Held by the program, which waits for it.
pub(crate) struct Outcome<T>(oneshot::Receiver<T>);

/// The two ends.
pub(crate) fn finish<T>() -> (Finish<T>, Outcome<T>) {
    let (sender, receiver) = oneshot::channel();
    (Finish(Some(sender)), Outcome(receiver))
}

impl<T> Finish<T> {
    /// Says what the program came to.
    ///
    /// # Panics
    ///
    /// If it has been said before, or the program does not wait for it.
    pub(crate) fn say(&mut self, outcome: T) {
        let sender = self.0.take().expect("a program ends once");
        assert!(sender.send(outcome).is_ok(), "the program waits for its outcome");
    }
}

impl<T> Outcome<T> {
    /// # Panics
    ///
    /// If the actor that had to say it is gone, or does not say it in time.
    pub(crate) async fn wait(self) -> T {
        let outcome = timeout(PATIENCE, self.0).await.expect("the program comes to an end");
        outcome.expect("the last actor says what the program came to")
    }
}

//! `Ledger`: checks at the end of a test that no message was lost or handled twice and nothing is left.

use crate::{
    broker::{MessageBroker, Observation, Received, TapStream},
    observe::Counters,
    rt,
    sync::Arc,
    system::{ActorSystem, Leftovers, ShutdownError, System},
    testkit::fates::{AskCounts, Fates},
};
use std::{fmt, future::Future, panic::Location, thread, time::Duration};

/// Records the messages of a system during a test and checks at the end that they balance:
///
/// * `sent = handled + failed + expired + dead`, and no message is queued;
/// * every message that was accepted by a mailbox has exactly one fate, so every ask is resolved exactly once: answered, or
///   refused with a reason. A message that its sender gave up before a mailbox accepted it has no fate;
/// * after the shutdown there are no actors, no names, no metadata of messages and, if the ledger
///   [counts tasks](Self::counting_tasks), no more tasks than before. There is no table of pending asks, subscriptions or
///   timers that could leak: an ask travels inside its message, a subscription is part of the type of an actor.
///
/// The ledger observes the system from [`of`](Self::of) on. It is a monitor: while it exists, every message takes the observed
/// path. A message that a broker takes out of the process has no fate that the ledger can observe.
///
/// ```
/// use airssys_rt::{prelude::*, testkit::Ledger};
/// # #[message(reply = u64)] pub struct Double(pub u64);
/// # pub struct Calculator;
/// # #[actor] impl Calculator { #[handler] fn double(&self, Double(n): Double) -> u64 { n * 2 } }
/// # #[actor_system(actors(Calculator))] pub struct Lab;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let lab = ActorSystem::<Lab>::start(SystemConfig::default()).await?;
/// let ledger = Ledger::of(&lab).counting_tasks();
///
/// let calculator = lab.spawn(Calculator).named("calculator").await?;
/// assert_eq!(lab.ask(&calculator, Double(4)).await, Ok(8));
///
/// let settled = ledger.settle(&lab).await;
/// assert_eq!((settled.asks, settled.answered), (1, 1));
/// # Ok(()) }
/// ```
#[must_use = "it checks nothing until it is settled"]
pub struct Ledger {
    observed: TapStream<Observation>,
    /// The address of the core of the system that it observes.
    system: usize,
    /// The number of tasks of the runtime at the start, without those of the actors.
    tasks: usize,
    counts_tasks: bool,
    deadline: Duration,
    made_at: &'static Location<'static>,
    is_settled: bool,
}

/// The totals of a [`Ledger`] that balances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settled {
    /// The counters of the system since its start.
    pub counters: Counters,
    /// The number of asks since the ledger was made.
    pub asks: usize,
    /// The number of these asks that were answered.
    pub answered: usize,
    /// The number of these asks that their askers gave up before a mailbox accepted them.
    pub withdrawn: usize,
}

impl Ledger {
    /// Starts to observe a system.
    ///
    /// A ledger that is dropped and was not settled panics, unless a panic unwinds already: its test would have checked nothing.
    #[track_caller]
    pub fn of<S: System, B: MessageBroker<S::Message>>(system: &ActorSystem<S, B>) -> Self {
        let actors = system.leftovers().actors;
        Ledger {
            // Unbounded: a message that the stream drops would look like a lost one.
            observed: system.monitor(usize::MAX),
            system: identity(system),
            tasks: system.runtime().tasks().saturating_sub(actors),
            counts_tasks: false,
            deadline: Duration::from_secs(5),
            made_at: Location::caller(),
            is_settled: false,
        }
    }

    /// Also checks that the runtime has no more tasks than before, without the tasks of the system's actors. Only for a test that
    /// spawns no tasks that outlive it.
    pub fn counting_tasks(mut self) -> Self {
        self.counts_tasks = true;
        self
    }

    /// Waits for the end of the last tasks no longer than `deadline`.
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Shuts the system down and checks that its messages balance.
    ///
    /// # Panics
    ///
    /// If they do not balance, if something is left, or if an actor did not stop in time; the panic lists all problems. If the ledger
    /// observes another system.
    #[track_caller]
    pub fn settle<S: System, B: MessageBroker<S::Message>>(
        mut self,
        system: &ActorSystem<S, B>,
    ) -> impl Future<Output = Settled> {
        let at = Location::caller();
        self.is_settled = true;
        assert_eq!(self.system, identity(system), "the ledger observes another system than {system:?}");
        async move {
            let shutdown = system.shutdown().await.err();
            self.check(system, shutdown).await.unwrap_or_else(|problems| {
                panic!("{at}: the ledger of {system:?} does not balance:\n  {}", problems.join("\n  "));
            })
        }
    }

    async fn check<S: System, B: MessageBroker<S::Message>>(
        mut self,
        system: &ActorSystem<S, B>,
        shutdown: Option<ShutdownError>,
    ) -> Result<Settled, Vec<String>> {
        let mut problems: Vec<_> = shutdown.iter().map(ToString::to_string).collect();
        let mut fates = Fates::default();
        while let Ok(Received::Item(observation)) = self.observed.try_recv() {
            fates.add(observation);
        }
        problems.extend(fates.problems());
        let counters = system.counters();
        problems.extend(unbalanced(counters));
        let left = system.leftovers();
        if left != Leftovers::default() {
            problems.push(format!("left after the shutdown: {left:?}"));
        }
        if self.counts_tasks && !self.tasks_end(system).await {
            let (tasks, before) = (system.runtime().tasks(), self.tasks);
            problems.push(format!("the runtime has {tasks} tasks where it had {before}"));
        }
        let AskCounts { asks, answered, withdrawn } = fates.asks();
        if problems.is_empty() { Ok(Settled { counters, asks, answered, withdrawn }) } else { Err(problems) }
    }

    /// Waits until the runtime has no more tasks than before: the task that reported the end of the system may end a moment later.
    async fn tasks_end<S: System, B: MessageBroker<S::Message>>(&self, system: &ActorSystem<S, B>) -> bool {
        let end = async {
            while system.runtime().tasks() > self.tasks {
                rt::sleep(Duration::from_millis(1)).await;
            }
        };
        rt::timeout(self.deadline, end).await.is_some()
    }
}

/// Distinguishes a system from all others: the ledger keeps none alive, but the test that settles it does.
fn identity<S: System, B: MessageBroker<S::Message>>(system: &ActorSystem<S, B>) -> usize {
    Arc::as_ptr(system.shared()).addr()
}

fn unbalanced(counters: Counters) -> Option<String> {
    let Counters { sent, handled, failed, expired, dead, queued } = counters;
    let balanced = sent == handled + failed + expired + dead && queued == 0;
    (!balanced).then(|| format!("the counters do not add up: {counters:?}"))
}

impl Drop for Ledger {
    fn drop(&mut self) {
        assert!(
            self.is_settled || thread::panicking(),
            "the ledger that was made at {} was not settled: it has checked nothing",
            self.made_at
        );
    }
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("observed", &self.observed).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_that_do_not_add_up_are_reported() {
        let good = Counters { sent: 5, handled: 2, failed: 1, expired: 1, dead: 1, queued: 0 };
        assert_eq!(unbalanced(good), None);
        for bad in [Counters { sent: 6, ..good }, Counters { sent: 6, queued: 1, ..good }] {
            assert!(unbalanced(bad).expect("one is missing").contains("sent: 6"));
        }
    }
}

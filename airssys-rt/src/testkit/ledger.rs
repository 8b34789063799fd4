use crate::{
    broker::{MessageBroker, Observation, Received, TapStream},
    observe::Counters,
    rt,
    system::{ActorSystem, Leftovers, ShutdownError, System},
    testkit::fates::{Asks, Fates},
};
use std::{fmt, future::Future, panic::Location, time::Duration};

/// Keeps the books of a system during a test, and checks at the end that they add up:
///
/// * `sent = handled + failed + expired + dead`, and nothing is queued;
/// * every message that came into a mailbox has one fate and no other, so every ask is resolved exactly once: answered,
///   or refused with a reason. One that its sender gave up before it came into a mailbox has none;
/// * after the shutdown there are no actors, no names, nothing that is kept about messages and, if the ledger
///   [counts tasks](Self::counting_tasks), no more tasks than before. There is no table of pending asks, subscriptions or
///   timers that could keep something: an ask travels inside its message, a subscription is part of an actor's type.
///
/// It sees what passes from [`of`](Self::of) on, as a monitor does, and like one it arms the system: every message takes
/// the way that can be seen. What a broker takes out of the process has no fate that it could see.
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
    seen: TapStream<Observation>,
    /// Of the runtime, without those of the actors.
    tasks: usize,
    counts_tasks: bool,
    deadline: Duration,
}

/// What a [`Ledger`] has seen when all was well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settled {
    /// Of the system, from its start on.
    pub counters: Counters,
    /// How many messages were asked while the ledger was there.
    pub asks: usize,
    /// Of these, those whose asker had the answer.
    pub answered: usize,
    /// Of these, those that were given up before they came anywhere.
    pub withdrawn: usize,
}

impl Ledger {
    /// Begins to look.
    pub fn of<S: System, B: MessageBroker<S::Message>>(system: &ActorSystem<S, B>) -> Self {
        let actors = system.leftovers().actors;
        Ledger {
            // Without a limit: one that is missed would look like one that is lost.
            seen: system.monitor(usize::MAX),
            tasks: system.runtime().tasks().saturating_sub(actors),
            counts_tasks: false,
            deadline: Duration::from_secs(5),
        }
    }

    /// Checks as well that the runtime has no more tasks than before, those of the system's actors not counted. Only for a
    /// test that spawns none of its own which outlive it.
    pub fn counting_tasks(mut self) -> Self {
        self.counts_tasks = true;
        self
    }

    /// Waits for the last tasks no longer than `deadline`.
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Shuts the system down and checks the books.
    ///
    /// # Panics
    ///
    /// With everything that is wrong, if anything is; and if an actor did not stop in time.
    #[track_caller]
    pub fn settle<S: System, B: MessageBroker<S::Message>>(
        self,
        system: &ActorSystem<S, B>,
    ) -> impl Future<Output = Settled> {
        let at = Location::caller();
        async move {
            let shutdown = system.shutdown().await.err();
            self.balance(system, shutdown).await.unwrap_or_else(|wrong| {
                panic!("{at}: the books of {system:?} are wrong:\n  {}", wrong.join("\n  "));
            })
        }
    }

    async fn balance<S: System, B: MessageBroker<S::Message>>(
        mut self,
        system: &ActorSystem<S, B>,
        shutdown: Option<ShutdownError>,
    ) -> Result<Settled, Vec<String>> {
        let mut wrong: Vec<_> = shutdown.iter().map(ToString::to_string).collect();
        let mut fates = Fates::default();
        while let Ok(Received::Item(seen)) = self.seen.try_recv() {
            fates.add(seen);
        }
        wrong.extend(fates.problems());
        let counters = system.counters();
        wrong.extend(unbalanced(counters));
        let left = system.leftovers();
        if left != Leftovers::default() {
            wrong.push(format!("something is left: {left:?}"));
        }
        if self.counts_tasks && !self.tasks_end(system).await {
            let (tasks, before) = (system.runtime().tasks(), self.tasks);
            wrong.push(format!("the runtime has {tasks} tasks where it had {before}"));
        }
        let Asks { seen: asks, answered, withdrawn } = fates.asks();
        if wrong.is_empty() { Ok(Settled { counters, asks, answered, withdrawn }) } else { Err(wrong) }
    }

    /// The task that told of the end may be a moment behind.
    async fn tasks_end<S: System, B: MessageBroker<S::Message>>(&self, system: &ActorSystem<S, B>) -> bool {
        let end = async {
            while system.runtime().tasks() > self.tasks {
                rt::sleep(Duration::from_millis(1)).await;
            }
        };
        rt::timeout(self.deadline, end).await.is_some()
    }
}

fn unbalanced(counters: Counters) -> Option<String> {
    let Counters { sent, handled, failed, expired, dead, queued } = counters;
    let balanced = sent == handled + failed + expired + dead && queued == 0;
    (!balanced).then(|| format!("the counters do not add up: {counters:?}"))
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("seen", &self.seen).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_that_do_not_add_up_are_found() {
        let good = Counters { sent: 5, handled: 2, failed: 1, expired: 1, dead: 1, queued: 0 };
        assert_eq!(unbalanced(good), None);
        for bad in [Counters { sent: 6, ..good }, Counters { sent: 6, queued: 1, ..good }] {
            assert!(unbalanced(bad).expect("one is missing").contains("sent: 6"));
        }
    }
}

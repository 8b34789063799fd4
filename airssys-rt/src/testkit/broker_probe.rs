//! `BrokerTestProbe`: a hook that counts delivered messages, and waits until enough have arrived.

use crate::{
    actor::{Actor, ActorRef},
    broker::{Outcome, Recorder, hook::Hook},
    envelope::Meta,
    id::ActorId,
    rt::{self, Watched},
    sync::Arc,
};
use std::{collections::BTreeMap, fmt, future::Future, panic::Location, time::Duration};

/// A broker hook that counts the messages that arrive at each actor and the mailboxes that accept each event, and can wait for
/// them. Clones share the counts: one goes to the system as a [hook](crate::broker::hook), the test keeps another.
///
/// A message counts when its mailbox accepts it. A copy of an event counts for its actor when it is handled, fails or becomes a
/// dead letter.
///
/// ```
/// use airssys_rt::{broker::{InMemoryMessageBroker, hook::Hooked}, prelude::*, testkit::BrokerTestProbe};
/// # #[event] #[derive(Clone)] pub struct Withdrawn(pub u64);
/// # #[message] pub struct Withdraw(pub u64);
/// # pub struct Account;
/// # #[actor(publishes(Withdrawn))] impl Account {
/// #     #[handler] fn withdraw(&mut self, Withdraw(cents): Withdraw, ctx: &mut ActorContext<Self>) { ctx.publish(Withdrawn(cents)) }
/// # }
/// # pub struct Auditor;
/// # #[actor] impl Auditor { #[on_event] fn withdrawn(&mut self, _: Withdrawn) {} }
/// # #[actor_system(actors(Account, Auditor), events(Withdrawn))] pub struct Bank;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let probe = BrokerTestProbe::new();
/// let broker = Hooked::new(InMemoryMessageBroker::new()).with(probe.clone());
/// let bank = ActorSystem::<Bank, _>::with_broker(SystemConfig::default(), broker).await?;
/// let (account, auditor) = (bank.spawn(Account).await?, bank.spawn(Auditor).await?);
///
/// bank.tell(&account, Withdraw(400)).await?;
/// probe.assert_sent(&account, 1).await;
/// probe.assert_broadcast("Withdrawn", 1).await; // one auditor
/// probe.assert_sent_type(&auditor, "Withdrawn", 1).await;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct BrokerTestProbe {
    counts: Arc<Watched<DeliveryCounts>>,
    deadline: Duration,
    grace: Duration,
}

/// How long an assertion waits for messages beyond the expected number.
const GRACE: Duration = Duration::from_millis(10);

#[derive(Default)]
struct DeliveryCounts {
    sent: BTreeMap<ActorId, BTreeMap<&'static str, usize>>,
    /// The number of mailboxes that accepted each event.
    broadcasts: BTreeMap<&'static str, Vec<usize>>,
}

impl BrokerTestProbe {
    /// Makes a probe with all counts at 0.
    #[must_use]
    pub fn new() -> Self {
        BrokerTestProbe { counts: Arc::default(), deadline: Duration::from_secs(5), grace: GRACE }
    }

    /// Waits no longer than `deadline`. The counts stay shared.
    #[must_use]
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Waits so long for messages beyond the expected number; 10 ms without this. On a paused clock that is until all tasks are idle, so
    /// an assertion finds each message that is on its way. On a real clock a message that comes later is not found.
    #[must_use]
    pub fn with_grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    /// Returns the number of messages that have arrived at `actor` so far.
    #[must_use]
    pub fn sent<A: Actor>(&self, actor: &ActorRef<A>) -> usize {
        self.counts.read(|counts| counts.sent(actor.id(), None))
    }

    /// Returns, for each event of this type in order, the number of mailboxes that accepted it.
    #[must_use]
    pub fn broadcasts(&self, event: &str) -> Vec<usize> {
        self.counts.read(|counts| counts.broadcasts.get(event).cloned()).unwrap_or_default()
    }

    /// Waits until `times` messages have arrived at `actor`, and no more [for a while](Self::with_grace).
    ///
    /// # Panics
    ///
    /// If there are fewer at the deadline, or more.
    #[track_caller]
    pub fn assert_sent<A: Actor>(&self, actor: &ActorRef<A>, times: usize) -> impl Future<Output = ()> {
        self.assert_count(actor, None, times, Location::caller())
    }

    /// Waits until `times` messages of the type with this name have arrived at `actor`, and no more [for a while](Self::with_grace).
    /// The name is the last segment of the type's path, as the actor declares it.
    ///
    /// # Panics
    ///
    /// If there are fewer at the deadline, or more. If the actor has no message or event with this name.
    #[track_caller]
    pub fn assert_sent_type<A: Actor>(
        &self,
        actor: &ActorRef<A>,
        message: &'static str,
        times: usize,
    ) -> impl Future<Output = ()> {
        // A name that is misspelt would be a type of which no message ever arrives.
        assert!(
            A::VARIANTS.contains(&message),
            "`{}` has no message of the type `{message}`; it has {:?}",
            A::NAME,
            A::VARIANTS
        );
        self.assert_count(actor, Some(message), times, Location::caller())
    }

    /// Waits until an event of the type with this name was accepted by exactly `receivers` mailboxes.
    ///
    /// # Panics
    ///
    /// If there is no such event at the deadline.
    #[track_caller]
    pub fn assert_broadcast(&self, event: &'static str, receivers: usize) -> impl Future<Output = ()> {
        let (at, probe) = (Location::caller(), self.clone());
        async move {
            let reached = |counts: &DeliveryCounts| {
                counts.broadcasts.get(event).is_some_and(|all| all.contains(&receivers))
            };
            if !probe.wait(reached).await {
                let (after, found) = (probe.deadline, probe.broadcasts(event));
                panic!(
                    "{at}: expected an event `{event}` in {receivers} mailboxes; after {after:?} the published events \
                     of this type are in {found:?} mailboxes\n{probe:#?}"
                );
            }
        }
    }

    fn assert_count<A: Actor>(
        &self,
        actor: &ActorRef<A>,
        message: Option<&'static str>,
        times: usize,
        at: &'static Location<'static>,
    ) -> impl Future<Output = ()> + use<A> {
        let (actor, probe) = (actor.clone(), self.clone());
        async move {
            let count = |counts: &DeliveryCounts| counts.sent(actor.id(), message);
            let in_time = probe.wait(|counts| count(counts) >= times).await;
            if in_time {
                rt::sleep(probe.grace).await;
            }
            let found = probe.counts.read(count);
            if !in_time || found != times {
                let of_type = message.map_or_else(String::new, |name| format!(" of type `{name}`"));
                let when = if in_time { String::new() } else { format!(" after {:?}", probe.deadline) };
                panic!(
                    "{at}: expected {times} messages{of_type} to {actor}, counted {found}{when}\n{probe:#?}"
                );
            }
        }
    }

    /// Waits until the counts satisfy `reached`. Returns `false` if the deadline passes first.
    async fn wait(&self, reached: impl Fn(&DeliveryCounts) -> bool) -> bool {
        let wait = self.counts.wait_for(|counts| reached(counts).then_some(()));
        rt::timeout(self.deadline, wait).await.is_some()
    }
}

impl DeliveryCounts {
    fn sent(&self, actor: ActorId, message: Option<&str>) -> usize {
        let counts = self.sent.get(&actor).into_iter().flatten();
        counts
            .filter(|(name, _)| message.is_none_or(|message| message == **name))
            .map(|(_, count)| count)
            .sum()
    }
}

impl Recorder for BrokerTestProbe {
    fn record(&self, meta: &Meta, outcome: Outcome) {
        let name = meta.message_type();
        let counts_for_actor = match outcome {
            Outcome::Delivered { .. } => !meta.is_event(),
            Outcome::Handled { .. } | Outcome::Failed | Outcome::Dead(_) => meta.is_event(),
            _ => false,
        };
        self.counts.modify(|counts| {
            if let Some(actor) = meta.recipient().filter(|_| counts_for_actor) {
                *counts.sent.entry(actor).or_default().entry(name).or_default() += 1;
            }
            if let (Outcome::Delivered { receivers }, true) = (outcome, meta.is_event()) {
                counts.broadcasts.entry(name).or_default().push(receivers);
            }
        });
    }
}

impl<M> Hook<M> for BrokerTestProbe {
    fn after(&self, meta: &Meta, outcome: Outcome) {
        self.record(meta, outcome);
    }
}

impl Default for BrokerTestProbe {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for BrokerTestProbe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.counts.read(|counts| {
            f.debug_struct("BrokerTestProbe")
                .field("sent", &counts.sent)
                .field("broadcasts", &counts.broadcasts)
                .finish()
        })
    }
}

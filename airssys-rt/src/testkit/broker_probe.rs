use crate::{
    actor::{Actor, ActorRef},
    broker::{Outcome, Recorder, hook::Hook},
    envelope::Meta,
    id::ActorId,
    rt,
    sync::{Arc, Mutex, watch},
};
use std::{collections::BTreeMap, fmt, future::Future, panic::Location, time::Duration};

/// Counts what comes into the mailboxes of each actor, and into how many each event comes; and waits for it. Clones count
/// together: one goes to the system as a [hook](crate::broker::hook), one stays with the test.
///
/// A message counts once it is in the mailbox; a copy of an event counts for its actor once it is handled, or will never
/// be.
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
    counts: Arc<Counts>,
    deadline: Duration,
}

struct Counts {
    seen: Mutex<Seen>,
    changed: watch::Sender<()>,
}

#[derive(Default)]
struct Seen {
    sent: BTreeMap<ActorId, BTreeMap<&'static str, usize>>,
    /// Into how many mailboxes each came.
    broadcasts: BTreeMap<&'static str, Vec<usize>>,
}

impl BrokerTestProbe {
    /// Nothing counted yet.
    #[must_use]
    pub fn new() -> Self {
        let counts = Counts { seen: Mutex::default(), changed: watch::Sender::new(()) };
        BrokerTestProbe { counts: Arc::new(counts), deadline: Duration::from_secs(5) }
    }

    /// The same counts, waited for no longer than `deadline`.
    #[must_use]
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// How much has come to `actor` so far.
    #[must_use]
    pub fn sent<A: Actor>(&self, actor: &ActorRef<A>) -> usize {
        self.counts.seen.lock().sent(actor.id(), None)
    }

    /// Into how many mailboxes each event of this type came so far, in order.
    #[must_use]
    pub fn broadcasts(&self, event: &str) -> Vec<usize> {
        self.counts.seen.lock().broadcasts.get(event).cloned().unwrap_or_default()
    }

    /// Waits until `times` messages have come to `actor`.
    ///
    /// # Panics
    ///
    /// If there are fewer when the deadline has passed, or more already.
    #[track_caller]
    pub fn assert_sent<A: Actor>(&self, actor: &ActorRef<A>, times: usize) -> impl Future<Output = ()> {
        self.assert_count(actor, None, times, Location::caller())
    }

    /// Waits until `times` messages of the type of this name have come to `actor`.
    ///
    /// # Panics
    ///
    /// If there are fewer when the deadline has passed, or more already.
    #[track_caller]
    pub fn assert_sent_type<A: Actor>(
        &self,
        actor: &ActorRef<A>,
        message: &'static str,
        times: usize,
    ) -> impl Future<Output = ()> {
        self.assert_count(actor, Some(message), times, Location::caller())
    }

    /// Waits until an event of the type of this name has come into exactly `receivers` mailboxes.
    ///
    /// # Panics
    ///
    /// If none has when the deadline has passed.
    #[track_caller]
    pub fn assert_broadcast(&self, event: &'static str, receivers: usize) -> impl Future<Output = ()> {
        let (at, probe) = (Location::caller(), self.clone());
        async move {
            let there = |seen: &Seen| seen.broadcasts.get(event).is_some_and(|all| all.contains(&receivers));
            if !probe.wait(there).await {
                let (after, seen) = (probe.deadline, probe.broadcasts(event));
                panic!(
                    "{at}: expected an event `{event}` in {receivers} mailboxes; after {after:?} those that were \
                     published came into {seen:?}\n{probe:#?}"
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
            let count = |seen: &Seen| seen.sent(actor.id(), message);
            let in_time = probe.wait(|seen| count(seen) >= times).await;
            let seen = count(&probe.counts.seen.lock());
            if !in_time || seen != times {
                let (what, after) = (message.unwrap_or("message"), probe.deadline);
                let when = if in_time { String::new() } else { format!(" after {after:?}") };
                panic!("{at}: expected {times} times a `{what}` to {actor}; it has {seen}{when}\n{probe:#?}");
            }
        }
    }

    /// `false` when the deadline has passed.
    async fn wait(&self, there: impl Fn(&Seen) -> bool) -> bool {
        let mut changed = self.counts.changed.subscribe();
        let wait = async { while !there(&self.counts.seen.lock()) && changed.changed().await.is_ok() {} };
        rt::timeout(self.deadline, wait).await.is_some()
    }
}

impl Seen {
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
        let comes = match outcome {
            Outcome::Delivered { .. } => !meta.is_event(),
            Outcome::Handled { .. } | Outcome::Failed | Outcome::Dead(_) => meta.is_event(),
            _ => false,
        };
        let mut seen = self.counts.seen.lock();
        if let Some(actor) = meta.recipient().filter(|_| comes) {
            *seen.sent.entry(actor).or_default().entry(name).or_default() += 1;
        }
        if let (Outcome::Delivered { receivers }, true) = (outcome, meta.is_event()) {
            seen.broadcasts.entry(name).or_default().push(receivers);
        }
        drop(seen);
        self.counts.changed.send_replace(());
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
        let seen = self.counts.seen.lock();
        f.debug_struct("BrokerTestProbe")
            .field("sent", &seen.sent)
            .field("broadcasts", &seen.broadcasts)
            .finish()
    }
}

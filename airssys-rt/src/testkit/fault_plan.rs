//! `FaultPlan`: a seeded plan of faults (panics, delays, drops, refusals) and of the messages that they affect.

use crate::{
    envelope::Meta,
    sync::{Arc, AtomicBool, AtomicU64, Relaxed},
    testkit::fault_rule::{Mishap, Rule, When},
};
use std::{fmt, thread};

/// A plan of faults and of the messages that they affect. A broker that the plan [wraps](Self::around) injects them.
///
/// The messages of a type are numbered in the order in which they pass the broker or, for a panic, in which they are handled. So
/// with one sender the same seed repeats the whole run. If several rules apply to a message, the first of them is used. A plan
/// that is dropped by a failing test prints its seed: keep the plan in the test.
///
/// ```
/// use airssys_rt::{broker::InMemoryMessageBroker, prelude::*, testkit::{FaultPlan, Mishap, When}};
/// # #[message(reply = u64)] pub struct Deposit(pub u64);
/// # #[derive(Default)] pub struct Account(u64);
/// # #[actor] impl Account {
/// #     #[handler] fn deposit(&mut self, Deposit(cents): Deposit) -> u64 { self.0 += cents; self.0 }
/// #     #[on_error] fn failed(&mut self, _: Fault) -> ErrorAction { ErrorAction::Resume }
/// # }
/// # #[actor_system(actors(Account))] pub struct Bank;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let plan = FaultPlan::seeded(7)
///     .with(Mishap::Panic, "Deposit", When::Nth(2))
///     .with(Mishap::Drop, "Deposit", When::Share(0.1));
/// let broker = plan.around(InMemoryMessageBroker::new());
/// let bank = ActorSystem::<Bank, _>::with_broker(SystemConfig::default(), broker).await?;
/// let account = bank.spawn(Account::default()).await?;
/// let mut paid = 0;
/// for _ in 0..100 {
///     if bank.ask(&account, Deposit(1)).await.is_ok() {
///         paid += 1;
///     }
/// }
/// assert_eq!(bank.counters().failed, 1);
/// assert_eq!(paid + plan.struck(), 100);
/// # Ok(()) }
/// ```
pub struct FaultPlan(Arc<PlanState>);

struct PlanState {
    seed: u64,
    rules: Vec<Rule>,
    injected: AtomicU64,
    printed: AtomicBool,
}

impl FaultPlan {
    /// Makes a plan without faults. The same seed gives the same choices of [`When::Share`].
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        let plan = PlanState {
            seed,
            rules: Vec::new(),
            injected: AtomicU64::new(0),
            printed: AtomicBool::new(false),
        };
        FaultPlan(Arc::new(plan))
    }

    /// Makes a plan without faults that has a random seed.
    #[must_use]
    pub fn random() -> Self {
        Self::seeded(fastrand::u64(..))
    }

    /// Adds a fault for the messages or events of the type with this name.
    ///
    /// # Panics
    ///
    /// If the plan is in use, or if no message can be affected: `Nth(0)`, `Every(0)`, and a share that is not more than 0 and at most 1.
    #[must_use]
    #[track_caller]
    pub fn with(mut self, mishap: Mishap, message: &'static str, when: When) -> Self {
        when.check();
        let plan = Arc::get_mut(&mut self.0).expect("faults must be added before the plan is used");
        // Each rule has its own random numbers, so that the order of messages of different types makes no difference.
        let seed = plan.seed.wrapping_add(plan.rules.len() as u64);
        plan.rules.push(Rule::new(mishap, message, when, seed));
        self
    }

    /// Returns the seed of the plan.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.0.seed
    }

    /// Returns the number of faults that were injected so far.
    #[must_use]
    pub fn struck(&self) -> u64 {
        self.0.injected.load(Relaxed)
    }

    /// Returns the fault to inject into the delivery of a message.
    pub(super) fn delivery_fault(&self, meta: &Meta) -> Option<Mishap> {
        self.apply(meta, |mishap| mishap != Mishap::Panic).map(|(mishap, _)| mishap)
    }

    /// Panics if the plan has a panic for the handler of this message.
    pub(super) fn before_handler(&self, meta: &Meta) {
        if let Some((_, nth)) = self.apply(meta, |mishap| mishap == Mishap::Panic) {
            panic!("{self:?} makes the handler of `{}` number {nth} panic", meta.message_type());
        }
    }

    fn apply(&self, meta: &Meta, of: fn(Mishap) -> bool) -> Option<(Mishap, u64)> {
        let rules = self.0.rules.iter().filter(|rule| rule.message == meta.message_type() && of(rule.mishap));
        // Every rule counts the message, also behind the first that applies.
        let applied: Vec<_> = rules.filter_map(|rule| rule.apply().map(|nth| (rule.mishap, nth))).collect();
        let first = applied.first().copied()?;
        self.0.injected.fetch_add(1, Relaxed);
        Some(first)
    }
}

impl Clone for FaultPlan {
    fn clone(&self) -> Self {
        FaultPlan(self.0.clone())
    }
}

impl Drop for FaultPlan {
    fn drop(&mut self) {
        if thread::panicking() && !self.0.printed.swap(true, Relaxed) {
            eprintln!("{self:?} was in use: `FaultPlan::seeded({})` repeats it", self.0.seed);
        }
    }
}

impl fmt::Debug for FaultPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a fault plan with seed {}", self.0.seed)
    }
}

use crate::{
    envelope::Meta,
    sync::{Arc, AtomicBool, AtomicU64, Relaxed},
    testkit::{Faulty, Mishap, When, rule::Rule},
};
use std::{fmt, thread};

/// What goes wrong, and when: a broker that is [wrapped](Self::around) lets it happen.
///
/// The number of a message is its place among those of its type which pass the broker, or, for a panic, which are
/// handled; with one sender a seed so repeats the whole run. Of several rules for one message the first that strikes
/// counts. A plan that is dropped by a failing test prints its seed: keep it in the test.
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
pub struct FaultPlan(Arc<Plan>);

struct Plan {
    seed: u64,
    rules: Vec<Rule>,
    struck: AtomicU64,
    printed: AtomicBool,
}

impl FaultPlan {
    /// Nothing goes wrong yet. The same seed gives the same shares.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        let plan =
            Plan { seed, rules: Vec::new(), struck: AtomicU64::new(0), printed: AtomicBool::new(false) };
        FaultPlan(Arc::new(plan))
    }

    /// With a seed that is another one each time.
    #[must_use]
    pub fn random() -> Self {
        Self::seeded(fastrand::u64(..))
    }

    /// The same, and `mishap` happens to these messages of the type of this name; an event is a message, too.
    ///
    /// # Panics
    ///
    /// If the plan is in use.
    #[must_use]
    #[track_caller]
    pub fn with(mut self, mishap: Mishap, message: &'static str, when: When) -> Self {
        let plan = Arc::get_mut(&mut self.0).expect("a plan is made before it is used");
        // Each rule throws dice of its own, so that it does not matter which message comes first.
        let seed = plan.seed.wrapping_add(plan.rules.len() as u64);
        plan.rules.push(Rule::new(mishap, message, when, seed));
        self
    }

    /// A broker around `inner` on which all this happens.
    #[must_use]
    pub fn around<B>(&self, inner: B) -> Faulty<B> {
        Faulty::new(inner, self.clone())
    }

    /// What decides the shares.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.0.seed
    }

    /// How often something went wrong so far.
    #[must_use]
    pub fn struck(&self) -> u64 {
        self.0.struck.load(Relaxed)
    }

    /// What happens to a message on its way.
    pub(super) fn on_the_way(&self, meta: &Meta) -> Option<Mishap> {
        self.first(meta, |mishap| mishap != Mishap::Panic).map(|(mishap, _)| mishap)
    }

    /// Panics if the plan says so.
    pub(super) fn handling(&self, meta: &Meta) {
        if let Some((_, nth)) = self.first(meta, |mishap| mishap == Mishap::Panic) {
            panic!("{self:?} has the handler of `{}` number {nth} panic", meta.message_type());
        }
    }

    fn first(&self, meta: &Meta, of: fn(Mishap) -> bool) -> Option<(Mishap, u64)> {
        let rules = self.0.rules.iter().filter(|rule| rule.message == meta.message_type() && of(rule.mishap));
        // Each one counts, whichever strikes.
        let struck: Vec<_> = rules.filter_map(|rule| rule.strikes().map(|nth| (rule.mishap, nth))).collect();
        let first = struck.first().copied()?;
        self.0.struck.fetch_add(1, Relaxed);
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

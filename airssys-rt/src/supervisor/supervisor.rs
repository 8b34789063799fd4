use crate::{
    backoff::Backoff,
    supervision::{AutoShutdown, Child, Draft, Restart, Shutdown, Spec, SpecError, Strategy},
    supervisor::DynamicSupervisor,
    sync::Arc,
    system::{HostedBy, System},
};
use std::{fmt, time::Duration};

/// A supervisor that is to be, with everybody below it: written as the tree that it will be.
///
/// ```
/// use airssys_rt::prelude::*;
/// use std::time::Duration;
/// # #[message] pub struct Check;
/// # #[derive(Default)] pub struct Stock;
/// # #[actor] impl Stock { #[handler] fn check(&mut self, _: Check) {} }
/// # pub struct Orders { stock: ActorRef<Stock> }
/// # #[actor] impl Orders { #[handler] fn check(&mut self, _: Check) {} }
/// # #[derive(Default)] pub struct Cards;
/// # #[actor] impl Cards { #[handler] fn check(&mut self, _: Check) {} }
/// # #[actor_system(actors(Stock, Orders, Cards))] pub struct Shop;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let shop = ActorSystem::<Shop>::start(SystemConfig::default()).await?;
/// let tree = Supervisor::rest_for_one("shop")
///     .restarts(3, Duration::from_secs(10))
///     .child(Child::new("stock", |_| Stock::default()))
///     .child(Child::new("orders", |shop| Orders { stock: shop.actor("stock") }))
///     .supervisor(
///         Supervisor::one_for_one("payments")
///             .child(Child::new("cards", |_| Cards::default()).transient()),
///     );
/// let root = shop.supervise(tree).await?;
/// let orders: ActorRef<Orders> = root.actor("orders").expect("it has started");
/// # assert!(orders.is_alive());
/// # shop.shutdown().await?;
/// # Ok(())
/// # }
/// ```
///
/// Children are started in the order in which they are written, each when the one before runs, and stopped in the reverse
/// order. Without [`restarts`](Self::restarts) one restart is granted within 5 s, as in OTP.
#[must_use = "a spec does nothing until a system has it"]
pub struct Supervisor<S: System> {
    draft: Draft,
    members: Vec<Member<S>>,
}

/// A child, as soon as it is known where its kind is.
pub(super) type Member<S> = Box<dyn FnOnce(&<S as System>::Registry) -> Result<Spec, SpecError> + Send>;

impl<S: System> Supervisor<S> {
    /// When a child fails, it alone is restarted.
    pub fn one_for_one(name: impl Into<Arc<str>>) -> Self {
        Self::new(name, Strategy::OneForOne)
    }

    /// When a child fails, all others are stopped, the last one first, and then all are started in order.
    pub fn one_for_all(name: impl Into<Arc<str>>) -> Self {
        Self::new(name, Strategy::OneForAll)
    }

    /// When a child fails, those that come after it are stopped, the last one first, and then it and they are started in
    /// order.
    pub fn rest_for_one(name: impl Into<Arc<str>>) -> Self {
        Self::new(name, Strategy::RestForOne)
    }

    /// With a strategy that is known at run time only.
    pub fn new(name: impl Into<Arc<str>>, strategy: Strategy) -> Self {
        Supervisor { draft: Draft::new(name.into(), strategy, None), members: Vec::new() }
    }

    /// Grants at most `max` restarts within any `period`. With one more the supervisor stops its children and leaves it to
    /// the one above. A restart that was exactly `period` ago still counts, and so does one that failed.
    pub fn restarts(mut self, max: u32, period: Duration) -> Self {
        self.draft.restarts = (max, period);
        self
    }

    /// Whether it ends when significant children have ended by themselves.
    pub fn auto_shutdown(mut self, auto: AutoShutdown) -> Self {
        self.draft.auto = auto;
        self
    }

    /// A child, started after those before. The system has to host it.
    pub fn child<A: HostedBy<S>>(mut self, child: Child<A>) -> Self {
        self.members.push(Box::new(move |registry| Ok(child.bind(A::kind(registry).weak_host()))));
        self
    }

    /// A supervisor below, with its children. Its name is its id.
    pub fn supervisor(mut self, below: Supervisor<S>) -> Self {
        self.members.push(Box::new(move |registry| below.nested(registry)));
        self
    }

    /// A supervisor below that has many children of one kind, which come and go.
    pub fn dynamic<A: HostedBy<S>>(mut self, below: DynamicSupervisor<A>) -> Self {
        self.members.push(Box::new(move |_| below.draft().nested(Vec::new())));
        self
    }

    /// As the child of another supervisor: when it is started again. Permanent without this.
    pub fn restart(mut self, restart: Restart) -> Self {
        self.draft.as_child(restart);
        self
    }

    /// As the child of another supervisor: how it is stopped. Without this it has as long as it takes, for its children have
    /// limits of their own.
    pub fn shutdown(mut self, shutdown: Shutdown) -> Self {
        self.draft.shutdown(shutdown);
        self
    }

    /// As the child of another supervisor: its end may be that of the other.
    pub fn significant(mut self) -> Self {
        self.draft.significant();
        self
    }

    /// As the child of another supervisor: how long to wait before it is started again.
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.draft.backoff(backoff);
        self
    }

    /// With nobody above it: when it gives up, only it has ended, and the system goes on. Without this the system stops and
    /// says why.
    pub fn isolated(mut self) -> Self {
        self.draft.isolated = true;
        self
    }

    pub(super) fn into_parts(self, registry: &S::Registry) -> Result<(Draft, Vec<Spec>), SpecError> {
        let specs = self.members.into_iter().map(|member| member(registry)).collect::<Result<_, _>>()?;
        Ok((self.draft, specs))
    }

    fn nested(self, registry: &S::Registry) -> Result<Spec, SpecError> {
        let (draft, specs) = self.into_parts(registry)?;
        draft.nested(specs)
    }
}

impl<S: System> fmt::Debug for Supervisor<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Supervisor({}, {} children)", self.draft.name, self.members.len())
    }
}

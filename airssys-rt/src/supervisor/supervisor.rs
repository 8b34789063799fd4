//! `Supervisor`: the spec of a supervisor with its children, strategy and restart limit, written as a tree.

use crate::{
    backoff::Backoff,
    supervision::{
        AutoShutdown, Child, ChildSpec, Restart, Shutdown, SpecError, Strategy, SupervisorSettings,
        SupervisorSpec,
    },
    supervisor::DynamicSupervisor,
    sync::Arc,
    system::{HostedBy, System},
};
use std::{fmt, mem, time::Duration, vec};

/// The spec of a supervisor with its children, written as the tree that it starts.
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
/// Children are started in the order of the spec, each when the one before runs, and stopped in the reverse order. Without
/// [`restarts`](Self::restarts) one restart is granted within 5 s, as in OTP.
#[must_use = "a supervisor spec does nothing until a system has it"]
pub struct Supervisor<S: System> {
    settings: SupervisorSettings,
    children: Vec<SpecChild<S>>,
}

/// A child of a spec.
enum SpecChild<S: System> {
    Actor(BindChild<S>),
    Supervisor(Supervisor<S>),
    Dynamic(SupervisorSettings),
}

/// Makes the spec of a child, once the registry of the system is known.
type BindChild<S> = Box<dyn FnOnce(&<S as System>::Registry) -> ChildSpec + Send>;

impl<S: System> Supervisor<S> {
    /// Creates a supervisor that restarts only the child that failed.
    pub fn one_for_one(name: impl Into<Arc<str>>) -> Self {
        Self::new(name, Strategy::OneForOne)
    }

    /// Creates a supervisor that restarts all children when one fails: the others are stopped, the last one first, and then
    /// all are started in order.
    pub fn one_for_all(name: impl Into<Arc<str>>) -> Self {
        Self::new(name, Strategy::OneForAll)
    }

    /// Creates a supervisor that restarts the child that failed and all after it: those are stopped, the last one first, and
    /// then all of them are started in order.
    pub fn rest_for_one(name: impl Into<Arc<str>>) -> Self {
        Self::new(name, Strategy::RestForOne)
    }

    /// Creates a supervisor with a strategy that is known at run time only.
    pub fn new(name: impl Into<Arc<str>>, strategy: Strategy) -> Self {
        Supervisor { settings: SupervisorSettings::new(name.into(), strategy, None), children: Vec::new() }
    }

    /// Grants at most `max` restarts within any `period`. With one more failure the supervisor gives up: it stops its children,
    /// and the supervisor above decides. A restart that was exactly `period` ago still counts, and so does one that failed.
    pub fn restarts(mut self, max: u32, period: Duration) -> Self {
        self.settings.restarts = (max, period);
        self
    }

    /// Sets whether the supervisor ends when significant children have ended by themselves.
    pub fn auto_shutdown(mut self, auto: AutoShutdown) -> Self {
        self.settings.auto = auto;
        self
    }

    /// Adds a child, which is started after those before. The system must host its type.
    pub fn child<A: HostedBy<S>>(mut self, child: Child<A>) -> Self {
        self.children
            .push(SpecChild::Actor(Box::new(move |registry| child.bind(A::kind(registry).weak_host()))));
        self
    }

    /// Adds a supervisor with its children as a child. Its name is its id.
    pub fn supervisor(mut self, below: Supervisor<S>) -> Self {
        self.children.push(SpecChild::Supervisor(below));
        self
    }

    /// Adds a dynamic supervisor as a child. Its name is its id.
    pub fn dynamic<A: HostedBy<S>>(mut self, below: DynamicSupervisor<A>) -> Self {
        self.children.push(SpecChild::Dynamic(below.into_settings()));
        self
    }

    /// As the child of another supervisor: sets when it is started again. The default is permanent.
    pub fn restart(mut self, restart: Restart) -> Self {
        self.settings.restart(restart);
        self
    }

    /// As the child of another supervisor: sets how it is stopped. The default is no time limit, because its children have
    /// limits of their own.
    pub fn shutdown(mut self, shutdown: Shutdown) -> Self {
        self.settings.shutdown(shutdown);
        self
    }

    /// As the child of another supervisor: makes it significant, so that its end may end the other.
    pub fn significant(mut self) -> Self {
        self.settings.significant();
        self
    }

    /// As the child of another supervisor: sets the delay before a restart.
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.settings.backoff(backoff);
        self
    }

    /// As a root: when it gives up, only it ends, and the system continues. By default the system stops, with that as the
    /// cause.
    pub fn isolated(mut self) -> Self {
        self.settings.isolated = true;
        self
    }

    /// Checks the spec with all below it. A loop, because it may be nested deeper than the stack.
    pub(super) fn into_spec(self, registry: &S::Registry) -> Result<SupervisorSpec, SpecError> {
        let mut path = vec![OpenSpec::new(self)];
        loop {
            let deepest = path.last_mut().expect("the root is closed last");
            match deepest.rest.next() {
                Some(SpecChild::Actor(bind)) => deepest.children.push(bind(registry)),
                Some(SpecChild::Dynamic(settings)) => {
                    deepest.children.push(settings.into_child_spec(Vec::new())?);
                }
                Some(SpecChild::Supervisor(below)) => path.push(OpenSpec::new(below)),
                None => {
                    let closed = path.pop().expect("it was there a moment ago");
                    let Some(above) = path.last_mut() else {
                        return closed.settings.into_spec(closed.children);
                    };
                    above.children.push(closed.settings.into_child_spec(closed.children)?);
                }
            }
        }
    }
}

/// A supervisor whose children are not all checked.
struct OpenSpec<S: System> {
    settings: SupervisorSettings,
    rest: vec::IntoIter<SpecChild<S>>,
    children: Vec<ChildSpec>,
}

impl<S: System> OpenSpec<S> {
    fn new(mut spec: Supervisor<S>) -> Self {
        let rest = mem::take(&mut spec.children).into_iter();
        OpenSpec { settings: spec.settings.clone(), rest, children: Vec::new() }
    }
}

/// Drops the supervisors below one after the other.
impl<S: System> Drop for Supervisor<S> {
    fn drop(&mut self) {
        let mut rest = mem::take(&mut self.children);
        while let Some(child) = rest.pop() {
            if let SpecChild::Supervisor(mut below) = child {
                rest.append(&mut below.children);
            }
        }
    }
}

impl<S: System> fmt::Debug for Supervisor<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Supervisor({}, {} children)", self.settings.name, self.children.len())
    }
}

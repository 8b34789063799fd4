//! `Child`: the spec of a child, its factory, restart type, shutdown, backoff and mailbox.

use crate::{
    actor::{Actor, BlockingPool, OnRestart, Placement, StartWaiter},
    backoff::Backoff,
    mailbox::MailboxPolicy,
    supervision::{Restart, Shutdown, Siblings},
    sync::{Arc, Weak},
};
use std::{fmt, time::Duration};

/// The return type of a factory: an actor, or an `Option` of one. `None` means that the child is not wanted now.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an actor",
    label = "this factory has to make an actor, or an `Option` of one",
    note = "annotate its impl block with `#[actor]`"
)]
pub trait Makes: Sized {
    /// The actor that is made.
    type Actor: Actor;
    #[doc(hidden)]
    fn made(self) -> Option<Self::Actor>;
}

#[diagnostic::do_not_recommend]
impl<A: Actor> Makes for A {
    type Actor = A;

    fn made(self) -> Option<A> {
        Some(self)
    }
}

#[diagnostic::do_not_recommend]
impl<A: Actor> Makes for Option<A> {
    type Actor = A;

    fn made(self) -> Option<A> {
        self
    }
}

/// Makes the state of each incarnation of a child. `None`: the child is not wanted now.
pub(super) type ChildFactory<A> = Box<dyn FnMut(&Siblings) -> Option<A> + Send>;

/// The spec of a child: how it is made and how it is supervised. The default restart type is permanent.
///
/// ```
/// use airssys_rt::{backoff::Backoff, prelude::*};
/// use std::time::Duration;
/// # #[message] pub struct Check;
/// # #[derive(Default)] pub struct Stock;
/// # #[actor] impl Stock { #[handler] fn check(&mut self, _: Check) {} }
/// # pub struct Orders { stock: ActorRef<Stock> }
/// # #[actor] impl Orders { #[handler] fn check(&mut self, _: Check) {} }
/// let backoff = Backoff::exponential(Duration::from_millis(100), Duration::from_secs(10))?;
/// let stock = Child::new("stock", |_| Stock::default()).backoff(backoff);
/// let orders = Child::new("orders", |shop| Orders { stock: shop.actor("stock") }).transient();
/// # let _ = (stock, orders);
/// # Ok::<(), airssys_rt::backoff::BackoffError>(())
/// ```
#[must_use = "a child spec does nothing until a supervisor has it"]
// No bound on `A`: only `Makes` requires an actor.
pub struct Child<A> {
    pub(super) factory: ChildFactory<A>,
    pub(super) settings: ChildSettings,
}

/// The settings of a child, of any type.
#[derive(Debug, Clone)]
pub(super) struct ChildSettings {
    pub(super) id: Arc<str>,
    /// Whether the supervisor gives the child a number as its id.
    pub(super) numbered: bool,
    pub(super) restart: Restart,
    /// `None`: the default of the system, or for a supervisor no limit.
    pub(super) shutdown: Option<Shutdown>,
    pub(super) significant: bool,
    pub(super) backoff: Option<Backoff>,
    pub(super) name: Option<Arc<str>>,
    pub(super) mailbox: Option<MailboxPolicy>,
    pub(super) on_restart: OnRestart,
    pub(super) start_timeout: Option<Duration>,
    pub(super) place: Placement,
    /// Whether the child was added at run time. A restart of its supervisor does not start it again.
    pub(super) added_later: bool,
    /// The actor that waits for the start of the child.
    pub(super) awaited: Option<Weak<StartWaiter>>,
}

impl ChildSettings {
    pub(super) fn new(id: Arc<str>) -> Self {
        ChildSettings {
            id,
            numbered: false,
            restart: Restart::Permanent,
            shutdown: None,
            significant: false,
            backoff: None,
            name: None,
            mailbox: None,
            on_restart: OnRestart::Keep,
            start_timeout: None,
            place: Placement::Runtime,
            added_later: false,
            awaited: None,
        }
    }
}

impl<A> Child<A> {
    /// Creates the spec of a child with the id `id`. The factory makes the state of each incarnation; its argument has the
    /// addresses of the children that were started before.
    pub fn new<M: Makes<Actor = A>>(
        id: impl Into<Arc<str>>,
        mut factory: impl FnMut(&Siblings) -> M + Send + 'static,
    ) -> Self {
        let factory = Box::new(move |siblings: &Siblings| factory(siblings).made());
        Child { factory, settings: ChildSettings::new(id.into()) }
    }

    /// Creates the spec of a child whose id is a number that its supervisor chooses.
    pub(crate) fn numbered<M: Makes<Actor = A>>(mut factory: impl FnMut() -> M + Send + 'static) -> Self {
        Child::new("#", move |_| factory()).with(|settings| settings.numbered = true)
    }

    /// Makes the child transient: it is started again if it failed, panicked or was killed.
    pub fn transient(self) -> Self {
        self.restart(Restart::Transient)
    }

    /// Makes the child temporary: it is never started again, and its spec is removed when it ends.
    pub fn temporary(self) -> Self {
        self.restart(Restart::Temporary)
    }

    /// Sets when the child is started again.
    pub fn restart(self, restart: Restart) -> Self {
        self.with(|settings| settings.restart = restart)
    }

    /// Sets how the child is stopped. The default is the system's `stop_timeout`.
    pub fn shutdown(self, shutdown: Shutdown) -> Self {
        self.with(|settings| settings.shutdown = Some(shutdown))
    }

    /// Makes the child significant: its end may end its supervisor, see [`AutoShutdown`](super::AutoShutdown). A permanent
    /// child cannot be significant, because it is always started again.
    pub fn significant(self) -> Self {
        self.with(|settings| settings.significant = true)
    }

    /// Sets the delay before a restart; the default is none. Messages are queued meanwhile.
    pub fn backoff(self, backoff: Backoff) -> Self {
        self.with(|settings| settings.backoff = Some(backoff))
    }

    /// Sets the name under which the child can be looked up in the system.
    pub fn named(self, name: impl Into<Arc<str>>) -> Self {
        self.with(|settings| settings.name = Some(name.into()))
    }

    /// Sets its mailbox policy. The default is that of its type or of the system.
    pub fn mailbox(self, mailbox: MailboxPolicy) -> Self {
        self.with(|settings| settings.mailbox = Some(mailbox))
    }

    /// Sets what happens to its queued messages at a restart.
    pub fn on_restart(self, on_restart: OnRestart) -> Self {
        self.with(|settings| settings.on_restart = on_restart)
    }

    /// Sets the time limit of its `pre_start`. The default is the system's `spawn_timeout`.
    pub fn start_timeout(self, limit: Duration) -> Self {
        self.with(|settings| settings.start_timeout = Some(limit))
    }

    /// Runs the child on a thread of its own, which it keeps over restarts. It may block or compute there: see
    /// [`Spawn::on_thread`](crate::actor::Spawn::on_thread). All its hooks run there, including `pre_start`.
    pub fn on_thread(self) -> Self {
        self.with(|settings| settings.place = Placement::Thread)
    }

    /// Runs the child on the threads of `pool`, also over restarts. All its hooks run there, including `pre_start`.
    pub fn on(self, pool: &BlockingPool) -> Self {
        self.with(|settings| settings.place = Placement::Pool(pool.clone()))
    }

    fn with(mut self, change: impl FnOnce(&mut ChildSettings)) -> Self {
        change(&mut self.settings);
        self
    }
}

impl<A: Actor> fmt::Debug for Child<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Child({} {})", A::NAME, self.settings.id)
    }
}

use crate::{
    actor::{Actor, BlockingPool, OnRestart, Placement},
    backoff::Backoff,
    mailbox::Policy,
    supervision::Siblings,
    sync::Arc,
};
use std::{fmt, time::Duration};

/// When a child that has ended is started again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Restart {
    /// Always, however it ended.
    #[default]
    Permanent,
    /// If it failed, panicked or was killed.
    Transient,
    /// Never. Its spec is gone with it.
    Temporary,
}

/// How a supervisor stops a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shutdown {
    /// It has so long to finish its message and its `post_stop`; then it is killed.
    Timeout(Duration),
    /// It has as long as it takes. The default of a supervisor: its children have limits of their own.
    Infinite,
    /// It is killed at once; `post_stop` still runs.
    Kill,
}

/// Who is restarted when one child has failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// Only that one.
    OneForOne,
    /// All: the others are stopped, the last one first; then all are started in order.
    OneForAll,
    /// That one, and those that were started after it.
    RestForOne,
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Strategy::OneForOne => "one for one",
            Strategy::OneForAll => "one for all",
            Strategy::RestForOne => "rest for one",
        })
    }
}

/// Whether a supervisor ends when children that matter have ended by themselves and are not started again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AutoShutdown {
    /// It goes on.
    #[default]
    Never,
    /// With the first child that is [`significant`](Child::significant).
    AnySignificant,
    /// With the last of them.
    AllSignificant,
}

/// What a factory may return: an actor, or an `Option` of one, of which `None` says that it is not wanted now.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an actor",
    label = "this factory has to make an actor, or an `Option` of one",
    note = "annotate its impl block with `#[actor]`"
)]
pub trait Makes: Sized {
    /// What is made.
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

pub(super) type Factory<A> = Box<dyn FnMut(&Siblings) -> Option<A> + Send>;

/// The spec of a child: how it is made, and what a supervisor does with it. Permanent unless it says otherwise.
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
#[must_use = "a spec does nothing until a supervisor has it"]
// No bound on `A`: `Makes` asks for an actor, once.
pub struct Child<A> {
    pub(super) factory: Factory<A>,
    pub(super) settings: ChildSettings,
}

/// What is known of a child apart from its factory.
#[derive(Debug, Clone)]
pub(super) struct ChildSettings {
    pub(super) id: Arc<str>,
    pub(super) restart: Restart,
    /// Without one, that of the system.
    pub(super) shutdown: Option<Shutdown>,
    pub(super) significant: bool,
    pub(super) backoff: Option<Backoff>,
    pub(super) name: Option<Arc<str>>,
    pub(super) mailbox: Option<Policy>,
    pub(super) on_restart: OnRestart,
    pub(super) start_timeout: Option<Duration>,
    pub(super) place: Placement,
    /// Not written in the spec of a supervisor, which would need it again when it is restarted.
    pub(super) by_hand: bool,
}

impl ChildSettings {
    pub(super) fn new(id: Arc<str>) -> Self {
        ChildSettings {
            id,
            restart: Restart::Permanent,
            shutdown: None,
            significant: false,
            backoff: None,
            name: None,
            mailbox: None,
            on_restart: OnRestart::Keep,
            start_timeout: None,
            place: Placement::Runtime,
            by_hand: false,
        }
    }
}

impl<A> Child<A> {
    /// A child that is known to its supervisor as `id`. The factory makes the state of each incarnation; it is given the
    /// children that were started before, of which it can take addresses.
    pub fn new<M: Makes<Actor = A>>(
        id: impl Into<Arc<str>>,
        mut factory: impl FnMut(&Siblings) -> M + Send + 'static,
    ) -> Self {
        let factory = Box::new(move |siblings: &Siblings| factory(siblings).made());
        Child { factory, settings: ChildSettings::new(id.into()) }
    }

    /// It is started again if it failed, panicked or was killed.
    pub fn transient(self) -> Self {
        self.restart(Restart::Transient)
    }

    /// It is never started again, and its spec is gone with it.
    pub fn temporary(self) -> Self {
        self.restart(Restart::Temporary)
    }

    /// When it is started again.
    pub fn restart(self, restart: Restart) -> Self {
        self.with(|settings| settings.restart = restart)
    }

    /// How it is stopped; without this, within the system's `stop_timeout`.
    pub fn shutdown(self, shutdown: Shutdown) -> Self {
        self.with(|settings| settings.shutdown = Some(shutdown))
    }

    /// Its end may be that of its supervisor: see [`AutoShutdown`]. Not for a permanent child, which has no end.
    pub fn significant(self) -> Self {
        self.with(|settings| settings.significant = true)
    }

    /// How long to wait before it is started again; without this, not at all. Its messages wait in its mailbox.
    pub fn backoff(self, backoff: Backoff) -> Self {
        self.with(|settings| settings.backoff = Some(backoff))
    }

    /// Its name in the system, under which it can be looked up.
    pub fn named(self, name: impl Into<Arc<str>>) -> Self {
        self.with(|settings| settings.name = Some(name.into()))
    }

    /// Its mailbox; without this, that of its type or of the system.
    pub fn mailbox(self, mailbox: Policy) -> Self {
        self.with(|settings| settings.mailbox = Some(mailbox))
    }

    /// What becomes of its mailbox when it is restarted.
    pub fn on_restart(self, on_restart: OnRestart) -> Self {
        self.with(|settings| settings.on_restart = on_restart)
    }

    /// How long its `pre_start` may take; without this, the system's `spawn_timeout`.
    pub fn start_timeout(self, limit: Duration) -> Self {
        self.with(|settings| settings.start_timeout = Some(limit))
    }

    /// It has a thread of its own, over all its restarts, on which it may block or compute: see
    /// [`Spawn::on_thread`](crate::actor::Spawn::on_thread). All its hooks run there, `pre_start` as well.
    pub fn on_thread(self) -> Self {
        self.with(|settings| settings.place = Placement::Thread)
    }

    /// It has its turns on the threads of `pool`, over all its restarts. All its hooks run there, `pre_start` as well.
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

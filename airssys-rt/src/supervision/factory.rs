use crate::{
    actor::{Actor, ActorRef, AnyCell, AnySystem, CellConfig, Host, Renewal, SpawnError, keep, spawner},
    supervision::{
        Child, Restart, Siblings,
        cell::{Blueprint, Input, SupervisorCell},
        link::Link,
        run,
        spec::{ChildSettings, Factory},
    },
    sync::{Arc, Mutex, Weak},
};

/// A child of any type, for a supervisor that may start it more than once.
pub(crate) struct Spec {
    pub(super) settings: ChildSettings,
    /// The name of the actor's type, or `supervisor`.
    pub(super) actor: &'static str,
    pub(super) factory: Box<dyn AnyFactory>,
}

impl Spec {
    pub(crate) fn id(&self) -> Arc<str> {
        self.settings.id.clone()
    }
}

/// What a child grows from.
pub(super) trait AnyFactory: Send + Sync {
    /// Makes its task, which waits for its first order.
    fn make(
        &self,
        settings: &ChildSettings,
        system: &Arc<dyn AnySystem>,
        siblings: &Arc<Siblings>,
        link: Link<Input>,
    ) -> Result<Body, SpawnError>;
}

/// What there is of a child.
#[derive(Clone)]
pub(super) enum Body {
    Actor(Arc<dyn AnyCell>),
    Supervisor(SupervisorCell),
}

impl Body {
    /// Told to stop when it has finished what it does. `start`: its last, for what may hear of it late.
    pub(super) fn stop(&self, start: u32) {
        match self {
            Body::Actor(cell) => cell.shut_down(),
            Body::Supervisor(supervisor) => supervisor.close_life(start),
        }
    }

    pub(super) fn kill(&self, start: u32) {
        match self {
            Body::Actor(cell) => cell.kill(),
            Body::Supervisor(supervisor) => supervisor.abort_life(start),
        }
    }
}

struct ActorFactory<A: Actor> {
    host: Weak<dyn Host<A>>,
    /// Gone once a temporary child has been started by hand.
    factory: Arc<Mutex<Option<Factory<A>>>>,
}

impl<A: Actor + Send> Child<A> {
    /// With the host of its kind, it can be started.
    pub(crate) fn bind(self, host: Weak<dyn Host<A>>) -> Spec {
        let factory = ActorFactory { host, factory: Arc::new(Mutex::new(Some(self.factory))) };
        Spec { settings: self.settings, actor: A::NAME, factory: Box::new(factory) }
    }
}

impl<A: Actor + Send> AnyFactory for ActorFactory<A> {
    fn make(
        &self,
        settings: &ChildSettings,
        system: &Arc<dyn AnySystem>,
        siblings: &Arc<Siblings>,
        link: Link<Input>,
    ) -> Result<Body, SpawnError> {
        let host = self.host.upgrade().and_then(spawner).ok_or(SpawnError::ShuttingDown)?;
        if self.factory.lock().is_none() {
            return Err(SpawnError::FactoryBusy { actor: A::NAME });
        }
        let policy = settings.mailbox.or(A::MAILBOX).unwrap_or(host.kind().settings.mailbox);
        let birth = CellConfig {
            start_number: system.next_start_number(),
            name: settings.name.clone(),
            policy,
            parent: None,
            supervised: true,
        };
        let life = host.enter(birth)?;
        let threads = settings.place.clone().threads(A::NAME, settings.name.as_ref())?;
        let cell = life.cell();
        siblings.enter(settings.id.clone(), ActorRef(cell.clone()));
        let any: Arc<dyn AnyCell> = cell;
        let once = settings.by_hand && settings.restart == Restart::Temporary;
        let (factory, siblings) = (self.factory.clone(), siblings.clone());
        let make = move || {
            // Taken out while it runs: it is the user's code, and nothing may be locked then.
            let mut make = factory.lock().take()?;
            let mut made = None;
            let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| made = make(&siblings)));
            if !once {
                *factory.lock() = Some(make);
            }
            if let Err(panic) = panicked {
                std::panic::resume_unwind(panic);
            }
            made
        };
        let timeout = settings.start_timeout.unwrap_or(system.spawn_timeout());
        let renewal = Renewal { factory: Box::new(make), on_restart: settings.on_restart, timeout };
        let (notice, keeper) = (link.notice(), Box::new(link.of(Arc::downgrade(&any))));
        keep(life, Box::new(renewal), keeper, notice, system.runtime(), threads);
        Ok(Body::Actor(any))
    }
}

struct SupervisorFactory(Arc<Blueprint>);

impl Spec {
    /// A supervisor that is the child of another one.
    pub(super) fn nested(settings: ChildSettings, blueprint: Blueprint) -> Self {
        Spec { settings, actor: "supervisor", factory: Box::new(SupervisorFactory(Arc::new(blueprint))) }
    }
}

impl AnyFactory for SupervisorFactory {
    fn make(
        &self,
        _: &ChildSettings,
        system: &Arc<dyn AnySystem>,
        _: &Arc<Siblings>,
        link: Link<Input>,
    ) -> Result<Body, SpawnError> {
        Ok(Body::Supervisor(run::nested(self.0.clone(), system.clone(), link)))
    }
}

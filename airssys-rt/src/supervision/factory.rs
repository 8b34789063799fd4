//! The factories of children: start the task of an actor, or of a supervisor below another one.

use crate::{
    actor::{
        Actor, ActorRef, AnyCell, AnySystem, CellConfig, Host, IncarnationFactory, SpawnError,
        spawn_supervised, task_host,
    },
    supervision::{
        Child, Restart, Siblings,
        cell::ChildHandle,
        child::{ChildFactory, ChildSettings},
        input::Input,
        link::SupervisorLink,
        run,
        spec::{AnyFactory, ChildSpec, SupervisorSpec},
    },
    sync::{Arc, Mutex, Weak},
};
use std::mem;

struct ActorFactory<A: Actor> {
    host: Weak<dyn Host<A>>,
    factory: Arc<Mutex<FactorySlot<A>>>,
}

enum FactorySlot<A> {
    Ready(ChildFactory<A>),
    /// Taken out while it runs: it is user code, and no lock may be held meanwhile.
    Running,
    /// After the only start of a temporary child that was added at run time.
    Used,
}

impl<A> FactorySlot<A> {
    fn take(&mut self) -> Option<ChildFactory<A>> {
        match mem::replace(self, FactorySlot::Running) {
            FactorySlot::Ready(factory) => Some(factory),
            other => {
                *self = other;
                None
            }
        }
    }
}

impl<A: Actor + Send> Child<A> {
    /// Binds the child to the host of its type, which can start it.
    pub(crate) fn bind(self, host: Weak<dyn Host<A>>) -> ChildSpec {
        let factory = ActorFactory { host, factory: Arc::new(Mutex::new(FactorySlot::Ready(self.factory))) };
        ChildSpec { settings: self.settings, actor: A::NAME, factory: Box::new(factory) }
    }
}

impl<A: Actor + Send> AnyFactory for ActorFactory<A> {
    fn make(
        &self,
        settings: &ChildSettings,
        system: &Arc<dyn AnySystem>,
        siblings: &Arc<Siblings>,
        link: SupervisorLink<Input>,
    ) -> Result<ChildHandle, SpawnError> {
        let host = self.host.upgrade().and_then(task_host).ok_or(SpawnError::ShuttingDown)?;
        if !matches!(*self.factory.lock(), FactorySlot::Ready(_)) {
            return Err(SpawnError::FactoryBusy { actor: A::NAME });
        }
        let policy = settings.mailbox.or(A::MAILBOX).unwrap_or(host.kind().settings.mailbox);
        let config = CellConfig {
            start_number: system.next_start_number(),
            name: settings.name.clone(),
            policy,
            parent: None,
            supervised: true,
        };
        let state = host.enter(config)?;
        let threads = settings.place.clone().threads(A::NAME, settings.name.as_ref())?;
        let cell = state.cell();
        siblings.insert(settings.id.clone(), ActorRef::new(cell.clone()));
        let any: Arc<dyn AnyCell> = cell;
        let once = settings.added_later && settings.restart == Restart::Temporary;
        let (factory, siblings) = (self.factory.clone(), siblings.clone());
        let make = move || {
            let mut make = factory.lock().take()?;
            let mut made = None;
            let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| made = make(&siblings)));
            if once {
                *factory.lock() = FactorySlot::Used;
            } else {
                *factory.lock() = FactorySlot::Ready(make);
            }
            if let Err(panic) = panicked {
                std::panic::resume_unwind(panic);
            }
            made
        };
        let timeout = settings.start_timeout.unwrap_or(system.spawn_timeout());
        let factory = IncarnationFactory {
            factory: Box::new(make),
            on_restart: settings.on_restart,
            timeout,
            awaited: settings.awaited.clone(),
        };
        let (directive, controller) = (link.pending_directive(), Box::new(link));
        spawn_supervised(state, Box::new(factory), controller, directive, system.runtime(), threads);
        Ok(ChildHandle::Actor(any))
    }

    fn is_running(&self) -> bool {
        matches!(*self.factory.lock(), FactorySlot::Running)
    }
}

struct SupervisorFactory(Arc<SupervisorSpec>);

impl ChildSpec {
    /// A supervisor that is the child of another one.
    pub(super) fn supervisor(settings: ChildSettings, spec: SupervisorSpec) -> Self {
        let factory = Box::new(SupervisorFactory(Arc::new(spec)));
        ChildSpec { settings, actor: "supervisor", factory }
    }
}

impl AnyFactory for SupervisorFactory {
    fn make(
        &self,
        _: &ChildSettings,
        system: &Arc<dyn AnySystem>,
        _: &Arc<Siblings>,
        link: SupervisorLink<Input>,
    ) -> Result<ChildHandle, SpawnError> {
        Ok(ChildHandle::Supervisor(run::spawn_nested(self.0.clone(), system.clone(), link)))
    }

    fn below(&mut self) -> Option<&mut Vec<Arc<ChildSpec>>> {
        Some(&mut Arc::get_mut(&mut self.0)?.children)
    }
}

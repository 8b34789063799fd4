//! The checked specs of a child of any type and of a supervisor, from which they are started and restarted.

use crate::{
    actor::{AnySystem, SpawnError, StartWaiter},
    supervision::{
        AutoShutdown, Intensity, Restart, Siblings, SpecError, Strategy, cell::ChildHandle,
        child::ChildSettings, input::Input, link::SupervisorLink,
    },
    sync::{Arc, Weak},
};
use std::{any::TypeId, mem};

/// A child of any type, which its supervisor may start more than once.
pub(crate) struct ChildSpec {
    pub(super) settings: ChildSettings,
    /// The name of the actor's type, or `supervisor`.
    pub(super) actor: &'static str,
    pub(super) factory: Box<dyn AnyFactory>,
}

/// Makes the task of a child.
pub(super) trait AnyFactory: Send + Sync {
    /// Spawns the task, which waits for its first directive.
    fn make(
        &self,
        settings: &ChildSettings,
        system: &Arc<dyn AnySystem>,
        siblings: &Arc<Siblings>,
        link: SupervisorLink<Input>,
    ) -> Result<ChildHandle, SpawnError>;

    /// The specs of the children below, if this makes a supervisor, and has its spec alone.
    fn below(&mut self) -> Option<&mut Vec<Arc<ChildSpec>>> {
        None
    }

    /// Whether the user's factory runs. Meanwhile no other task of the child can be made.
    fn is_running(&self) -> bool {
        false
    }
}

/// A supervisor with its initial children, which may be started more than once.
pub(crate) struct SupervisorSpec {
    pub(super) name: Arc<str>,
    pub(super) strategy: Strategy,
    pub(super) intensity: Intensity,
    pub(super) auto: AutoShutdown,
    /// The type of the children of a dynamic supervisor, which are stopped all at once.
    pub(super) dynamic: Option<TypeId>,
    /// Whether the system continues when this root gives up.
    pub(super) isolated: bool,
    pub(super) children: Vec<Arc<ChildSpec>>,
}

impl ChildSpec {
    /// Sets the actor that waits for the first start of the child, and of each child below.
    pub(crate) fn set_waiter(&mut self, waiter: &Weak<StartWaiter>) {
        // A loop, because supervisors may be nested deeper than the stack.
        let mut rest = vec![self];
        while let Some(child) = rest.pop() {
            child.settings.awaited = Some(waiter.clone());
            // Before the start nothing else has the specs.
            rest.extend(child.factory.below().into_iter().flatten().filter_map(Arc::get_mut));
        }
    }

    pub(crate) fn id(&self) -> Arc<str> {
        self.settings.id.clone()
    }

    /// Checks that the spec is valid for a child of `supervisor`.
    pub(super) fn check(&self, supervisor: &Arc<str>) -> Result<(), SpecError> {
        let (supervisor, settings) = (supervisor.clone(), &self.settings);
        let id = settings.id.clone();
        if id.is_empty() {
            return Err(SpecError::EmptyId { supervisor });
        }
        if settings.significant && settings.restart == Restart::Permanent {
            return Err(SpecError::PermanentSignificant { supervisor, id });
        }
        if settings.start_timeout.is_some_and(|limit| limit.is_zero()) {
            return Err(SpecError::ZeroStartTimeout { supervisor, id });
        }
        Ok(())
    }
}

impl SupervisorSpec {
    /// Sets the actor that waits for the first start of each child.
    pub(crate) fn set_waiter(&mut self, waiter: &Weak<StartWaiter>) {
        self.children.iter_mut().filter_map(Arc::get_mut).for_each(|child| child.set_waiter(waiter));
    }
}

/// Drops the supervisors below one after the other: they may be nested deeper than the stack.
impl Drop for SupervisorSpec {
    fn drop(&mut self) {
        let mut rest = mem::take(&mut self.children);
        while let Some(child) = rest.pop() {
            if let Some(below) = Arc::into_inner(child).as_mut().and_then(|child| child.factory.below()) {
                rest.append(below);
            }
        }
    }
}

//! The settings of a supervisor (strategy, restart limit, shutdown), and the check that makes a spec of them.

use crate::{
    backoff::Backoff,
    supervision::{
        AutoShutdown, Intensity, Restart, Shutdown, SpecError, Strategy,
        child::ChildSettings,
        spec::{ChildSpec, SupervisorSpec},
    },
    sync::Arc,
};
use std::{any::TypeId, collections::HashSet, time::Duration};

/// The settings of a supervisor, without its children.
#[derive(Debug, Clone)]
pub(crate) struct SupervisorSettings {
    pub(crate) name: Arc<str>,
    pub(crate) strategy: Strategy,
    /// The restart limit: number of restarts and period.
    pub(crate) restarts: (u32, Duration),
    pub(crate) auto: AutoShutdown,
    /// The type of the children of a dynamic supervisor.
    pub(crate) dynamic: Option<TypeId>,
    pub(crate) isolated: bool,
    /// Its settings as the child of another supervisor.
    as_child: ChildSettings,
}

impl SupervisorSettings {
    pub(crate) fn new(name: Arc<str>, strategy: Strategy, dynamic: Option<TypeId>) -> Self {
        let default = Intensity::default();
        SupervisorSettings {
            as_child: ChildSettings::new(name.clone()),
            name,
            strategy,
            restarts: (default.max(), default.period()),
            auto: AutoShutdown::Never,
            dynamic,
            isolated: false,
        }
    }

    pub(crate) fn restart(&mut self, restart: Restart) {
        self.as_child.restart = restart;
    }

    pub(crate) fn shutdown(&mut self, shutdown: Shutdown) {
        self.as_child.shutdown = Some(shutdown);
    }

    pub(crate) fn significant(&mut self) {
        self.as_child.significant = true;
    }

    pub(crate) fn backoff(&mut self, backoff: Backoff) {
        self.as_child.backoff = Some(backoff);
    }

    /// Checks the settings and the specs of the children.
    pub(crate) fn into_spec(self, children: Vec<ChildSpec>) -> Result<SupervisorSpec, SpecError> {
        if self.name.is_empty() {
            return Err(SpecError::EmptyId { supervisor: self.name });
        }
        let intensity = Intensity::new(self.restarts.0, self.restarts.1)
            .map_err(|source| SpecError::Intensity { supervisor: self.name.clone(), source })?;
        let mut ids = HashSet::new();
        for child in &children {
            child.check(&self.name)?;
            if !ids.insert(child.id()) {
                return Err(SpecError::DuplicateId { supervisor: self.name, id: child.id() });
            }
        }
        Ok(SupervisorSpec {
            name: self.name,
            strategy: self.strategy,
            intensity,
            auto: self.auto,
            dynamic: self.dynamic,
            isolated: self.isolated,
            children: children.into_iter().map(Arc::new).collect(),
        })
    }

    /// As [`into_spec`](Self::into_spec), as the child of another supervisor.
    pub(crate) fn into_child_spec(self, children: Vec<ChildSpec>) -> Result<ChildSpec, SpecError> {
        let settings = self.as_child.clone();
        Ok(ChildSpec::supervisor(settings, self.into_spec(children)?))
    }
}

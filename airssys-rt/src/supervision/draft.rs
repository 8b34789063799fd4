use crate::{
    backoff::Backoff,
    supervision::{
        AutoShutdown, Intensity, Restart, Shutdown, SpecError, Strategy, cell::Blueprint, factory::Spec,
        spec::ChildSettings,
    },
    sync::Arc,
};
use std::{any::TypeId, collections::HashSet, time::Duration};

/// A supervisor that is to be, without its children.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) name: Arc<str>,
    pub(crate) strategy: Strategy,
    /// So many restarts within so long.
    pub(crate) restarts: (u32, Duration),
    pub(crate) auto: AutoShutdown,
    pub(crate) dynamic: Option<TypeId>,
    pub(crate) isolated: bool,
    /// As a child of another one.
    settings: ChildSettings,
}

impl Draft {
    pub(crate) fn new(name: Arc<str>, strategy: Strategy, dynamic: Option<TypeId>) -> Self {
        let default = Intensity::default();
        Draft {
            settings: ChildSettings::new(name.clone()),
            name,
            strategy,
            restarts: (default.max(), default.period()),
            auto: AutoShutdown::Never,
            dynamic,
            isolated: false,
        }
    }

    pub(crate) fn as_child(&mut self, restart: Restart) {
        self.settings.restart = restart;
    }

    pub(crate) fn shutdown(&mut self, shutdown: Shutdown) {
        self.settings.shutdown = Some(shutdown);
    }

    pub(crate) fn significant(&mut self) {
        self.settings.significant = true;
    }

    pub(crate) fn backoff(&mut self, backoff: Backoff) {
        self.settings.backoff = Some(backoff);
    }

    /// As a root.
    pub(crate) fn root(self, specs: Vec<Spec>) -> Result<Blueprint, SpecError> {
        if self.name.is_empty() {
            return Err(SpecError::EmptyId { supervisor: self.name });
        }
        let intensity = Intensity::new(self.restarts.0, self.restarts.1)
            .map_err(|source| SpecError::Intensity { supervisor: self.name.clone(), source })?;
        let mut ids = HashSet::new();
        for spec in &specs {
            spec.check(&self.name)?;
            if !ids.insert(spec.settings.id.clone()) {
                return Err(SpecError::DuplicateId { supervisor: self.name, id: spec.settings.id.clone() });
            }
        }
        Ok(Blueprint {
            name: self.name,
            strategy: self.strategy,
            intensity,
            auto: self.auto,
            dynamic: self.dynamic,
            isolated: self.isolated,
            specs: specs.into_iter().map(Arc::new).collect(),
        })
    }

    /// As the child of another supervisor.
    pub(crate) fn nested(self, specs: Vec<Spec>) -> Result<Spec, SpecError> {
        let settings = self.settings.clone();
        Ok(Spec::nested(settings, self.root(specs)?))
    }
}

impl Spec {
    /// Whether it makes sense as a child of `supervisor`.
    pub(crate) fn check(&self, supervisor: &Arc<str>) -> Result<(), SpecError> {
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

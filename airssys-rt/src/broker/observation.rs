//! `Observation`: one step of one message, as a monitor receives it.

use crate::{broker::Outcome, envelope::Meta};

/// One step of one message, as a [monitor](crate::system::ActorSystem::monitor) receives it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Observation {
    /// The metadata of the message.
    pub meta: Meta,
    /// The outcome of the step.
    pub outcome: Outcome,
}

impl Observation {
    pub(crate) fn new(meta: &Meta, outcome: Outcome) -> Self {
        Observation { meta: meta.clone(), outcome }
    }
}

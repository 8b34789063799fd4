//! The configuration of an actor before it is spawned: its state or factory, and the options of the builder.

use crate::{
    actor::{
        declare::{Actor, OnRestart},
        shared::{ActorRef, AnyCell},
        spawn::{Placement, SpawnError, StartList},
    },
    mailbox::{MailboxPolicy, ZeroCapacity},
    rt::BoxFuture,
    sync::Arc,
};
use std::{fmt, time::Duration};

/// The configuration of an actor before it is spawned. Small: each spawn moves it.
pub(crate) struct SpawnPlan<A> {
    pub(crate) actor: ActorSource<A>,
    pub(crate) policy: Result<MailboxPolicy, ZeroCapacity>,
    /// `None` for a plain spawn.
    pub(crate) options: Option<Box<SpawnOptions>>,
}

/// The less common options of a spawn.
#[derive(Default)]
pub(crate) struct SpawnOptions {
    pub(crate) on_restart: OnRestart,
    pub(crate) name: Option<Arc<str>>,
    /// Time limit of `pre_start`. `None`: the system's `spawn_timeout`.
    pub(crate) timeout: Option<Duration>,
    pub(crate) parent: Option<Arc<dyn AnyCell>>,
    pub(crate) place: Placement,
}

/// Where the state of an actor comes from.
#[doc(hidden)]
pub enum ActorSource<A> {
    Value(A),
    /// A factory, which can make the state again.
    Factory(Box<dyn FnMut() -> Option<A> + Send>),
}

impl<A> fmt::Debug for ActorSource<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ActorSource::Value(_) => "Value",
            ActorSource::Factory(_) => "Factory",
        })
    }
}

pub(crate) type SpawnResult<A> = Result<ActorRef<A>, SpawnError>;

/// The begin of a spawn. Boxed only for an actor with a `pre_start`.
pub(crate) enum SpawnStart<A: Actor> {
    Ready(SpawnResult<A>),
    Pending(BoxFuture<'static, SpawnResult<A>>, Arc<StartList>),
}

//! Actors: what the macros implement for them, the typed address, the publisher inside, and the task.
//!
//! Nothing here names a system or a broker; what an actor needs of them stands behind its
//! kind, which all actors of one type share.

mod any_system;
mod ask;
mod cell;
#[doc(hidden)]
pub mod check;
mod context;
mod contract;
mod deliver;
mod error_action;
mod event;
mod evidence;
mod exit;
mod family;
mod fan_out;
mod guard;
mod handler;
mod host;
mod incarnations;
mod kind;
mod life;
mod lifecycle;
mod place;
mod publisher;
mod recipient;
mod reference;
mod run;
mod send_error;
mod spawn;
mod spawn_error;
mod tag;
mod tell;
mod totals;
mod watch;

pub use ask::Ask;
pub use context::ActorContext;
pub use contract::Actor;
pub use error_action::{ErrorAction, OnRestart};
pub use event::{LifeEvent, LifeStep};
pub use evidence::{
    AskedBy, Asks, HandledBy, Handles, Hears, PublishedBy, Publishes, SpawnedBy, Spawns, Tells, TellsAny,
    ToldBy, ToldToAnyBy,
};
pub(crate) use exit::PlainExit;
pub use exit::{Exit, ExitReason};
pub use family::ChildFailed;
pub use fan_out::FanOut;
pub use handler::{Handler, Subscriber};
pub use kind::{AnyKind, Kind};
pub use lifecycle::{ActorState, IllegalTransition, Lifecycle};
pub use place::{BlockingPool, BlockingPoolError};
pub use publisher::{Publisher, Publishing};
pub use recipient::{AskAny, Recipient, TellAny};
pub use reference::ActorRef;
pub use send_error::{SendError, Sent};
pub use spawn::Spawn;
pub use spawn_error::SpawnError;
pub use tell::{Tell, TellTimeout};
pub use watch::{Terminated, Watch};

pub(crate) use any_system::AnySystem;
pub(crate) use cell::{AnyCell, Birth, Cell, Queued};
pub(crate) use deliver::Origin;
pub(crate) use host::{Death, Host};
pub(crate) use incarnations::{Keeper, News, Notice, Order, Renewal, keep, launch};
pub(crate) use kind::{Settings, name_of, refusal};
pub(crate) use life::Life;
pub(crate) use place::Place;
pub(crate) use run::{Ended, StartFailure, Task, Wish};
pub(crate) use spawn::{Begun, Extra, Made, Plan, Spawned};
pub(crate) use tag::Tag;
pub(crate) use tell::try_tell;
pub(crate) use totals::Totals;

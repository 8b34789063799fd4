//! What an actor shares with its senders and the system: cell, reference, lifecycle, watches, state of its type.

mod about;
mod actor_key;
mod actor_ref;
mod any_cell;
mod any_system;
mod any_type_state;
mod cell;
mod child_failed;
mod children;
mod current_actor;
mod delivery;
mod endpoint;
mod exit;
mod fan_out;
mod hierarchy;
mod host;
mod impl_any_cell;
mod lifecycle;
mod lifecycle_event;
mod metadata_table;
#[cfg(all(test, any(airssys_loom, airssys_shuttle)))]
mod model;
mod send_error;
mod stop;
mod totals;
mod type_state;
mod watch;

pub use actor_ref::ActorRef;
pub use any_type_state::AnyTypeState;
pub use child_failed::ChildFailed;
pub use exit::{Exit, ExitReason};
pub use fan_out::FanOut;
pub use lifecycle::{ActorState, Lifecycle};
pub use lifecycle_event::{LifecycleEvent, LifecycleStep};
pub use send_error::{SendError, Sent};
pub use stop::Stop;
pub use type_state::TypeState;
pub use watch::{Terminated, Watch};

pub(crate) use about::{About, CellConfig};
pub(crate) use actor_key::ActorKey;
pub(crate) use any_cell::AnyCell;
pub(crate) use any_system::AnySystem;
pub(crate) use cell::{Cell, Queued};
pub(crate) use children::stop_children;
pub(crate) use current_actor::CurrentActor;
pub(crate) use delivery::{Abandoned, Delivery, Outgoing, SendOrigin, SendProgress, SendResult, SendStep};
pub(crate) use endpoint::Endpoint;
pub(crate) use exit::PlainExit;
pub(crate) use hierarchy::Hierarchy;
pub(crate) use host::{DeadLetterMeta, Host};
pub(crate) use metadata_table::{MetadataTable, Tag};
pub(crate) use totals::Totals;
pub(crate) use type_state::{Settings, name_of};
pub(crate) use watch::Watcher;

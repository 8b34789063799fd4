//! The actor system: hosts, spawns, stops and shuts down actors, and sends messages to them from outside.

mod addressed;
mod alias;
mod config;
mod core;
mod habits;
mod handle;
mod impl_any_system;
mod impl_host;
mod info;
mod interrupted_events;
#[cfg(feature = "testkit")]
mod leak_check;
mod lookup;
#[cfg(all(test, any(airssys_loom, airssys_shuttle)))]
mod model;
mod observe;
mod publish;
mod publish_event;
mod run_until;
mod running;
mod shutdown;
mod shutdown_state;
#[cfg(feature = "signals")]
mod signals;
mod spawn;
mod system;
mod tree;
mod tree_node;
mod via_broker;
mod waiting_sends;

pub use alias::Alias;
pub use config::{ConfigError, SystemConfig};
pub use core::{Core, kind};
pub use handle::{ActorSystem, StartError};
pub use info::ActorInfo;
#[cfg(feature = "testkit")]
pub(crate) use leak_check::Leftovers;
pub use publish::{Publish, PublishError};
pub use shutdown_state::{Aborted, ShutdownError, ShutdownReport, SystemEnd};
#[cfg(feature = "signals")]
pub use signals::listen_to_signals;
pub use system::{
    About, Duplicate, HostedBy, Hosts, Listed, MemberOf, RoutedBy, SpawnIn, System, member, node, offer,
};
pub use tree::Tree;
pub use tree_node::TreeNode;

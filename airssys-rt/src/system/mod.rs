//! The system: hosts actors, spawns and stops them, and is the way in from outside.

mod any_system;
mod config;
mod contract;
mod core;
mod handle;
mod host;
mod info;
#[cfg(feature = "testkit")]
mod leftovers;
mod look;
mod lookup;
#[cfg(all(test, any(airssys_loom, airssys_shuttle)))]
mod model;
mod passage;
mod publish;
mod run_until;
mod shutdown;
#[cfg(feature = "signals")]
mod signals;
mod spawn;
mod tree;

pub use config::{ConfigError, SystemConfig};
pub use contract::{HostedBy, Hosts, MemberOf, RoutedBy, System, node};
pub use core::{Core, kind};
pub use handle::{ActorSystem, StartError};
pub use info::ActorInfo;
#[cfg(feature = "testkit")]
pub(crate) use leftovers::Leftovers;
pub use publish::{Publish, PublishError};
pub use shutdown::{Aborted, ShutdownError, ShutdownReport};
pub use tree::{Tree, TreeNode};

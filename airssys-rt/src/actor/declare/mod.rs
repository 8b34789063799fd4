//! The traits that the attributes implement: `Actor`, handlers and permissions; and the assertions of generated code.

mod actor;
#[doc(hidden)]
pub mod assertions;
mod error_action;
mod handler;
mod into_reply;
mod permissions;

pub use actor::Actor;
pub use error_action::{ErrorAction, OnRestart};
pub use handler::{Handler, Subscriber};
pub(crate) use into_reply::IntoReply;
pub use permissions::{
    AskedBy, Asks, HandledBy, Handles, HandlesTerminated, PublishedBy, Publishes, SpawnedBy, Spawns, Tells,
    TellsAny, ToldBy, ToldToAnyBy,
};

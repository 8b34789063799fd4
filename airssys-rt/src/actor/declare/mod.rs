//! The traits that the attributes implement: `Actor`, handlers and permissions; and the assertions of generated code.

mod actor;
#[doc(hidden)]
pub mod assertions;
#[doc(hidden)]
pub mod attribute_imports;
mod enum_sizes;
mod error_action;
mod handler;
mod into_reply;
mod letter_content;
#[doc(hidden)]
pub mod one_of;
#[cfg(feature = "wire")]
mod one_of_wire;
mod permissions;
mod variants;

pub use actor::Actor;
pub use error_action::{ErrorAction, OnRestart};
pub use handler::{Handler, Subscriber};
pub(crate) use into_reply::IntoReply;
#[doc(hidden)]
pub use into_reply::finished;
pub use permissions::{
    AskedBy, Asks, HandledBy, Handles, HandlesTerminated, PermitsTell, PublishedBy, Publishes, SpawnedBy,
    Spawns, Tells, TellsAny, ToItself, ToldBy, ToldToAnyBy, TriedBy, Tries, Waits,
};
pub use variants::{EventVariant, MessageVariant, Variants};

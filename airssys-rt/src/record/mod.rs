//! Records that a program stores and reads back, feature `wire`: owned copies of metadata, dead letters and lifecycle events.
//!
//! The types that the framework hands out name actors and messages by `&'static str`, so serde could write and not read them. A record
//! owns its texts. It is made with `From`, and serde reads and writes it; ids are numbers, times are RFC 3339 in a text format.
//!
//! ```
//! use airssys_rt::{broker::Received, prelude::*, record::LifecycleRecord};
//! # #[message]
//! # struct Ping;
//! # struct Idle;
//! # #[actor]
//! # impl Idle {
//! #     #[handler]
//! #     fn ping(&self, _: Ping) {}
//! # }
//! # #[actor_system(actors(Idle))]
//! # struct App;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let app = ActorSystem::<App>::start(SystemConfig::default()).await?;
//! let mut events = app.lifecycle_events(8);
//! app.spawn(Idle).named("first").await?;
//!
//! let Some(Received::Item(event)) = events.recv().await else { return Err("the system has ended".into()) };
//! let line = serde_json::to_string(&LifecycleRecord::from(&event))?;
//! let read: LifecycleRecord = serde_json::from_str(&line)?;
//! assert_eq!((read.actor.as_str(), read.name.as_deref(), read.time), ("Idle", Some("first"), event.time));
//! # app.shutdown().await?;
//! # Ok(())
//! # }
//! ```

mod dead_letter;
mod fault;
mod lifecycle;
mod meta;

pub use dead_letter::DeadLetterRecord;
pub use fault::FaultRecord;
pub use lifecycle::{ExitRecord, LifecycleRecord, StepRecord};
pub use meta::MetaRecord;

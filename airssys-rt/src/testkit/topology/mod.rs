//! Tests of the message graph: a check that fails when the graph changes, and the coverage of its links by a test.
//!
//! ```
//! use airssys_rt::{prelude::*, testkit};
//! # #[message] pub struct Note;
//! # pub struct Scribe;
//! # #[actor] impl Scribe { #[handler] fn note(&mut self, _: Note) {} }
//! # pub struct Relay { to: ActorRef<Scribe> }
//! # #[actor(tells(Scribe))] impl Relay {
//! #     #[handler] async fn note(&mut self, note: Note, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
//! #         ctx.tell(&self.to, note).await?; Ok(()) } }
//! # #[actor_system(actors(Scribe, Relay))] pub struct Lab;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let lab = ActorSystem::<Lab>::start(SystemConfig::default()).await?;
//! let mut coverage = testkit::topology::Coverage::of(&lab);
//! let scribe = lab.spawn(Scribe).await?;
//! let relay = lab.spawn(Relay { to: scribe }).await?;
//! assert_eq!(coverage.report().never.len(), 1);
//!
//! lab.tell(&relay, Note).await?;
//! lab.idle().await;
//! let report = coverage.report();
//! assert!(report.never.is_empty(), "{report}");
//! # Ok(()) }
//! ```

mod check;
mod coverage;
mod diff;

pub use check::check;
pub use coverage::{Coverage, Report};

//! The message graph of a system, as the macros declare it, and its text formats.
//!
//! ```
//! use airssys_rt::{prelude::*, topology::LinkKind};
//!
//! #[message(reply = u64)] pub struct Record { pub cents: u64 }
//! #[message(reply = Result<u64, String>)] pub struct Deposit { pub cents: u64 }
//!
//! pub struct Ledger;
//! #[actor(mailbox(capacity = 64))]
//! impl Ledger { #[handler] fn record(&mut self, Record { cents }: Record) -> u64 { cents } }
//!
//! pub struct Account { ledger: ActorRef<Ledger> }
//! #[actor(asks(Ledger))]
//! impl Account {
//!     #[handler]
//!     async fn deposit(&mut self, Deposit { cents }: Deposit, ctx: &mut ActorContext<Self>) -> Result<u64, String> {
//!         ctx.ask(&self.ledger, Record { cents }).await.map_err(|error| error.to_string())
//!     }
//! }
//!
//! #[actor_system(actors(Account, Ledger))]
//! pub struct Bank;
//!
//! let graph = Bank::topology();
//! let asks = graph.links().into_iter().find(|link| link.kind == LinkKind::Asks).expect("there is one");
//! assert_eq!((asks.from, asks.to), ("Account", "Ledger"));
//! let ledger = graph.nodes().find(|node| node.name == "Ledger").expect("it is hosted");
//! assert_eq!(ledger.messages[0].reply, Some("u64"));
//! assert_eq!(ledger.most_bytes(Default::default()), Some(64 * ledger.slot as u64));
//! assert!(graph.to_mermaid().contains("a0 -- asks --> a1"));
//! ```
//!
//! | format | for |
//! |---|---|
//! | [`to_mermaid`](Topology::to_mermaid) | a README, a pull request |
//! | [`to_dot`](Topology::to_dot) | Graphviz |
//! | [`to_markdown`](Topology::to_markdown) | a separate page, with tables |
//! | [`to_json`](Topology::to_json) | programs |
//! | [`to_asyncapi`](Topology::to_asyncapi) | programs that exchange messages with this one: AsyncAPI 3.0, with a schema of each message |
//!
//! `testkit::topology::check` keeps one of them in a file, and a test fails when the graph changes.

mod asyncapi;
mod dot;
mod json;
mod json_schema;
mod json_type;
mod json_value;
mod link;
mod markdown;
mod mermaid;
mod topology;

#[doc(inline)]
pub use crate::graph::Warning;
pub use link::{Link, LinkKind};
pub use topology::{ActorNode, EventNode, MessageNode, Topology};

//! An actor framework in which the whole message graph is known at compile time.
//!
//! Annotate plain structs and impl blocks, list the actors once, and get a typed system. A message that an actor does not
//! handle, a send that is not declared, or an actor that the system does not host is a compile error, which names the types of
//! your program. A message is not boxed, downcast or looked up by text on its path from sender to handler.
//!
//! ```
//! use airssys_rt::prelude::*;
//!
//! #[derive(Debug, PartialEq)]
//! pub struct Overdrawn;
//!
//! #[message(reply = Result<u64, Overdrawn>)]
//! pub struct Withdraw { pub cents: u64 }
//!
//! #[event]
//! #[derive(Clone)]
//! pub struct Withdrawn { pub cents: u64 }
//!
//! #[message(reply = u64)]
//! pub struct Total;
//!
//! pub struct Account { cents: u64 }
//!
//! #[actor(publishes(Withdrawn))]
//! impl Account {
//!     #[handler]
//!     fn withdraw(&mut self, Withdraw { cents }: Withdraw, ctx: &mut ActorContext<Self>) -> Result<u64, Overdrawn> {
//!         self.cents = self.cents.checked_sub(cents).ok_or(Overdrawn)?;
//!         ctx.publish(Withdrawn { cents });
//!         Ok(self.cents)
//!     }
//! }
//!
//! #[derive(Default)]
//! pub struct Auditor { total: u64 }
//!
//! #[actor]
//! impl Auditor {
//!     #[on_event]
//!     fn withdrawn(&mut self, event: Withdrawn) { self.total += event.cents }
//!
//!     #[handler]
//!     fn total(&self, _: Total) -> u64 { self.total }
//! }
//!
//! #[actor_system(actors(Account, Auditor), events(Withdrawn))]
//! pub struct Bank;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
//! let auditor = bank.spawn(Auditor::default()).await?;
//! let account = bank.spawn(Account { cents: 1000 }).named("alice").await?;
//!
//! assert_eq!(bank.ask(&account, Withdraw { cents: 400 }).await?, Ok(600));
//! assert_eq!(bank.ask(&account, Withdraw { cents: 700 }).await?, Err(Overdrawn));
//! bank.idle().await; // the event has arrived
//! assert_eq!(bank.ask(&auditor, Total).await?, 400);
//! bank.shutdown().await?;
//! # Ok(())
//! # }
//! ```
//!
//! [Getting started](getting_started) leads from an empty folder to a system with a test, the [cookbook] has a program for
//! each common task. [Without macros](without_macros) shows the code that the attributes generate. Each attribute has a page with its
//! keys and its error messages: [`#[message]`](macro@message), [`#[event]`](macro@event), [`#[actor]`](macro@actor),
//! [`#[actor_system]`](macro@actor_system), [`#[actor_list]`](macro@actor_list).
//!
//! # Four ways to talk
//!
//! | operation | from outside | inside an actor |
//! |---|---|---|
//! | send, and wait while the mailbox is full | [`bank.tell(&account, msg).await`](system::ActorSystem::tell) | [`ctx.tell(&account, msg).await`](actor::ActorContext::tell) |
//! | send without waiting | [`bank.try_tell(&account, msg)`](system::ActorSystem::try_tell) | [`ctx.try_tell(&account, msg)`](actor::ActorContext::try_tell) |
//! | request and reply | [`bank.ask(&account, msg).await`](system::ActorSystem::ask) | [`ctx.ask(&account, msg).await`](actor::ActorContext::ask) |
//! | publish and subscribe | [`bank.publish(event).await`](system::ActorSystem::publish) | [`ctx.publish(event)`](actor::ActorContext::publish) |
//!
//! An actor declares what it sends: `#[actor(publishes(Withdrawn), asks(Ledger), tells(Auditor))]`. The declarations form the
//! graph that the compiler checks and that [`Bank::topology()`](topology::Topology) draws. See the chapter
//! [The compiler knows the graph](message_graph).
//!
//! The recipient of a message is one of:
//!
//! - an [`ActorRef`](actor::ActorRef), typed by actor;
//! - a [`Recipient`](actor::Recipient), typed by message; an actor that uses one declares `tells(any M)`;
//! - an [`ActorAddress`](id::ActorAddress), plain data that is resolved at the time of the call:
//!   [`bank.tell_to::<Account, _>(ActorAddress::named("alice"), msg)`](system::ActorSystem::tell_to).
//!
//! # Stopping actors
//!
//! | call | messages that are still handled |
//! |---|---|
//! | [`stop`](system::ActorSystem::stop) | the current one |
//! | [`drain`](system::ActorSystem::drain) | the current one and all queued ones |
//! | [`kill`](system::ActorSystem::kill) | none: the current one is cancelled at its next `.await` |
//!
//! `#[post_stop]` runs in each case. To be notified of the end of an actor, [watch](system::ActorSystem::watch) it: inside an
//! actor, `ctx.watch(&ledger)` sends the notification to its `#[on_terminated]` method.
//!
//! [`shutdown`](system::ActorSystem::shutdown) ends the system: actors first handle all accepted messages, then they are stopped. Its
//! result names the actors that had to be aborted. The `main` of a service ends with `bank.run_until_signal().await?`
//! (feature `signals`): on SIGTERM or ctrl-c the system shuts down, on a second signal the remaining actors are killed, and a third ends
//! the process. `SystemConfig::with_shutdown_timeout` limits the whole shutdown.
//!
//! # Observing
//!
//! Without observers, a message takes the direct path into the mailbox and costs nothing more. With a tap, a monitor or a hook,
//! it takes the path through the broker:
//!
//! | observer | observes | bound on messages |
//! |---|---|---|
//! | [`bank.subscribe(n)`](system::ActorSystem::subscribe) | a stream of each envelope | `Clone` |
//! | [`bank.monitor(n)`](system::ActorSystem::monitor) | a stream of each step of each message | none |
//! | [hooks](broker::hook), fixed at the start | each message before its delivery, and its outcome | none |
//!
//! These do not change the path of a message:
//!
//! | call | returns |
//! |---|---|
//! | [`bank.lifecycle_events(n)`](system::ActorSystem::lifecycle_events) | a stream of starts, failures, restarts and ends |
//! | [`bank.dead_letters()`](system::ActorSystem::dead_letters) | messages that will never be handled, with the reason |
//! | [`bank.counters()`](system::ActorSystem::counters), [`bank.actors()`](system::ActorSystem::actors) | counters of the system, and a snapshot of each actor |
//!
//! ```
//! use airssys_rt::{broker::{dead_letters::Reason, Received}, prelude::*};
//! # #[message] #[derive(Clone)] pub struct Deposit(pub u64);
//! # #[derive(Default)] pub struct Account { cents: u64 }
//! # #[actor] impl Account { #[handler] fn deposit(&mut self, Deposit(cents): Deposit) { self.cents += cents; } }
//! # #[actor_system(actors(Account))] pub struct Bank;
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
//! let account = bank.spawn(Account::default()).await?;
//! let mut tap = bank.subscribe(100)?;
//! bank.tell(&account, Deposit(500)).await?;
//! let Some(Received::Item(envelope)) = tap.recv().await else { unreachable!() };
//! assert_eq!(envelope.meta().recipient(), Some(account.id()));
//! assert_eq!(envelope.message().get::<Account, Deposit>().map(|deposit| deposit.0), Some(500));
//!
//! bank.drain(&account).await;
//! assert!(bank.ask(&account, Deposit(1)).await.is_err());
//! assert_eq!(bank.dead_letters().count_of(Reason::Stopped), 1);
//! # Ok(())
//! # }
//! ```
//!
//! # Failures
//!
//! In a handler that returns `Result<Reply, Fault>`, `?` converts any error into a [`Fault`](reply::Fault). A fault or a panic is a
//! failure of the actor, not an answer: an asking side receives [`AskError::Failed`](reply::AskError) at once, the events that
//! the handler published are discarded, and `#[on_error]` decides whether the actor continues. A reply that is an error value is an
//! ordinary answer. A handler that can refuse a request and can also fail returns both:
//! `Result<Result<Balance, Overdrawn>, Fault>`.
//!
//! Panics are caught for each message. That requires `panic = "unwind"`, Rust's default; with `panic = "abort"` the process ends
//! at the first panic.
//!
//! # Restarts
//!
//! An actor that is spawned by [`spawn_with`](system::ActorSystem::spawn_with) has a factory, so its `#[on_error]` may return
//! [`Restart`](actor::ErrorAction::Restart): `post_stop` of the old incarnation runs, the factory makes a fresh state, and `pre_start`
//! of the new incarnation runs. Address, name and mailbox stay the same. The message that failed is not handled again.
//!
//! Actors that are restarted by rules are children of a [`Supervisor`](supervisor::Supervisor), a builder that is written in the shape
//! of the tree. A supervisor stops and restarts its children by its strategy, up to a limit of restarts; beyond the limit it
//! escalates to its parent. The system ends when the root supervisor gives up, and [`run`](system::ActorSystem::run) returns the
//! cause. [`tree`](system::ActorSystem::tree) returns the current tree. An actor that is spawned by
//! [`ctx.spawn`](actor::ActorContext::spawn) is a child of the spawning actor and is stopped with it.
//!
//! # Guarantees
//!
//! - Messages from one sender to one actor arrive in the order in which they were sent.
//! - Every message has exactly one fate: handled, failed, expired, dead, or given back in an error. The
//!   [counters](observe::Counters) add up.
//! - Every ask ends, as early as its outcome is known.
//! - A mailbox is bounded, unless it is configured to be unbounded.
//!
//! # Features
//!
//! | feature | adds | costs |
//! |---|---|---|
//! | `macros` (default) | the attributes `#[message]`, `#[event]`, `#[actor]`, `#[actor_list]` and `#[actor_system]` | a procedural macro crate to compile |
//! | `journal` | the module `journal`: a log of records that survives a crash | the dependencies `crc32fast` and `fs4` |
//! | `testkit` | the module `testkit` for tests of applications: handlers without a system, stand-ins, probes, planned faults, a ledger of all messages, comparison of graph and schemas with files | the dependency `fastrand`; use it in `[dev-dependencies]` |
//! | `signals` | `ActorSystem::run_until_signal`: SIGTERM and ctrl-c shut the system down | the crate `signal-hook`, and a thread of the process once it is called |
//! | `wire` | `serde` impls for the generated message enums, described on the page `wire_format` | the dependency `serde`, and more generated code to compile |

// The code of a module is in private files, one of which may have the name of the module: `message/message.rs`.
#![allow(clippy::module_inception)]

pub mod actor;
pub mod backoff;
pub mod broker;
pub mod envelope;
#[doc(hidden)]
pub mod graph;
pub mod id;
#[cfg(feature = "journal")]
pub mod journal;
#[cfg(feature = "macros")]
#[doc(hidden)]
pub mod keys;
pub mod mailbox;
pub mod message;
pub mod observe;
pub mod prelude;
#[cfg(feature = "wire")]
pub mod record;
mod registry;
pub mod reply;
#[cfg_attr(airssys_shuttle, path = "rt/shuttle.rs")]
mod rt;
mod supervision;
pub mod supervisor;
mod sync;
pub mod system;
#[cfg(feature = "testkit")]
pub mod testkit;
pub mod topology;
#[cfg(feature = "wire")]
mod wire;

/// The dates in records are of this crate.
pub use chrono;

#[cfg(feature = "macros")]
#[doc = include_str!("../docs/links.md")]
#[doc = include_str!("../docs/actor.md")]
pub use airssys_rt_macros::actor;
#[cfg(feature = "macros")]
#[doc = include_str!("../docs/links.md")]
#[doc = include_str!("../docs/actor_list.md")]
pub use airssys_rt_macros::actor_list;
#[cfg(feature = "macros")]
#[doc = include_str!("../docs/links.md")]
#[doc = include_str!("../docs/actor_system.md")]
pub use airssys_rt_macros::actor_system;
#[cfg(feature = "macros")]
#[doc = include_str!("../docs/links.md")]
#[doc = include_str!("../docs/event.md")]
pub use airssys_rt_macros::event;
#[cfg(feature = "macros")]
#[doc = include_str!("../docs/links.md")]
#[doc = include_str!("../docs/message.md")]
pub use airssys_rt_macros::message;
#[cfg(feature = "macros")]
pub use airssys_rt_macros::{handler, on_error, on_event, on_terminated, post_stop, pre_start};
// Traits of the same names: with them, the import of such an attribute is a used one.
#[cfg(feature = "macros")]
#[doc(hidden)]
pub use actor::attribute_imports::{handler, on_error, on_event, on_terminated, post_stop, pre_start};

// The next modules are pages of the documentation. They are empty otherwise. `links.md` says where the links of a page lead in this
// documentation; a page itself says where they lead in the repository. Of two definitions of a link the first counts.
// rustdoc names a program of a page after its module and the first of the two files, `links.md - cookbook (line 60)`, and its lines count
// from there.
#[cfg(all(any(doc, doctest), feature = "macros"))]
#[doc = include_str!("../docs/links.md")]
#[doc = include_str!("../docs/getting_started.md")]
pub mod getting_started {}
#[cfg(all(any(doc, doctest), feature = "macros"))]
#[doc = include_str!("../docs/links.md")]
#[doc = include_str!("../docs/cookbook.md")]
pub mod cookbook {}
#[cfg(all(any(doc, doctest), feature = "macros"))]
#[doc = include_str!("../docs/links.md")]
#[doc = include_str!("../docs/generic_actors.md")]
pub mod generic_actors {}
#[cfg(all(any(doc, doctest), feature = "macros"))]
#[doc = include_str!("../docs/links.md")]
#[doc = include_str!("../docs/logging.md")]
pub mod logging {}
#[cfg(all(any(doc, doctest), feature = "macros"))]
#[doc = include_str!("../docs/links.md")]
#[doc = include_str!("../docs/message_graph.md")]
pub mod message_graph {}
#[cfg(all(any(doc, doctest), feature = "macros", feature = "testkit"))]
#[doc = include_str!("../docs/links.md")]
#[doc = include_str!("../docs/links_testkit.md")]
#[doc = include_str!("../docs/testing.md")]
pub mod testing {}
#[cfg(all(any(doc, doctest), feature = "macros", feature = "wire"))]
#[doc = include_str!("../docs/links.md")]
#[doc = include_str!("../docs/wire_format.md")]
pub mod wire_format {}
#[cfg(any(doc, doctest))]
#[doc = include_str!("../docs/links.md")]
#[doc = include_str!("../docs/without_macros.md")]
pub mod without_macros {}

/// The names that generated code uses. Not part of the public API.
#[doc(hidden)]
pub mod __private {
    #[cfg(feature = "macros")]
    pub use airssys_rt_macros::include_actors;
    #[cfg(feature = "wire")]
    pub mod wire {
        pub use crate::wire::{
            EnumNames, ReadVariant, deserialize_enum, not_serializable, serialize_variant, unknown_variant,
        };
    }
    #[cfg(feature = "macros")]
    pub use crate::keys;
    pub use crate::{
        actor::{
            Actor, ActorContext, ActorRef, ActorSource, AnyTypeState, AskedBy, Asks, ErrorAction,
            EventVariant, FanOut, HandledBy, Handler, Handles, HandlesTerminated, MessageVariant,
            PublishedBy, Publishes, Spawn, Spawns, Subscriber, Tells, TellsAny, Terminated, ToItself, ToldBy,
            Tries, TypeState, Variants, Waits,
            assertions::{self, Checked},
            attribute_imports::{Attributes, NotImported},
            finished, one_of,
        },
        broker::{MaybeReady, MessageBroker, Published, Undelivered},
        envelope::{Envelope, Meta},
        graph,
        mailbox::{self, Overflow},
        message::{
            Carried, Carrier, Declared, Event, Kept, LetterContent, Message, Named, NoEvents, Origin, TextOf,
            schema,
        },
        reply::{Cause, Fault, ReplySlot},
        system::{
            About, Alias, Core, Duplicate, HostedBy, Hosts, Listed, MemberOf, RoutedBy, System, SystemConfig,
            kind, member, node, offer,
        },
        topology::Topology,
    };
    #[cfg(feature = "wire")]
    pub use serde;
    pub use std::{
        boxed::Box,
        sync::{Arc, Weak},
    };
}

/// Compiles and runs the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

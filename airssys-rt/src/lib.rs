//! Actors whose whole message graph is known when the program is compiled.
//!
//! You annotate plain structs and impl blocks, list the actors once, and get a typed system: a message that an actor does
//! not handle, a send that was not declared, an actor that nobody hosts are compile errors, in the words of your program.
//! On the way of a message nothing is boxed, downcast or looked up by text.
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
//! [Getting started](getting_started) goes from an empty folder to a system with a test, [without macros](without_macros) shows
//! what the attributes write. Each attribute has a page with all of its keys and mistakes: [`#[message]`](macro@message),
//! [`#[event]`](macro@event), [`#[actor]`](macro@actor), [`#[actor_system]`](macro@actor_system).
//!
//! # Four ways to talk
//!
//! | what | from outside | inside an actor |
//! |---|---|---|
//! | fire and forget | [`bank.tell(&account, msg).await`](system::ActorSystem::tell) | [`ctx.tell(&account, msg).await`](actor::ActorContext::tell) |
//! | without ever waiting | [`bank.try_tell(&account, msg)`](system::ActorSystem::try_tell) | [`ctx.try_tell(&account, msg)`](actor::ActorContext::try_tell) |
//! | request and reply | [`bank.ask(&account, msg).await`](system::ActorSystem::ask) | [`ctx.ask(&account, msg).await`](actor::ActorContext::ask) |
//! | publish and subscribe | [`bank.publish(event).await`](system::ActorSystem::publish) | [`ctx.publish(event)`](actor::ActorContext::publish) |
//!
//! What an actor sends it declares: `#[actor(publishes(Withdrawn), asks(Ledger), tells(Auditor))]`. The declarations are
//! the graph that the compiler checks and [`Bank::topology()`](topology::Topology) draws: see [the chapter about it](message_graph).
//!
//! Where it goes may be a reference ([`ActorRef`](actor::ActorRef), typed by actor), a [`Recipient`](actor::Recipient) (typed by
//! message; an actor that uses one declares `tells(any M)`), or an [`ActorAddress`](id::ActorAddress), plain data that is looked up
//! at the call: [`bank.tell_to::<Account, _>(ActorAddress::named("alice"), msg)`](system::ActorSystem::tell_to).
//!
//! # Three ways to end
//!
//! [`stop`](system::ActorSystem::stop) lets the current message finish, [`drain`](system::ActorSystem::drain) all that is queued,
//! [`kill`](system::ActorSystem::kill) nothing. `#[post_stop]` runs in each case. Whoever wants to know of an end
//! [watches](system::ActorSystem::watch): `ctx.watch(&ledger)` inside, with `#[on_terminated]` for the news.
//! [`shutdown`](system::ActorSystem::shutdown) first lets everybody handle what was accepted, and names whom it had to abort. A service
//! ends its `main` with `bank.run_until_signal().await?` (feature `signals`): SIGTERM and ctrl-c shut it down, a second one kills it.
//!
//! # Seeing what happens
//!
//! A message that nobody observers at goes straight into the mailbox, and pays for nothing else. Whoever observers makes it take the way
//! through the broker:
//!
//! | what | sees | needs of a message |
//! |---|---|---|
//! | [`bank.subscribe(n)`](system::ActorSystem::subscribe) | each envelope, as a stream | `Clone` |
//! | [`bank.monitor(n)`](system::ActorSystem::monitor) | each step of each message, as a stream | nothing |
//! | [hooks](broker::hook), fixed at the start | each message before it is delivered, and what became of it | nothing |
//! | [`bank.dead_letters()`](system::ActorSystem::dead_letters) | what will never be handled, and why | nothing |
//! | [`bank.counters()`](system::ActorSystem::counters), [`actors()`](system::ActorSystem::actors) | figures of the system and of each actor | nothing |
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
//! A handler that returns `Result<Reply, Fault>` makes a [`Fault`](reply::Fault) of any error with `?`. A fault, and a
//! panic, is the actor's failure, not an answer: whoever asked gets [`AskError::Failed`](reply::AskError) at once, what
//! the handler published is discarded, and `#[on_error]` decides whether the actor goes on. An answer that is an error is
//! just an answer. Panics are caught for each message, which takes `panic = "unwind"`, Rust's default; with
//! `panic = "abort"` the process ends at the first one.
//!
//! A handler that refuses some requests and can fail as well has both: `Result<Result<Balance, Overdrawn>, Fault>`.
//!
//! # Restarts
//!
//! An actor made by [`spawn_with`](system::ActorSystem::spawn_with) has a factory, and its `#[on_error]` may say
//! [`Restart`](actor::ErrorAction::Restart): `post_stop` of the old incarnation, a fresh state, `pre_start` of the new one. Its
//! address, its name and its mailbox stay; the message that failed is not tried again.
//!
//! Actors that are restarted by rules are children of a [`Supervisor`](supervisor::Supervisor), which is written as the tree that it
//! makes. It stops and starts them by its strategy, within the restarts that it grants, and then leaves it to the one above; the
//! system ends when the root gives up, and [`run`](system::ActorSystem::run) says why.
//! [`tree`](system::ActorSystem::tree) draws who belongs to whom, and [`lives`](system::ActorSystem::lives) is a stream of what
//! happens to them. What an actor spawns with [`ctx.spawn`](actor::ActorContext::spawn) belongs to it and is stopped with it.
//!
//! # Guarantees
//!
//! Messages of one sender to one actor arrive in the order in which they were sent. Every message has exactly one fate:
//! handled, failed, dead, or given back in an error; the [counters](observe::Counters) add up. An ask always ends, as early
//! as its end can be known. A mailbox is bounded unless you say otherwise.
//!
//! # Tests
//!
//! Feature `testkit` has what the tests of an application need: handlers without a system, stand-ins for actors, probes,
//! faults by plan, and a ledger that checks at the end that nothing was lost. It also keeps what should not change unseen: the
//! graph as a picture in a file, and in a `schema.lock` what the messages look like to other versions of the program.

pub mod actor;
pub mod backoff;
pub mod broker;
pub mod envelope;
#[doc(hidden)]
pub mod graph;
pub mod id;
pub mod journal;
pub mod mailbox;
pub mod message;
pub mod observe;
pub mod prelude;
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

#[cfg(feature = "macros")]
#[doc = include_str!("../docs/actor.md")]
pub use airssys_rt_macros::actor;
#[cfg(feature = "macros")]
#[doc = include_str!("../docs/actor_system.md")]
pub use airssys_rt_macros::actor_system;
#[cfg(feature = "macros")]
#[doc = include_str!("../docs/event.md")]
pub use airssys_rt_macros::event;
#[cfg(feature = "macros")]
#[doc = include_str!("../docs/message.md")]
pub use airssys_rt_macros::message;
#[cfg(feature = "macros")]
pub use airssys_rt_macros::{handler, on_error, on_event, on_terminated, post_stop, pre_start};

// Two pages of the documentation, and nothing else.
#[cfg(all(any(doc, doctest), feature = "macros"))]
#[doc = include_str!("../docs/getting_started.md")]
pub mod getting_started {}
#[cfg(any(doc, doctest))]
#[doc = include_str!("../docs/without_macros.md")]
pub mod without_macros {}

// A page of the documentation, and nothing else.
#[cfg(all(any(doc, doctest), feature = "macros"))]
#[doc = include_str!("../docs/message_graph.md")]
pub mod message_graph {}

/// What generated code names. Not for people.
#[doc(hidden)]
pub mod __private {
    #[cfg(feature = "wire")]
    pub mod wire {
        pub use crate::wire::{Names, Variants, deserialize, serialize, stays, unknown};
    }
    pub use crate::{
        actor::{
            Actor, ActorContext, ActorRef, AnyTypeState, AskedBy, Asks, ErrorAction, FanOut, HandledBy,
            Handler, Handles, Hears, PublishedBy, Publishes, Spawns, Subscriber, Tells, TellsAny, Terminated,
            ToldBy, TypeState, assertions,
        },
        broker::{MaybeReady, MessageBroker, Published, Undelivered},
        envelope::{Envelope, Meta},
        graph,
        mailbox::{self, Overflow},
        message::{Carried, Carrier, Event, Message, Named, NoEvents, Origin, schema},
        reply::{Cause, Fault, ReplySlot},
        system::{Core, HostedBy, Hosts, MemberOf, RoutedBy, System, SystemConfig, kind, node},
        topology::Topology,
    };
    #[cfg(feature = "wire")]
    pub use serde;
    pub use std::{
        boxed::Box,
        sync::{Arc, Weak},
    };
}

/// The examples of the README compile and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

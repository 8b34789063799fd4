//! The keys and words of the attributes, as names with documentation: an editor shows it where they are written.
//!
//! Only the expansions of rust-analyzer name them (`airssys-rt-macros/src/editor.rs`).
#![allow(non_snake_case)]

pub use crate::mailbox::Overflow as overflow;

/// The types that an attribute names, of an item with parameters.
pub trait Names<T> {}

/// A message or an event that the actor handles: "go to implementation" leads from it to the handler.
pub trait HandledIn<A> {}

/// The attributes of methods.
pub mod methods {
    // Not from the root of the crate, where traits have the same names.
    pub use airssys_rt_macros::{handler, on_error, on_event, on_terminated, post_stop, pre_start};
}

/// The keys of `#[message]`.
pub mod message {
    /// `reply = Type`: the type of the reply, which `ask` returns.
    ///
    /// Without this key it is `()`. A handler returns the reply, or `Result<Reply, Fault>`.
    pub mod reply {}
    /// `name = ".."`: the name of the message on the wire, instead of its module path and type name.
    ///
    /// It must be unique among the messages and events of a system.
    pub mod name {}
    /// `boxed`: the mailbox holds the message in a box.
    ///
    /// That is one allocation for each message, and 16 bytes in a slot of the mailbox. The handler takes the message by value.
    pub mod boxed {}
    /// `keep_payload`: a dead letter keeps the message, so that it can be sent again with `replay`.
    ///
    /// `keep_payload = |message| message.text.len()` returns the bytes that the message owns. A message that may own memory needs it.
    /// Without this key a dead letter has only the `Debug` text of the message, and what the message owns is dropped.
    pub mod keep_payload {}
    /// `part`: the type is not sent on its own, but inside of messages and events.
    ///
    /// It is described in their schemas, so that a lock file sees a change of it. Without an attribute only its name is known there.
    pub mod part {}
}

/// The keys of `#[event]`.
pub mod event {
    /// `name = ".."`: the name of the event on the wire, instead of its module path and type name.
    ///
    /// It must be unique among the messages and events of a system.
    pub mod name {}
    /// `keep_payload`: a dead letter keeps the event, so that it can be published again with `replay`.
    ///
    /// `keep_payload = |event| event.text.len()` returns the bytes that the event owns. An event that may own memory needs it.
    /// Without this key a dead letter has only the `Debug` text of the event, and what the event owns is dropped.
    pub mod keep_payload {}
}

/// The keys of `#[actor]`.
pub mod actor {
    /// `handles(M, entry N, ..)`: messages that an impl of `Handler` handles.
    ///
    /// `entry` marks a message that is sent from outside of the system.
    pub mod handles {}
    /// `subscribes(E, ..)`: events that an impl of `Subscriber` handles.
    pub mod subscribes {}
    /// `publishes(E, ..)`: the events that `ctx.publish` takes.
    ///
    /// `publishes(E, cycle = "..")` allows a cycle through the event, for this reason.
    pub mod publishes {}
    /// `asks(A, ..)`: the actors to which `ctx.ask` takes references.
    ///
    /// `asks(A, cycle = "..")` allows a cycle of asks through `A`, for this reason.
    pub mod asks {}
    /// `tells(A, any M, ..)`: the actors to which `ctx.tell` takes references, and with `any` the messages that it sends to any
    /// `Recipient`.
    ///
    /// `tells(A, cycle = "..")` allows a cycle through `A`, for this reason.
    pub mod tells {}
    /// `try_tells(A, ..)`: the actors to which `ctx.try_tell` takes references, and `ctx.tell` does not.
    ///
    /// The actor never waits for capacity in their mailboxes, so there is no cycle of full mailboxes through them.
    pub mod try_tells {}
    /// `spawns(A, ..)`: the actors that `ctx.spawn` takes.
    ///
    /// They become children of the actor, and end before it does. `spawns(A, cycle = "..")` allows a cycle through the `pre_start` of
    /// `A`, for this reason.
    pub mod spawns {}
    /// `name = ".."`: the name of the actor in errors, logs and the graph, instead of the name of its type.
    pub mod name {}
    /// `mailbox(capacity = 64)`: the limit of the mailbox, instead of the default of the system.
    ///
    /// Also `mailbox(capacity = 64, overflow = Drop)`, where the overflow policy is `Block`, `Drop` or `Error`, and
    /// `mailbox(unbounded)`.
    pub mod mailbox {}
}

/// The keys of `#[actor_system]`.
pub mod actor_system {
    /// `actors(A, B as Name, entry C, ..)`: the actors that the system hosts. They can be spawned.
    ///
    /// `as` gives an actor another name. `entry` marks an actor that is spawned from outside of the system's actors.
    pub mod actors {}
    /// `events(E, F as Name, entry G, ..)`: the events that the system routes to their subscribers.
    ///
    /// `as` gives an event another name. `entry` marks an event that is published or received outside of the system's actors.
    pub mod events {}
    /// `include(billing::Actors, ..)`: the system has the actors and events of this list of `#[actor_list]` as well.
    pub mod include {}
    /// `strict`: the warnings about the message graph are errors.
    pub mod strict {}
    /// `message_enum = Name`: the name of the enum of all messages, instead of the name of the system with `Message`. A type of
    /// the program takes precedence over such a name.
    pub mod message_enum {}
    /// `event_enum = Name`: the name of the enum of all events, instead of the name of the system with `Event`. A type of the
    /// program takes precedence over such a name.
    pub mod event_enum {}
    /// `no_implicit_prelude`: the module has `#![no_implicit_prelude]`.
    pub mod no_implicit_prelude {}
}

/// The keys of `#[actor_list]`.
pub mod actor_list {
    /// `actors(A, B as Name, entry C, ..)`: the actors of the list.
    pub mod actors {}
    /// `events(E, F as Name, entry G, ..)`: the events of the list.
    pub mod events {}
    /// `include(other::Actors, ..)`: the list has the entries of this list as well.
    pub mod include {}
}

/// The settings of `mailbox(..)`.
pub mod mailbox {
    /// `capacity = 64`: the mailbox holds at most this many messages. It must not be zero.
    pub mod capacity {}
    /// `overflow = Drop`: what happens to a message when the mailbox is full: `Block`, `Drop` or `Error`.
    pub mod overflow {}
    /// `unbounded`: the mailbox has no limit.
    pub mod unbounded {}
}

/// The words in a list.
pub mod entry {
    /// `entry T`: the message, the event or the actor comes from outside of the system's actors.
    ///
    /// There is no warning that no actor sends it, publishes it or spawns it.
    pub mod entry {}
    /// `any M`: the message is sent to any `Recipient` that handles it.
    pub mod any {}
    /// `cycle = ".."`: allows a cycle in the message graph through the type before it. The text says why it cannot deadlock.
    pub mod cycle {}
}

/// The argument of `#[handler]`.
pub mod handler {
    pub use super::entry::entry;
}

/// `crate = ::path`: the path of `airssys_rt`, for a crate that re-exports it.
pub mod krate {}

//! The attributes of airssys-rt: `#[message]`, `#[event]`, `#[actor]`, `#[actor_list]` and `#[actor_system]`.
//!
//! `actor/`, `list/`, `message.rs` and `system/` implement the attributes: each parses the arguments and the item, collects the errors, and
//! generates code. The other files are shared.
#![doc(html_no_source)]

mod actor;
mod alias_module;
mod assertions;
mod attr_args;
mod borrowing;
mod crate_path;
mod editor;
mod errors;
mod hygiene;
mod impl_serde;
#[cfg(test)]
mod invariant_tests;
mod known_send;
mod large_message;
mod list;
mod list_entry;
mod message;
#[cfg(test)]
mod mistake_tests;
mod reply_type;
mod schema;
mod serde_attrs;
mod serde_rename;
#[cfg(test)]
mod snapshot_tests;
mod spans;
mod system;
mod tokens;
mod type_text;

use proc_macro::TokenStream;

/// Makes a struct or an enum a message.
#[proc_macro_attribute]
pub fn message(args: TokenStream, item: TokenStream) -> TokenStream {
    let item = item.into();
    tokens::begin(&item);
    message::expand(message::MessageKind::Message, args.into(), item).into()
}

/// Makes a struct or an enum an event.
#[proc_macro_attribute]
pub fn event(args: TokenStream, item: TokenStream) -> TokenStream {
    let item = item.into();
    tokens::begin(&item);
    message::expand(message::MessageKind::Event, args.into(), item).into()
}

/// Makes a type an actor.
#[proc_macro_attribute]
pub fn actor(args: TokenStream, item: TokenStream) -> TokenStream {
    let item = item.into();
    tokens::begin(&item);
    actor::expand(args.into(), item).into()
}

/// Makes a unit struct a system of actors.
#[proc_macro_attribute]
pub fn actor_system(args: TokenStream, item: TokenStream) -> TokenStream {
    let item = item.into();
    tokens::begin(&item);
    system::expand(args.into(), item).into()
}

/// Makes a unit struct a list of actors and events, which a system of any crate includes.
#[proc_macro_attribute]
pub fn actor_list(args: TokenStream, item: TokenStream) -> TokenStream {
    let item = item.into();
    tokens::begin(&item);
    list::expand(args.into(), item).into()
}

/// For generated code: continues `#[actor_system]` with the entries of a list.
#[doc(hidden)]
#[proc_macro]
pub fn include_actors(input: TokenStream) -> TokenStream {
    list::next(input.into(), system::expand_with).into()
}

/// Marks the method of an actor that handles a message.
///
/// `fn name(&mut self, message: M) -> Reply`; also `async`, with `&self`, with `ctx: &mut ActorContext<Self>`, and with
/// `-> Result<Reply, Fault>`. `#[handler(entry)]` marks a message that is sent from outside of the system: there is no warning that no
/// actor sends it.
///
/// `#[actor]` reads it; the page of `#[actor]` lists the forms of the method.
#[proc_macro_attribute]
pub fn handler(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::MethodRole::Handler, &item.into()).into()
}

/// Marks the method of an actor that handles an event.
///
/// `fn name(&mut self, event: E)`; also `async`, with `&self`, with `ctx: &mut ActorContext<Self>`, and with `-> Result<(), Fault>`.
///
/// `#[actor]` reads it; the page of `#[actor]` lists the forms of the method.
#[proc_macro_attribute]
pub fn on_event(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::MethodRole::OnEvent, &item.into()).into()
}

/// Marks the method of an actor that runs when an actor that it watches has ended.
///
/// `fn name(&mut self, terminated: Terminated)`; also `async`, with `&self`, with `ctx: &mut ActorContext<Self>`, and with
/// `-> Result<(), Fault>`.
///
/// `#[actor]` reads it; the page of `#[actor]` lists the forms of the method.
#[proc_macro_attribute]
pub fn on_terminated(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::MethodRole::OnTerminated, &item.into()).into()
}

/// Marks the method of an actor that runs before its first message.
///
/// `fn name(&mut self)`; also `async`, with `ctx: &mut ActorContext<Self>`, and with `-> Result<(), Fault>`.
///
/// `#[actor]` reads it; the page of `#[actor]` lists the forms of the method.
#[proc_macro_attribute]
pub fn pre_start(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::MethodRole::PreStart, &item.into()).into()
}

/// Marks the method of an actor that runs after its last message.
///
/// `fn name(&mut self)`; also `async`, with `ctx: &mut ActorContext<Self>`, and with `-> Result<(), Fault>`.
///
/// `#[actor]` reads it; the page of `#[actor]` lists the forms of the method.
#[proc_macro_attribute]
pub fn post_stop(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::MethodRole::PostStop, &item.into()).into()
}

/// Marks the method of an actor that decides what follows a fault.
///
/// `fn name(&mut self, fault: Fault) -> ErrorAction`; also `async`, and with `ctx: &mut ActorContext<Self>`.
///
/// `#[actor]` reads it; the page of `#[actor]` lists the forms of the method.
#[proc_macro_attribute]
pub fn on_error(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::MethodRole::OnError, &item.into()).into()
}

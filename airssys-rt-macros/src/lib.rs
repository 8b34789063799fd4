//! The attributes of airssys-rt.
#![doc(html_no_source)]

mod actor;
mod block;
mod checked;
mod errors;
mod keys;
mod listed;
mod message;
mod schema;
mod serde;
mod size;
#[cfg(test)]
mod snapshots;
mod spans;
mod system;
#[cfg(test)]
mod tests;
mod wire;

use proc_macro::TokenStream;

/// Makes a struct or an enum a message.
#[proc_macro_attribute]
pub fn message(args: TokenStream, item: TokenStream) -> TokenStream {
    message::expand(message::Role::Message, args.into(), item.into()).into()
}

/// Makes a struct or an enum an event.
#[proc_macro_attribute]
pub fn event(args: TokenStream, item: TokenStream) -> TokenStream {
    message::expand(message::Role::Event, args.into(), item.into()).into()
}

/// Makes a type an actor.
#[proc_macro_attribute]
pub fn actor(args: TokenStream, item: TokenStream) -> TokenStream {
    actor::expand(args.into(), item.into()).into()
}

/// Makes a unit struct a system of actors.
#[proc_macro_attribute]
pub fn actor_system(args: TokenStream, item: TokenStream) -> TokenStream {
    system::expand(args.into(), item.into()).into()
}

/// Marks the handler of a message.
#[proc_macro_attribute]
pub fn handler(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::Role::Handler, &item.into()).into()
}

/// Marks the handler of an event.
#[proc_macro_attribute]
pub fn on_event(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::Role::OnEvent, &item.into()).into()
}

/// Marks what an actor does when one that it watches has ended.
#[proc_macro_attribute]
pub fn on_terminated(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::Role::OnTerminated, &item.into()).into()
}

/// Marks what an actor does before its first message.
#[proc_macro_attribute]
pub fn pre_start(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::Role::PreStart, &item.into()).into()
}

/// Marks what an actor does after its last message.
#[proc_macro_attribute]
pub fn post_stop(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::Role::PostStop, &item.into()).into()
}

/// Marks what an actor does after a fault.
#[proc_macro_attribute]
pub fn on_error(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::Role::OnError, &item.into()).into()
}

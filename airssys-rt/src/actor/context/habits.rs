//! The names that other frameworks have for methods of a context: each is one compile error that says what to write.

use crate::actor::{
    context::ActorContext,
    declare::Actor,
    send::{OtherWords, refused, refuses},
};

#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the context of an actor has no timers",
    label = "a task waits, and sends through a publisher",
    note = "`let publisher = ctx.publisher();`, and in a task: `sleep(delay).await`, then `publisher.tell(&it, message).await`"
)]
pub trait HasTimers {
    type Timer;
}

#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "actors are not linked: a child is spawned, another actor is watched",
    label = "a child is started by `ctx.spawn(actor)`, and stops with its parent",
    note = "to hear of the end of an actor: `ctx.watch(&it)`, and a method with `#[on_terminated]`"
)]
pub trait LinksActors {
    type Linked;
}

refuses!(HasTimers::Timer LinksActors::Linked);

impl<A: Actor> ActorContext<A> {
    refused!(notify_later HasTimers::Timer(message: M, after: D));
    refused!(send_after HasTimers::Timer(first: M, second: D));
    refused!(send_interval HasTimers::Timer(first: M, second: D));
    refused!(spawn_link LinksActors::Linked(actor: C));
    refused!(spawn_linked LinksActors::Linked(actor: C));
    refused!(cast OtherWords::Sent(to: T, message: M));
    refused!(call OtherWords::Sent(to: T, message: M));
    refused!(send OtherWords::Sent(to: T, message: M));
    refused!(do_send OtherWords::Sent(to: T, message: M));
}

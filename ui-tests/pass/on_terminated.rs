#![deny(warnings, missing_docs, clippy::all, clippy::pedantic, clippy::nursery)]
#![allow(clippy::result_large_err)]
//! Actors with an `#[on_terminated]` method.

use airssys_rt::prelude::*;

/// The actor to watch.
#[message]
#[derive(Debug, Clone)]
pub struct Mind(pub ActorRef<Child>);

/// A message with the name of the notification.
pub mod own {
    /// A message, not the notification.
    #[airssys_rt::message]
    #[derive(Debug, Clone)]
    pub struct Terminated;
}

/// An actor that is watched.
#[derive(Debug, Default)]
pub struct Child;

#[actor]
impl Child {
    #[handler]
    fn terminated(&mut self, _: own::Terminated) {}
}

/// An actor that watches, and has a message with the name of the notification.
#[derive(Debug, Default)]
pub struct Parent {
    /// The actors that have ended.
    pub gone: Vec<&'static str>,
}

#[actor]
impl Parent {
    #[on_terminated]
    fn gone(&mut self, terminated: Terminated) {
        self.gone.push(terminated.actor);
    }

    #[handler]
    fn mind(&mut self, Mind(child): Mind, ctx: &mut ActorContext<Self>) {
        ctx.watch(&child);
        ctx.unwatch(&child);
        ctx.watch(&child);
    }

    #[handler]
    fn own(&mut self, _: own::Terminated) {}
}

/// An actor without messages, which watches an actor from its start.
#[derive(Debug)]
pub struct Guard<A: Actor> {
    /// The actor that it watches.
    pub ward: ActorRef<A>,
}

#[actor]
impl<A: Actor> Guard<A> {
    #[pre_start]
    fn start(&mut self, ctx: &mut ActorContext<Self>) {
        ctx.watch(&self.ward);
    }

    #[on_terminated]
    async fn gone(&mut self, Terminated { id, .. }: Terminated, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        tokio_free(id).await;
        ctx.stop();
        Ok(())
    }
}

async fn tokio_free(_: ActorId) {}

/// An actor whose `#[on_terminated]` method is configured out.
#[derive(Debug)]
pub struct Sometimes;

use airssys_rt::actor::Terminated as Gone;

#[actor]
impl Sometimes {
    #[cfg(any())]
    #[on_terminated]
    fn never(&mut self, _: Nowhere) {}

    #[handler]
    fn own(&self, _: own::Terminated) {}
}

/// An actor that uses another name for the notification.
#[derive(Debug)]
pub struct Alias;

#[actor]
impl Alias {
    #[cfg(all())]
    #[on_terminated]
    fn gone(&self, _: Gone) -> Result<(), Fault> {
        Ok(())
    }
}

/// A system of all these actors.
#[actor_system(actors(Child, Parent, Guard<Parent>, Guard<Child> as Nurse, Sometimes, Alias))]
pub struct Home;

fn cloned<A: Actor<Message: Clone>>() {}

fn main() {
    assert_eq!(Parent::VARIANTS, ["Mind", "Terminated", "Terminated"]);
    assert_eq!(Guard::<Child>::VARIANTS, ["Terminated"]);
    assert_eq!(Sometimes::VARIANTS, ["Terminated"]);
    cloned::<Parent>();
    cloned::<Alias>();
    let _ = Home::topology();
}

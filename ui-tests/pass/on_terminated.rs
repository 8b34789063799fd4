#![deny(warnings, missing_docs, clippy::all, clippy::pedantic, clippy::nursery)]
#![allow(clippy::result_large_err)]
//! Actors that hear of an end.

use airssys_rt::prelude::*;

/// Whom to watch.
#[message]
#[derive(Debug, Clone)]
pub struct Mind(pub ActorRef<Child>);

/// A message that is called like the news.
pub mod own {
    /// Not the news.
    #[airssys_rt::message]
    #[derive(Debug, Clone)]
    pub struct Terminated;
}

/// Does nothing.
#[derive(Debug, Default)]
pub struct Child;

#[actor]
impl Child {
    #[handler]
    fn terminated(&mut self, _: own::Terminated) {}
}

/// Watches, and has a message that is called like the news.
#[derive(Debug, Default)]
pub struct Parent {
    /// Who has ended.
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

/// It takes no message: it watches whom it was born with.
#[derive(Debug)]
pub struct Guard<A: Actor> {
    /// Whom it watches.
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

/// Hears of an end only where it is configured to, and by another name.
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

/// Hears by another name.
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

/// All of them.
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

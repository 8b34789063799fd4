//! Actors that send to each other and spawn each other, in a strict system without a cycle of waits.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message]
pub struct Go;

#[message(reply = u64)]
pub struct Limit;

/// It tells only itself, and only tries to tell its child.
#[derive(Default)]
pub struct Parent {
    kid: Option<ActorRef<Kid>>,
}

#[actor(spawns(Kid, Shy, Late, cycle = "its `pre_start` asks no actor"), tells(Self), try_tells(Kid))]
impl Parent {
    #[handler(entry)]
    async fn go(&mut self, _: Go, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        if let Some(kid) = &self.kid {
            ctx.try_tell(kid, Go)?;
        } else {
            self.kid = Some(ctx.spawn(Kid { parent: ctx.actor_ref() }).await?);
            ctx.spawn(Shy { parent: ctx.actor_ref() }).await?;
            ctx.spawn(Late { parent: ctx.actor_ref() }).await?;
            ctx.tell(&ctx.actor_ref(), Go).await?;
        }
        Ok(())
    }

    #[handler]
    fn limit(&self, _: Limit) -> u64 {
        9
    }
}

/// Its `pre_start` takes no context, so it can wait for no actor.
pub struct Kid {
    parent: ActorRef<Parent>,
}

#[actor(tells(Parent), asks(Parent))]
impl Kid {
    #[pre_start]
    async fn start(&mut self) {}

    #[handler]
    async fn go(&mut self, _: Go, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.ask(&self.parent, Limit).await?;
        ctx.tell(&self.parent, Go).await?;
        Ok(())
    }
}

/// Its `pre_start` is not `async`, so it waits for nothing.
pub struct Shy {
    parent: ActorRef<Parent>,
}

#[actor(asks(Parent))]
impl Shy {
    #[pre_start]
    fn start(&mut self, ctx: &mut ActorContext<Self>) {
        drop(ctx.publisher());
    }

    #[handler(entry)]
    async fn go(&mut self, _: Go, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.ask(&self.parent, Limit).await?;
        Ok(())
    }
}

/// It could ask its parent in its `pre_start`, and does not.
pub struct Late {
    parent: ActorRef<Parent>,
}

#[actor(asks(Parent))]
impl Late {
    #[pre_start]
    async fn start(&mut self, ctx: &mut ActorContext<Self>) {
        drop(ctx.publisher());
    }

    #[handler(entry)]
    async fn go(&mut self, _: Go, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.ask(&self.parent, Limit).await?;
        Ok(())
    }
}

/// A tree: each `pre_start` spawns further actors. Each waits for new actors only.
pub struct Branch {
    depth: u64,
}

#[actor(spawns(Branch, Leaf))]
impl Branch {
    #[pre_start]
    async fn start(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        if self.depth > 0 {
            ctx.spawn(Branch { depth: self.depth - 1 }).await?;
            ctx.spawn(Leaf { depth: self.depth - 1 }).await?;
        }
        Ok(())
    }

    #[handler(entry)]
    fn go(&mut self, _: Go) {}
}

pub struct Leaf {
    depth: u64,
}

#[actor(spawns(Branch))]
impl Leaf {
    #[pre_start]
    async fn start(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.spawn(Branch { depth: self.depth }).await?;
        Ok(())
    }

    #[handler(entry)]
    fn go(&mut self, _: Go) {}
}

#[actor_system(strict, actors(entry Parent, Kid, Shy, Late, entry Branch, Leaf))]
pub struct Nest;

fn main() {
    assert_eq!(Nest::topology().warnings(), []);
}

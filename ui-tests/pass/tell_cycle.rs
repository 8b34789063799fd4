//! Actors that tell each other, and themselves.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message]
pub struct Ping;

pub struct Left {
    right: ActorRef<Right>,
}

#[actor(tells(Right, Self))]
impl Left {
    #[handler]
    async fn ping(&mut self, _: Ping, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        let me = ctx.actor_ref();
        ctx.tell(&me, Ping).await?;
        ctx.tell(&self.right, Ping).await?;
        Ok(())
    }
}

pub struct Right {
    left: Option<ActorRef<Left>>,
}

#[actor(tells(Left))]
impl Right {
    #[handler]
    async fn ping(&mut self, _: Ping, ctx: &mut ActorContext<Self>) {
        if let Some(left) = &self.left {
            let _ = ctx.try_tell(left, Ping);
        }
    }
}

#[actor_system(actors(Left, Right))]
pub struct Table;

fn main() {
    assert!(Table::topology().to_mermaid().contains("tells"));
}

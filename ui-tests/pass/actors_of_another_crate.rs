//! A system that hosts actors of another crate beside its own.
#![deny(warnings)]

use airssys_rt::prelude::*;

use airssys_rt_ui_tests::{Left, Ping, Pinged, Relay, Right};

pub type FromLeft = Relay<Left>;

pub struct Own {
    left: ActorRef<Left>,
    right: ActorRef<Right>,
}

#[actor(asks(Left, Right, Relay<Right>), tells(airssys_rt_ui_tests::Left, Right), publishes(Pinged))]
impl Own {
    #[handler]
    async fn ping(&mut self, ping: Ping, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        ctx.publish(Pinged);
        ctx.tell(&self.right, Ping(ping.0)).await?;
        Ok(ctx.ask(&self.left, ping).await?)
    }

    #[on_event]
    fn pinged(&mut self, _: Pinged) {}
}

#[actor_system(actors(Left, Right, FromLeft, Relay<Right>, Own), events(Pinged))]
pub struct Table;

fn main() {
    let mermaid = Table::topology().to_mermaid();
    for name in ["Left", "Right", "FromLeft", "Relay", "Own"] {
        assert!(mermaid.contains(name), "{mermaid}");
    }
}

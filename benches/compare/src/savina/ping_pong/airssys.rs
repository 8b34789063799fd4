use super::rules::{Hits, PingPong};
use crate::savina::{
    finish::{Finish, finish},
    program::Played,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Begin;

#[message]
struct Ping(ActorRef<Pinger>);

/// How many pings have come so far.
#[message]
struct Pong(u64);

struct Pinger {
    pings: u64,
    pongs: u64,
    ponger: ActorRef<Ponger>,
    finish: Finish<Hits>,
}

#[actor(tells(Ponger, cycle = "there is only one ball"))]
impl Pinger {
    #[handler(entry)]
    async fn begin(&mut self, _: Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.tell(&self.ponger, Ping(ctx.actor_ref())).await?;
        Ok(())
    }

    #[handler]
    async fn pong(&mut self, Pong(pings): Pong, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.pongs += 1;
        if self.pongs == self.pings {
            self.finish.say((pings, self.pongs));
            return Ok(());
        }
        ctx.tell(&self.ponger, Ping(ctx.actor_ref())).await?;
        Ok(())
    }
}

struct Ponger(u64);

#[actor(tells(Pinger))]
impl Ponger {
    #[handler]
    async fn ping(&mut self, Ping(pinger): Ping, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.0 += 1;
        ctx.tell(&pinger, Pong(self.0)).await?;
        Ok(())
    }
}

#[actor_system(strict, actors(entry Pinger, entry Ponger))]
struct Table;

pub(crate) async fn run(rules: PingPong) -> Played<Hits> {
    let system = ActorSystem::<Table>::start(SystemConfig::default()).await.expect("the default is good");
    let ponger = system.spawn(Ponger(0)).await.expect("nothing can fail");
    let (finish, outcome) = finish();
    let pinger = Pinger { pings: rules.pings, pongs: 0, ponger, finish };
    let pinger = system.spawn(pinger).await.expect("nothing can fail");
    let begin = Instant::now();
    system.tell(&pinger, Begin).await.expect("the pinger is alive");
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all are idle");
    (time, outcome)
}

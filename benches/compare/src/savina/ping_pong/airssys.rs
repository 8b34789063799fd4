use super::workload::{Hits, PingPong};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Begin;

#[message]
struct Ping(ActorRef<Pinger>);

/// Number of pings received so far.
#[message]
struct Pong(u64);

struct Pinger {
    pings: u64,
    pongs: u64,
    ponger: ActorRef<Ponger>,
    outcome: OutcomeSender<Hits>,
}

#[actor(tells(Ponger, cycle = "there is only one message in flight"))]
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
            self.outcome.send((pings, self.pongs));
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

pub(crate) async fn run(workload: PingPong) -> Measured<Hits> {
    let system = ActorSystem::<Table>::start(SystemConfig::default())
        .await
        .expect("the default configuration is valid");
    let ponger = system.spawn(Ponger(0)).await.expect("the spawn succeeds");
    let (sender, outcome) = outcome_channel();
    let pinger = Pinger { pings: workload.pings, pongs: 0, ponger, outcome: sender };
    let pinger = system.spawn(pinger).await.expect("the spawn succeeds");
    let begin = Instant::now();
    system.tell(&pinger, Begin).await.expect("the pinger is alive");
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all actors are idle");
    (time, outcome)
}

use super::workload::{Hits, PingPong};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use kameo::prelude::*;
use std::time::Instant;

struct Begin;

struct Ping(ActorRef<Pinger>);

/// Number of pings received so far.
struct Pong(u64);

#[derive(Actor)]
struct Pinger {
    pings: u64,
    pongs: u64,
    ponger: ActorRef<Ponger>,
    outcome: OutcomeSender<Hits>,
}

impl Message<Begin> for Pinger {
    type Reply = ();

    async fn handle(&mut self, _: Begin, ctx: &mut Context<Self, ()>) {
        self.ponger.tell(Ping(ctx.actor_ref().clone())).await.expect("the ponger is alive");
    }
}

impl Message<Pong> for Pinger {
    type Reply = ();

    async fn handle(&mut self, Pong(pings): Pong, ctx: &mut Context<Self, ()>) {
        self.pongs += 1;
        if self.pongs == self.pings {
            self.outcome.send((pings, self.pongs));
        } else {
            self.ponger.tell(Ping(ctx.actor_ref().clone())).await.expect("the ponger is alive");
        }
    }
}

#[derive(Actor)]
struct Ponger(u64);

impl Message<Ping> for Ponger {
    type Reply = ();

    async fn handle(&mut self, Ping(pinger): Ping, _: &mut Context<Self, ()>) {
        self.0 += 1;
        pinger.tell(Pong(self.0)).await.expect("the pinger is alive");
    }
}

pub(crate) async fn run(workload: PingPong) -> Measured<Hits> {
    let ponger = spawn::kameo(Ponger(0));
    let (sender, outcome) = outcome_channel();
    let pinger = spawn::kameo(Pinger { pings: workload.pings, pongs: 0, ponger, outcome: sender });
    let begin = Instant::now();
    pinger.tell(Begin).await.expect("the pinger is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

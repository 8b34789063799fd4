use super::rules::{ForkJoin, WORKERS, compute};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use ractor::{Actor, ActorProcessingErr, ActorRef};
use std::time::Instant;

struct Compute(u64);

/// What a worker came to.
struct Join(i64);

struct Worker;

struct Share {
    left: u64,
    sum: i64,
    joiner: ActorRef<Join>,
}

impl Actor for Worker {
    type Msg = Compute;
    type State = Share;
    type Arguments = Share;

    async fn pre_start(&self, _: ActorRef<Compute>, share: Share) -> Result<Share, ActorProcessingErr> {
        Ok(share)
    }

    async fn handle(
        &self,
        _: ActorRef<Compute>,
        Compute(n): Compute,
        share: &mut Share,
    ) -> Result<(), ActorProcessingErr> {
        share.sum += compute(n);
        share.left -= 1;
        if share.left == 0 {
            share.joiner.cast(Join(share.sum))?;
        }
        Ok(())
    }
}

struct Joiner;

struct Joined {
    missing: usize,
    sum: i64,
    finish: Finish<i64>,
}

impl Actor for Joiner {
    type Msg = Join;
    type State = Joined;
    type Arguments = Joined;

    async fn pre_start(&self, _: ActorRef<Join>, joined: Joined) -> Result<Joined, ActorProcessingErr> {
        Ok(joined)
    }

    async fn handle(
        &self,
        _: ActorRef<Join>,
        Join(sum): Join,
        joined: &mut Joined,
    ) -> Result<(), ActorProcessingErr> {
        joined.sum += sum;
        joined.missing -= 1;
        if joined.missing == 0 {
            joined.finish.say(joined.sum);
        }
        Ok(())
    }
}

pub(crate) async fn run(rules: ForkJoin) -> Played<i64> {
    let (finish, outcome) = finish();
    let joiner = peers::ractor(Joiner, Joined { missing: WORKERS, sum: 0, finish }).await;
    let mut workers = Vec::new();
    for _ in 0..WORKERS {
        let share = Share { left: rules.messages, sum: 0, joiner: joiner.clone() };
        workers.push(peers::ractor(Worker, share).await);
    }
    let begin = Instant::now();
    for n in 0..rules.messages {
        for worker in &workers {
            worker.cast(Compute(n)).expect("the worker is alive");
        }
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

use super::rules::{ForkJoin, WORKERS, compute};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use kameo::prelude::*;
use std::time::Instant;

struct Compute(u64);

/// What a worker came to.
struct Join(i64);

#[derive(Actor)]
struct Worker {
    left: u64,
    sum: i64,
    joiner: ActorRef<Joiner>,
}

impl Message<Compute> for Worker {
    type Reply = ();

    async fn handle(&mut self, Compute(n): Compute, _: &mut Context<Self, ()>) {
        self.sum += compute(n);
        self.left -= 1;
        if self.left == 0 {
            self.joiner.tell(Join(self.sum)).await.expect("the joiner is alive");
        }
    }
}

#[derive(Actor)]
struct Joiner {
    missing: usize,
    sum: i64,
    finish: Finish<i64>,
}

impl Message<Join> for Joiner {
    type Reply = ();

    async fn handle(&mut self, Join(sum): Join, _: &mut Context<Self, ()>) {
        self.sum += sum;
        self.missing -= 1;
        if self.missing == 0 {
            self.finish.say(self.sum);
        }
    }
}

pub(crate) async fn run(rules: ForkJoin) -> Played<i64> {
    let (finish, outcome) = finish();
    let joiner = peers::kameo(Joiner { missing: WORKERS, sum: 0, finish });
    let worker = || peers::kameo(Worker { left: rules.messages, sum: 0, joiner: joiner.clone() });
    let workers: Vec<_> = (0..WORKERS).map(|_| worker()).collect();
    let begin = Instant::now();
    for n in 0..rules.messages {
        for worker in &workers {
            worker.tell(Compute(n)).await.expect("the worker is alive");
        }
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

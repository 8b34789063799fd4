use super::workload::{ForkJoin, WORKERS, compute};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use kameo::prelude::*;
use std::time::Instant;

struct Compute(u64);

/// The result of a worker.
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
    outcome: OutcomeSender<i64>,
}

impl Message<Join> for Joiner {
    type Reply = ();

    async fn handle(&mut self, Join(sum): Join, _: &mut Context<Self, ()>) {
        self.sum += sum;
        self.missing -= 1;
        if self.missing == 0 {
            self.outcome.send(self.sum);
        }
    }
}

pub(crate) async fn run(workload: ForkJoin) -> Measured<i64> {
    let (sender, outcome) = outcome_channel();
    let joiner = spawn::kameo(Joiner { missing: WORKERS, sum: 0, outcome: sender });
    let worker = || spawn::kameo(Worker { left: workload.messages, sum: 0, joiner: joiner.clone() });
    let workers: Vec<_> = (0..WORKERS).map(|_| worker()).collect();
    let begin = Instant::now();
    for n in 0..workload.messages {
        for worker in &workers {
            worker.tell(Compute(n)).await.expect("the worker is alive");
        }
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

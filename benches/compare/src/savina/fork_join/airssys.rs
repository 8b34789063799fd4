use super::workload::{ForkJoin, WORKERS, compute};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Compute(u64);

/// The result of a worker.
#[message]
struct Join(i64);

struct Worker {
    left: u64,
    sum: i64,
    joiner: ActorRef<Joiner>,
}

#[actor(tells(Joiner))]
impl Worker {
    #[handler(entry)]
    async fn compute(&mut self, Compute(n): Compute, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.sum += compute(n);
        self.left -= 1;
        if self.left == 0 {
            ctx.tell(&self.joiner, Join(self.sum)).await?;
        }
        Ok(())
    }
}

struct Joiner {
    missing: usize,
    sum: i64,
    outcome: OutcomeSender<i64>,
}

#[actor]
impl Joiner {
    #[handler]
    fn join(&mut self, Join(sum): Join) {
        self.sum += sum;
        self.missing -= 1;
        if self.missing == 0 {
            self.outcome.send(self.sum);
        }
    }
}

#[actor_system(strict, actors(entry Worker, entry Joiner))]
struct Team;

pub(crate) async fn run(workload: ForkJoin) -> Measured<i64> {
    let system = ActorSystem::<Team>::start(SystemConfig::default())
        .await
        .expect("the default configuration is valid");
    let (sender, outcome) = outcome_channel();
    let joiner = Joiner { missing: WORKERS, sum: 0, outcome: sender };
    let joiner = system.spawn(joiner).await.expect("the spawn succeeds");
    let mut workers = Vec::new();
    for _ in 0..WORKERS {
        let worker = Worker { left: workload.messages, sum: 0, joiner: joiner.clone() };
        workers.push(system.spawn(worker).await.expect("the spawn succeeds"));
    }
    let begin = Instant::now();
    for n in 0..workload.messages {
        for worker in &workers {
            system.tell(worker, Compute(n)).await.expect("the worker is alive");
        }
    }
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all actors are idle");
    (time, outcome)
}

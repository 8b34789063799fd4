use super::rules::{ForkJoin, WORKERS, compute};
use crate::savina::{
    finish::{Finish, finish},
    program::Played,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Compute(u64);

/// What a worker came to.
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
    finish: Finish<i64>,
}

#[actor]
impl Joiner {
    #[handler]
    fn join(&mut self, Join(sum): Join) {
        self.sum += sum;
        self.missing -= 1;
        if self.missing == 0 {
            self.finish.say(self.sum);
        }
    }
}

#[actor_system(strict, actors(entry Worker, entry Joiner))]
struct Team;

pub(crate) async fn run(rules: ForkJoin) -> Played<i64> {
    let system = ActorSystem::<Team>::start(SystemConfig::default()).await.expect("the default is good");
    let (finish, outcome) = finish();
    let joiner = Joiner { missing: WORKERS, sum: 0, finish };
    let joiner = system.spawn(joiner).await.expect("nothing can fail");
    let mut workers = Vec::new();
    for _ in 0..WORKERS {
        let worker = Worker { left: rules.messages, sum: 0, joiner: joiner.clone() };
        workers.push(system.spawn(worker).await.expect("nothing can fail"));
    }
    let begin = Instant::now();
    for n in 0..rules.messages {
        for worker in &workers {
            system.tell(worker, Compute(n)).await.expect("the worker is alive");
        }
    }
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all are idle");
    (time, outcome)
}

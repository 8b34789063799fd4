use super::workload::{BITS, Sieve, Sort, Sorted};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Begin(ActorRef<Stage>);

#[message]
struct Number(u32);

struct Source(Sort);

#[actor(tells(Stage))]
impl Source {
    #[handler(entry)]
    async fn begin(&mut self, Begin(first): Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        for number in self.0.numbers() {
            ctx.tell(&first, Number(number)).await?;
        }
        Ok(())
    }
}

enum Next {
    Stage(ActorRef<Stage>),
    Validator(ActorRef<Validator>),
}

struct Stage {
    sieve: Sieve,
    next: Next,
}

#[actor(tells(Stage, cycle = "a stage tells only the stage of the next bit", Validator))]
impl Stage {
    #[handler]
    async fn number(&mut self, Number(number): Number, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        for number in self.sieve.take(number) {
            match &self.next {
                Next::Stage(stage) => ctx.tell(stage, Number(number)).await?,
                Next::Validator(validator) => ctx.tell(validator, Number(number)).await?,
            };
        }
        Ok(())
    }
}

struct Validator {
    numbers: usize,
    sorted: Sorted,
    outcome: OutcomeSender<Sorted>,
}

#[actor]
impl Validator {
    #[handler]
    fn number(&mut self, Number(number): Number) {
        if self.sorted.push(number) == self.numbers {
            self.outcome.send(self.sorted);
        }
    }
}

#[actor_system(strict, actors(entry Source, entry Stage, entry Validator))]
struct Pipeline;

pub(crate) async fn run(workload: Sort) -> Measured<Sorted> {
    let system = ActorSystem::<Pipeline>::start(SystemConfig::default())
        .await
        .expect("the default configuration is valid");
    let (sender, outcome) = outcome_channel();
    let validator = Validator { numbers: workload.numbers, sorted: Sorted::new(), outcome: sender };
    let mut next = Next::Validator(system.spawn(validator).await.expect("the spawn succeeds"));
    // Spawned from the last stage to the first, which sorts by the lowest bit.
    for bit in (1..BITS).rev() {
        let stage = Stage { sieve: Sieve::new(bit, workload.numbers), next };
        next = Next::Stage(system.spawn(stage).await.expect("the spawn succeeds"));
    }
    let first = Stage { sieve: Sieve::new(0, workload.numbers), next };
    let first = system.spawn(first).await.expect("the spawn succeeds");
    let source = system.spawn(Source(workload)).await.expect("the spawn succeeds");
    let begin = Instant::now();
    system.tell(&source, Begin(first)).await.expect("the source is alive");
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all actors are idle");
    (time, outcome)
}

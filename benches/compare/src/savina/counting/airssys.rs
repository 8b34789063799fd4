use super::workload::Counting;
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Begin;

#[message]
struct Increment;

#[message(reply = u64)]
struct Retrieve;

struct Producer {
    messages: u64,
    counter: ActorRef<Counter>,
    outcome: OutcomeSender<u64>,
}

#[actor(tells(Counter), asks(Counter))]
impl Producer {
    #[handler(entry)]
    async fn begin(&mut self, _: Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        for _ in 0..self.messages {
            ctx.tell(&self.counter, Increment).await?;
        }
        self.outcome.send(ctx.ask(&self.counter, Retrieve).await?);
        Ok(())
    }
}

struct Counter(u64);

#[actor]
impl Counter {
    #[handler]
    fn increment(&mut self, _: Increment) {
        self.0 += 1;
    }

    #[handler]
    fn retrieve(&self, _: Retrieve) -> u64 {
        self.0
    }
}

#[actor_system(strict, actors(entry Producer, entry Counter))]
struct Counts;

pub(crate) async fn run(workload: Counting) -> Measured<u64> {
    let system = ActorSystem::<Counts>::start(SystemConfig::default())
        .await
        .expect("the default configuration is valid");
    let counter = system.spawn(Counter(0)).await.expect("the spawn succeeds");
    let (sender, outcome) = outcome_channel();
    let producer = Producer { messages: workload.messages, counter, outcome: sender };
    let producer = system.spawn(producer).await.expect("the spawn succeeds");
    let begin = Instant::now();
    system.tell(&producer, Begin).await.expect("the producer is alive");
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all actors are idle");
    (time, outcome)
}

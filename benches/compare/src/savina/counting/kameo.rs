use super::workload::Counting;
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use kameo::prelude::*;
use std::time::Instant;

struct Begin;

struct Increment;

struct Retrieve;

#[derive(Actor)]
struct Producer {
    messages: u64,
    counter: ActorRef<Counter>,
    outcome: OutcomeSender<u64>,
}

impl Message<Begin> for Producer {
    type Reply = ();

    async fn handle(&mut self, _: Begin, _: &mut Context<Self, ()>) {
        for _ in 0..self.messages {
            self.counter.tell(Increment).await.expect("the counter is alive");
        }
        self.outcome.send(self.counter.ask(Retrieve).await.expect("the counter replies"));
    }
}

#[derive(Actor)]
struct Counter(u64);

impl Message<Increment> for Counter {
    type Reply = ();

    async fn handle(&mut self, _: Increment, _: &mut Context<Self, ()>) {
        self.0 += 1;
    }
}

impl Message<Retrieve> for Counter {
    type Reply = u64;

    async fn handle(&mut self, _: Retrieve, _: &mut Context<Self, u64>) -> u64 {
        self.0
    }
}

pub(crate) async fn run(workload: Counting) -> Measured<u64> {
    let counter = spawn::kameo(Counter(0));
    let (sender, outcome) = outcome_channel();
    let producer = spawn::kameo(Producer { messages: workload.messages, counter, outcome: sender });
    let begin = Instant::now();
    producer.tell(Begin).await.expect("the producer is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

use super::rules::Counting;
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
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
    finish: Finish<u64>,
}

impl Message<Begin> for Producer {
    type Reply = ();

    async fn handle(&mut self, _: Begin, _: &mut Context<Self, ()>) {
        for _ in 0..self.messages {
            self.counter.tell(Increment).await.expect("the counter is alive");
        }
        self.finish.say(self.counter.ask(Retrieve).await.expect("the counter answers"));
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

pub(crate) async fn run(rules: Counting) -> Played<u64> {
    let counter = peers::kameo(Counter(0));
    let (finish, outcome) = finish();
    let producer = peers::kameo(Producer { messages: rules.messages, counter, finish });
    let begin = Instant::now();
    producer.tell(Begin).await.expect("the producer is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

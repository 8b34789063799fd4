use super::workload::{BITS, Sieve, Sort, Sorted};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use kameo::prelude::*;
use std::time::Instant;

struct Begin(ActorRef<Stage>);

struct Number(u32);

#[derive(Actor)]
struct Source(Sort);

impl Message<Begin> for Source {
    type Reply = ();

    async fn handle(&mut self, Begin(first): Begin, _: &mut Context<Self, ()>) {
        for number in self.0.numbers() {
            first.tell(Number(number)).await.expect("the first actor is alive");
        }
    }
}

enum Next {
    Stage(ActorRef<Stage>),
    Validator(ActorRef<Validator>),
}

#[derive(Actor)]
struct Stage {
    sieve: Sieve,
    next: Next,
}

impl Message<Number> for Stage {
    type Reply = ();

    async fn handle(&mut self, Number(number): Number, _: &mut Context<Self, ()>) {
        for number in self.sieve.take(number) {
            match &self.next {
                Next::Stage(stage) => stage.tell(Number(number)).await.expect("the next actor is alive"),
                Next::Validator(validator) => {
                    validator.tell(Number(number)).await.expect("the validator is alive");
                }
            }
        }
    }
}

#[derive(Actor)]
struct Validator {
    numbers: usize,
    sorted: Sorted,
    outcome: OutcomeSender<Sorted>,
}

impl Message<Number> for Validator {
    type Reply = ();

    async fn handle(&mut self, Number(number): Number, _: &mut Context<Self, ()>) {
        if self.sorted.push(number) == self.numbers {
            self.outcome.send(self.sorted);
        }
    }
}

pub(crate) async fn run(workload: Sort) -> Measured<Sorted> {
    let (sender, outcome) = outcome_channel();
    let validator = Validator { numbers: workload.numbers, sorted: Sorted::new(), outcome: sender };
    let mut next = Next::Validator(spawn::kameo(validator));
    // Spawned from the last stage to the first, which sorts by the lowest bit.
    for bit in (1..BITS).rev() {
        next = Next::Stage(spawn::kameo(Stage { sieve: Sieve::new(bit, workload.numbers), next }));
    }
    let first = spawn::kameo(Stage { sieve: Sieve::new(0, workload.numbers), next });
    let source = spawn::kameo(Source(workload));
    let begin = Instant::now();
    source.tell(Begin(first)).await.expect("the source is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

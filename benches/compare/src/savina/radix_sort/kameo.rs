use super::rules::{BITS, Line, Sieve, Sort};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
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
            first.tell(Number(number)).await.expect("the first is alive");
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
                Next::Stage(stage) => stage.tell(Number(number)).await.expect("the next is alive"),
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
    line: Line,
    finish: Finish<Line>,
}

impl Message<Number> for Validator {
    type Reply = ();

    async fn handle(&mut self, Number(number): Number, _: &mut Context<Self, ()>) {
        if self.line.push(number) == self.numbers {
            self.finish.say(self.line);
        }
    }
}

pub(crate) async fn run(rules: Sort) -> Played<Line> {
    let (finish, outcome) = finish();
    let validator = Validator { numbers: rules.numbers, line: Line::new(), finish };
    let mut next = Next::Validator(peers::kameo(validator));
    // From the last stage to the first, which is for the lowest bit.
    for bit in (1..BITS).rev() {
        next = Next::Stage(peers::kameo(Stage { sieve: Sieve::new(bit, rules.numbers), next }));
    }
    let first = peers::kameo(Stage { sieve: Sieve::new(0, rules.numbers), next });
    let source = peers::kameo(Source(rules));
    let begin = Instant::now();
    source.tell(Begin(first)).await.expect("the source is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

use super::rules::{BITS, Line, Sieve, Sort};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use ractor::{Actor, ActorProcessingErr, ActorRef};
use std::time::Instant;

struct Begin(ActorRef<Number>);

struct Number(u32);

struct Source;

impl Actor for Source {
    type Msg = Begin;
    type State = Sort;
    type Arguments = Sort;

    async fn pre_start(&self, _: ActorRef<Begin>, rules: Sort) -> Result<Sort, ActorProcessingErr> {
        Ok(rules)
    }

    async fn handle(
        &self,
        _: ActorRef<Begin>,
        Begin(first): Begin,
        rules: &mut Sort,
    ) -> Result<(), ActorProcessingErr> {
        for number in rules.numbers() {
            first.cast(Number(number))?;
        }
        Ok(())
    }
}

struct Stage;

struct Step {
    sieve: Sieve,
    /// A stage or the validator: both take the same messages.
    next: ActorRef<Number>,
}

impl Actor for Stage {
    type Msg = Number;
    type State = Step;
    type Arguments = Step;

    async fn pre_start(&self, _: ActorRef<Number>, step: Step) -> Result<Step, ActorProcessingErr> {
        Ok(step)
    }

    async fn handle(
        &self,
        _: ActorRef<Number>,
        Number(number): Number,
        step: &mut Step,
    ) -> Result<(), ActorProcessingErr> {
        for number in step.sieve.take(number) {
            step.next.cast(Number(number))?;
        }
        Ok(())
    }
}

struct Validator;

struct Check {
    numbers: usize,
    line: Line,
    finish: Finish<Line>,
}

impl Actor for Validator {
    type Msg = Number;
    type State = Check;
    type Arguments = Check;

    async fn pre_start(&self, _: ActorRef<Number>, check: Check) -> Result<Check, ActorProcessingErr> {
        Ok(check)
    }

    async fn handle(
        &self,
        _: ActorRef<Number>,
        Number(number): Number,
        check: &mut Check,
    ) -> Result<(), ActorProcessingErr> {
        if check.line.push(number) == check.numbers {
            check.finish.say(check.line);
        }
        Ok(())
    }
}

pub(crate) async fn run(rules: Sort) -> Played<Line> {
    let (finish, outcome) = finish();
    let check = Check { numbers: rules.numbers, line: Line::new(), finish };
    let mut next = peers::ractor(Validator, check).await;
    // From the last stage to the first, which is for the lowest bit.
    for bit in (0..BITS).rev() {
        next = peers::ractor(Stage, Step { sieve: Sieve::new(bit, rules.numbers), next }).await;
    }
    let source = peers::ractor(Source, rules).await;
    let begin = Instant::now();
    source.cast(Begin(next)).expect("the source is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

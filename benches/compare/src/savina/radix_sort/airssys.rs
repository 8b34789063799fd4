use super::rules::{BITS, Line, Sieve, Sort};
use crate::savina::{
    finish::{Finish, finish},
    program::Played,
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

#[actor(tells(Stage, cycle = "a stage tells only the one for the next bit", Validator))]
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
    line: Line,
    finish: Finish<Line>,
}

#[actor]
impl Validator {
    #[handler]
    fn number(&mut self, Number(number): Number) {
        if self.line.push(number) == self.numbers {
            self.finish.say(self.line);
        }
    }
}

#[actor_system(strict, actors(entry Source, entry Stage, entry Validator))]
struct Pipeline;

pub(crate) async fn run(rules: Sort) -> Played<Line> {
    let system = ActorSystem::<Pipeline>::start(SystemConfig::default()).await.expect("the default is good");
    let (finish, outcome) = finish();
    let validator = Validator { numbers: rules.numbers, line: Line::new(), finish };
    let mut next = Next::Validator(system.spawn(validator).await.expect("nothing can fail"));
    // From the last stage to the first, which is for the lowest bit.
    for bit in (1..BITS).rev() {
        let stage = Stage { sieve: Sieve::new(bit, rules.numbers), next };
        next = Next::Stage(system.spawn(stage).await.expect("nothing can fail"));
    }
    let first = Stage { sieve: Sieve::new(0, rules.numbers), next };
    let first = system.spawn(first).await.expect("nothing can fail");
    let source = system.spawn(Source(rules)).await.expect("nothing can fail");
    let begin = Instant::now();
    system.tell(&source, Begin(first)).await.expect("the source is alive");
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all are idle");
    (time, outcome)
}

use super::workload::{BITS, Sieve, Sort, Sorted};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
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

    async fn pre_start(&self, _: ActorRef<Begin>, workload: Sort) -> Result<Sort, ActorProcessingErr> {
        Ok(workload)
    }

    async fn handle(
        &self,
        _: ActorRef<Begin>,
        Begin(first): Begin,
        workload: &mut Sort,
    ) -> Result<(), ActorProcessingErr> {
        for number in workload.numbers() {
            first.cast(Number(number))?;
        }
        Ok(())
    }
}

struct Stage;

struct StageState {
    sieve: Sieve,
    /// A stage or the validator: both receive the same messages.
    next: ActorRef<Number>,
}

impl Actor for Stage {
    type Msg = Number;
    type State = StageState;
    type Arguments = StageState;

    async fn pre_start(
        &self,
        _: ActorRef<Number>,
        state: StageState,
    ) -> Result<StageState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<Number>,
        Number(number): Number,
        state: &mut StageState,
    ) -> Result<(), ActorProcessingErr> {
        for number in state.sieve.take(number) {
            state.next.cast(Number(number))?;
        }
        Ok(())
    }
}

struct Validator;

struct ValidatorState {
    numbers: usize,
    sorted: Sorted,
    outcome: OutcomeSender<Sorted>,
}

impl Actor for Validator {
    type Msg = Number;
    type State = ValidatorState;
    type Arguments = ValidatorState;

    async fn pre_start(
        &self,
        _: ActorRef<Number>,
        state: ValidatorState,
    ) -> Result<ValidatorState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<Number>,
        Number(number): Number,
        state: &mut ValidatorState,
    ) -> Result<(), ActorProcessingErr> {
        if state.sorted.push(number) == state.numbers {
            state.outcome.send(state.sorted);
        }
        Ok(())
    }
}

pub(crate) async fn run(workload: Sort) -> Measured<Sorted> {
    let (sender, outcome) = outcome_channel();
    let state = ValidatorState { numbers: workload.numbers, sorted: Sorted::new(), outcome: sender };
    let mut next = spawn::ractor(Validator, state).await;
    // Spawned from the last stage to the first, which sorts by the lowest bit.
    for bit in (0..BITS).rev() {
        next = spawn::ractor(Stage, StageState { sieve: Sieve::new(bit, workload.numbers), next }).await;
    }
    let source = spawn::ractor(Source, workload).await;
    let begin = Instant::now();
    source.cast(Begin(next)).expect("the source is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

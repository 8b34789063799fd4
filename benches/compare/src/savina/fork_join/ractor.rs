use super::workload::{ForkJoin, WORKERS, compute};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use ractor::{Actor, ActorProcessingErr, ActorRef};
use std::time::Instant;

struct Compute(u64);

/// The result of a worker.
struct Join(i64);

struct Worker;

struct WorkerState {
    left: u64,
    sum: i64,
    joiner: ActorRef<Join>,
}

impl Actor for Worker {
    type Msg = Compute;
    type State = WorkerState;
    type Arguments = WorkerState;

    async fn pre_start(
        &self,
        _: ActorRef<Compute>,
        state: WorkerState,
    ) -> Result<WorkerState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<Compute>,
        Compute(n): Compute,
        state: &mut WorkerState,
    ) -> Result<(), ActorProcessingErr> {
        state.sum += compute(n);
        state.left -= 1;
        if state.left == 0 {
            state.joiner.cast(Join(state.sum))?;
        }
        Ok(())
    }
}

struct Joiner;

struct JoinerState {
    missing: usize,
    sum: i64,
    outcome: OutcomeSender<i64>,
}

impl Actor for Joiner {
    type Msg = Join;
    type State = JoinerState;
    type Arguments = JoinerState;

    async fn pre_start(
        &self,
        _: ActorRef<Join>,
        state: JoinerState,
    ) -> Result<JoinerState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<Join>,
        Join(sum): Join,
        state: &mut JoinerState,
    ) -> Result<(), ActorProcessingErr> {
        state.sum += sum;
        state.missing -= 1;
        if state.missing == 0 {
            state.outcome.send(state.sum);
        }
        Ok(())
    }
}

pub(crate) async fn run(workload: ForkJoin) -> Measured<i64> {
    let (sender, outcome) = outcome_channel();
    let joiner = spawn::ractor(Joiner, JoinerState { missing: WORKERS, sum: 0, outcome: sender }).await;
    let mut workers = Vec::new();
    for _ in 0..WORKERS {
        let state = WorkerState { left: workload.messages, sum: 0, joiner: joiner.clone() };
        workers.push(spawn::ractor(Worker, state).await);
    }
    let begin = Instant::now();
    for n in 0..workload.messages {
        for worker in &workers {
            worker.cast(Compute(n)).expect("the worker is alive");
        }
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

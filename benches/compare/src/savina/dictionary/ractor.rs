use super::workload::{Access, Accesses, Answers, Dictionary, WORKERS};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort, call};
use std::time::Instant;

enum ToShelf {
    Read(u64, RpcReplyPort<u64>),
    /// A key and its value. The reply is the old value.
    Write(u64, u64, RpcReplyPort<u64>),
    Sum(RpcReplyPort<u64>),
}

struct Begin;

struct Done(Answers);

struct Shelf;

impl Actor for Shelf {
    type Msg = ToShelf;
    type State = Dictionary;
    type Arguments = Dictionary;

    async fn pre_start(
        &self,
        _: ActorRef<ToShelf>,
        dictionary: Dictionary,
    ) -> Result<Dictionary, ActorProcessingErr> {
        Ok(dictionary)
    }

    async fn handle(
        &self,
        _: ActorRef<ToShelf>,
        message: ToShelf,
        dictionary: &mut Dictionary,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToShelf::Read(key, port) => port.send(dictionary.read(key))?,
            ToShelf::Write(key, value, port) => port.send(dictionary.write(key, value))?,
            ToShelf::Sum(port) => port.send(dictionary.sum())?,
        }
        Ok(())
    }
}

struct Worker;

struct WorkerState {
    number: u64,
    workload: Accesses,
    shelf: ActorRef<ToShelf>,
    sink: ActorRef<Done>,
}

impl Actor for Worker {
    type Msg = Begin;
    type State = WorkerState;
    type Arguments = WorkerState;

    async fn pre_start(
        &self,
        _: ActorRef<Begin>,
        state: WorkerState,
    ) -> Result<WorkerState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<Begin>,
        _: Begin,
        state: &mut WorkerState,
    ) -> Result<(), ActorProcessingErr> {
        let mut answers = Answers::default();
        for access in state.workload.of_worker(state.number) {
            match access {
                Access::Read(key) => answers.read(key, call!(state.shelf, ToShelf::Read, key)?),
                Access::Write(key, value) => {
                    answers.replaced(call!(state.shelf, ToShelf::Write, key, value)?);
                }
            }
        }
        state.sink.cast(Done(answers))?;
        Ok(())
    }
}

struct Sink;

struct SinkState {
    missing: u64,
    answers: Answers,
    outcome: OutcomeSender<Answers>,
}

impl Actor for Sink {
    type Msg = Done;
    type State = SinkState;
    type Arguments = SinkState;

    async fn pre_start(&self, _: ActorRef<Done>, state: SinkState) -> Result<SinkState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<Done>,
        Done(answers): Done,
        state: &mut SinkState,
    ) -> Result<(), ActorProcessingErr> {
        state.answers.add(answers);
        state.missing -= 1;
        if state.missing == 0 {
            state.outcome.send(state.answers);
        }
        Ok(())
    }
}

pub(crate) async fn run(workload: Accesses) -> Measured<(Answers, u64)> {
    let (sender, outcome) = outcome_channel();
    let missing = SinkState { missing: WORKERS, answers: Answers::default(), outcome: sender };
    let sink = spawn::ractor(Sink, missing).await;
    let shelf = spawn::ractor(Shelf, Dictionary::new()).await;
    let mut workers = Vec::new();
    for number in 0..WORKERS {
        let state = WorkerState { number, workload, shelf: shelf.clone(), sink: sink.clone() };
        workers.push(spawn::ractor(Worker, state).await);
    }
    let begin = Instant::now();
    for worker in &workers {
        worker.cast(Begin).expect("the worker is alive");
    }
    let answers = outcome.wait().await;
    let time = begin.elapsed();
    (time, (answers, call!(shelf, ToShelf::Sum).expect("the shelf replies")))
}

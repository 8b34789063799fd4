use super::workload::{Big, Choice, WORKERS};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort, call};
use std::{sync::Arc, time::Instant};

type Workers = Arc<[ActorRef<ToWorker>]>;

enum ToWorker {
    Open(Workers),
    Begin,
    /// The number of the sender.
    Ping(usize),
    /// The number of the sender.
    Pong(usize),
    Answered(RpcReplyPort<u64>),
}

/// A worker has received all its pongs.
struct Done(Workers);

struct Worker;

struct WorkerState {
    me: usize,
    left: u64,
    choice: Choice,
    pinged: usize,
    answered: u64,
    workers: Workers,
    sink: ActorRef<Done>,
}

impl WorkerState {
    fn ping_one(&mut self) -> Result<(), ActorProcessingErr> {
        self.pinged = self.choice.next();
        self.workers[self.pinged].cast(ToWorker::Ping(self.me))?;
        Ok(())
    }
}

impl Actor for Worker {
    type Msg = ToWorker;
    type State = WorkerState;
    type Arguments = WorkerState;

    async fn pre_start(
        &self,
        _: ActorRef<ToWorker>,
        state: WorkerState,
    ) -> Result<WorkerState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<ToWorker>,
        message: ToWorker,
        state: &mut WorkerState,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToWorker::Open(workers) => state.workers = workers,
            ToWorker::Begin => state.ping_one()?,
            ToWorker::Ping(from) => {
                state.answered += 1;
                state.workers[from].cast(ToWorker::Pong(state.me))?;
            }
            ToWorker::Pong(by) => {
                assert_eq!(by, state.pinged, "the pong comes from the pinged worker");
                state.left -= 1;
                if state.left > 0 {
                    state.ping_one()?;
                } else {
                    state.sink.cast(Done(state.workers.clone()))?;
                }
            }
            ToWorker::Answered(port) => port.send(state.answered)?,
        }
        Ok(())
    }
}

struct Sink;

struct SinkState {
    missing: usize,
    outcome: OutcomeSender<Vec<u64>>,
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
        Done(workers): Done,
        state: &mut SinkState,
    ) -> Result<(), ActorProcessingErr> {
        state.missing -= 1;
        if state.missing == 0 {
            let mut answered = Vec::new();
            for worker in &*workers {
                answered.push(call!(worker, ToWorker::Answered)?);
            }
            state.outcome.send(answered);
        }
        Ok(())
    }
}

pub(crate) async fn run(workload: Big) -> Measured<Vec<u64>> {
    let (sender, outcome) = outcome_channel();
    let sink = spawn::ractor(Sink, SinkState { missing: WORKERS, outcome: sender }).await;
    let mut workers = Vec::new();
    for me in 0..WORKERS {
        let state = WorkerState {
            me,
            left: workload.pings,
            choice: workload.choice(me),
            pinged: me,
            answered: 0,
            workers: Arc::new([]),
            sink: sink.clone(),
        };
        workers.push(spawn::ractor(Worker, state).await);
    }
    let workers: Workers = workers.into();
    // All workers know each other before the first ping is sent.
    for worker in &*workers {
        worker.cast(ToWorker::Open(workers.clone())).expect("the worker is alive");
    }
    let begin = Instant::now();
    for worker in &*workers {
        worker.cast(ToWorker::Begin).expect("the worker is alive");
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

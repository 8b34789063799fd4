use super::workload::{Integral, Piece, WORKERS};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use ractor::{Actor, ActorProcessingErr, ActorRef};
use std::time::Instant;

struct Work {
    piece: Piece,
    master: ActorRef<ToMaster>,
}

enum ToMaster {
    Begin(Vec<ActorRef<Work>>),
    Area(f64),
}

struct Worker;

impl Actor for Worker {
    type Msg = Work;
    type State = ();
    type Arguments = ();

    async fn pre_start(&self, _: ActorRef<Work>, (): ()) -> Result<(), ActorProcessingErr> {
        Ok(())
    }

    async fn handle(
        &self,
        _: ActorRef<Work>,
        Work { piece, master }: Work,
        (): &mut (),
    ) -> Result<(), ActorProcessingErr> {
        master.cast(ToMaster::Area(piece.area()))?;
        Ok(())
    }
}

struct Master;

struct MasterState {
    workload: Integral,
    missing: u32,
    area: f64,
    outcome: OutcomeSender<f64>,
}

impl Actor for Master {
    type Msg = ToMaster;
    type State = MasterState;
    type Arguments = MasterState;

    async fn pre_start(
        &self,
        _: ActorRef<ToMaster>,
        state: MasterState,
    ) -> Result<MasterState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        myself: ActorRef<ToMaster>,
        message: ToMaster,
        state: &mut MasterState,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToMaster::Begin(workers) => {
                for (piece, worker) in state.workload.pieces().zip(&workers) {
                    worker.cast(Work { piece, master: myself.clone() })?;
                }
            }
            ToMaster::Area(area) => {
                state.area += area;
                state.missing -= 1;
                if state.missing == 0 {
                    state.outcome.send(state.area);
                }
            }
        }
        Ok(())
    }
}

pub(crate) async fn run(workload: Integral) -> Measured<f64> {
    let (sender, outcome) = outcome_channel();
    let state = MasterState { workload, missing: WORKERS, area: 0.0, outcome: sender };
    let master = spawn::ractor(Master, state).await;
    let mut workers = Vec::new();
    for _ in 0..WORKERS {
        workers.push(spawn::ractor(Worker, ()).await);
    }
    let begin = Instant::now();
    master.cast(ToMaster::Begin(workers)).expect("the master is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

use super::rules::{Integral, Piece, WORKERS};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
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

struct Plan {
    rules: Integral,
    missing: u32,
    area: f64,
    finish: Finish<f64>,
}

impl Actor for Master {
    type Msg = ToMaster;
    type State = Plan;
    type Arguments = Plan;

    async fn pre_start(&self, _: ActorRef<ToMaster>, plan: Plan) -> Result<Plan, ActorProcessingErr> {
        Ok(plan)
    }

    async fn handle(
        &self,
        myself: ActorRef<ToMaster>,
        message: ToMaster,
        plan: &mut Plan,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToMaster::Begin(workers) => {
                for (piece, worker) in plan.rules.pieces().zip(&workers) {
                    worker.cast(Work { piece, master: myself.clone() })?;
                }
            }
            ToMaster::Area(area) => {
                plan.area += area;
                plan.missing -= 1;
                if plan.missing == 0 {
                    plan.finish.say(plan.area);
                }
            }
        }
        Ok(())
    }
}

pub(crate) async fn run(rules: Integral) -> Played<f64> {
    let (finish, outcome) = finish();
    let plan = Plan { rules, missing: WORKERS, area: 0.0, finish };
    let master = peers::ractor(Master, plan).await;
    let mut workers = Vec::new();
    for _ in 0..WORKERS {
        workers.push(peers::ractor(Worker, ()).await);
    }
    let begin = Instant::now();
    master.cast(ToMaster::Begin(workers)).expect("the master is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

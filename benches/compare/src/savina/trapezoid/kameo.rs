use super::workload::{Integral, Piece, WORKERS};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use kameo::prelude::*;
use std::time::Instant;

struct Begin(Vec<ActorRef<Worker>>);

struct Work {
    piece: Piece,
    master: ActorRef<Master>,
}

struct Area(f64);

#[derive(Actor)]
struct Worker;

impl Message<Work> for Worker {
    type Reply = ();

    async fn handle(&mut self, Work { piece, master }: Work, _: &mut Context<Self, ()>) {
        master.tell(Area(piece.area())).await.expect("the master is alive");
    }
}

#[derive(Actor)]
struct Master {
    workload: Integral,
    missing: u32,
    area: f64,
    outcome: OutcomeSender<f64>,
}

impl Message<Begin> for Master {
    type Reply = ();

    async fn handle(&mut self, Begin(workers): Begin, ctx: &mut Context<Self, ()>) {
        for (piece, worker) in self.workload.pieces().zip(&workers) {
            let work = Work { piece, master: ctx.actor_ref().clone() };
            worker.tell(work).await.expect("the worker is alive");
        }
    }
}

impl Message<Area> for Master {
    type Reply = ();

    async fn handle(&mut self, Area(area): Area, _: &mut Context<Self, ()>) {
        self.area += area;
        self.missing -= 1;
        if self.missing == 0 {
            self.outcome.send(self.area);
        }
    }
}

pub(crate) async fn run(workload: Integral) -> Measured<f64> {
    let (sender, outcome) = outcome_channel();
    let master = spawn::kameo(Master { workload, missing: WORKERS, area: 0.0, outcome: sender });
    let workers: Vec<_> = (0..WORKERS).map(|_| spawn::kameo(Worker)).collect();
    let begin = Instant::now();
    master.tell(Begin(workers)).await.expect("the master is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

use super::workload::{Integral, Piece, WORKERS};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Begin(Vec<ActorRef<Worker>>);

#[message]
struct Work {
    piece: Piece,
    master: ActorRef<Master>,
}

#[message]
struct Area(f64);

struct Worker;

#[actor(tells(Master))]
impl Worker {
    #[handler]
    async fn work(
        &mut self,
        Work { piece, master }: Work,
        ctx: &mut ActorContext<Self>,
    ) -> Result<(), Fault> {
        ctx.tell(&master, Area(piece.area())).await?;
        Ok(())
    }
}

struct Master {
    workload: Integral,
    missing: u32,
    area: f64,
    outcome: OutcomeSender<f64>,
}

#[actor(tells(Worker, cycle = "each worker gets one piece"))]
impl Master {
    #[handler(entry)]
    async fn begin(&mut self, Begin(workers): Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        for (piece, worker) in self.workload.pieces().zip(&workers) {
            ctx.tell(worker, Work { piece, master: ctx.actor_ref() }).await?;
        }
        Ok(())
    }

    #[handler]
    fn area(&mut self, Area(area): Area) {
        self.area += area;
        self.missing -= 1;
        if self.missing == 0 {
            self.outcome.send(self.area);
        }
    }
}

#[actor_system(strict, actors(entry Worker, entry Master))]
struct Office;

pub(crate) async fn run(workload: Integral) -> Measured<f64> {
    let system = ActorSystem::<Office>::start(SystemConfig::default())
        .await
        .expect("the default configuration is valid");
    let (sender, outcome) = outcome_channel();
    let master = Master { workload, missing: WORKERS, area: 0.0, outcome: sender };
    let master = system.spawn(master).await.expect("the spawn succeeds");
    let mut workers = Vec::new();
    for _ in 0..WORKERS {
        workers.push(system.spawn(Worker).await.expect("the spawn succeeds"));
    }
    let begin = Instant::now();
    system.tell(&master, Begin(workers)).await.expect("the master is alive");
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all actors are idle");
    (time, outcome)
}

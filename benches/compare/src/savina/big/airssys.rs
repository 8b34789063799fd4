use super::workload::{Big, Choice, WORKERS};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
};
use airssys_rt::prelude::*;
use std::{sync::Arc, time::Instant};

#[message]
struct Begin;

/// All workers.
#[message]
struct Open(Arc<[ActorRef<Worker>]>);

/// The number of the sender.
#[message]
struct Ping(usize);

/// The number of the sender.
#[message]
struct Pong(usize);

/// A worker has received all its pongs.
#[message]
struct Done(Arc<[ActorRef<Worker>]>);

#[message(reply = u64)]
struct Answered;

struct Worker {
    me: usize,
    left: u64,
    choice: Choice,
    pinged: usize,
    answered: u64,
    workers: Arc<[ActorRef<Worker>]>,
    sink: ActorRef<Sink>,
}

#[actor(tells(
    // Holds as long as there are fewer workers than the capacity of a mailbox, see `workload.rs`.
    Worker, cycle = "each worker has one ping or its pong in flight, so no mailbox gets full",
    Sink, cycle = "the sink asks after all workers have told it",
))]
impl Worker {
    #[handler(entry)]
    fn open(&mut self, Open(workers): Open) {
        self.workers = workers;
    }

    #[handler(entry)]
    async fn begin(&mut self, _: Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.ping_one(ctx).await
    }

    #[handler]
    async fn ping(&mut self, Ping(from): Ping, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.answered += 1;
        ctx.tell(&self.workers[from], Pong(self.me)).await?;
        Ok(())
    }

    #[handler]
    async fn pong(&mut self, Pong(by): Pong, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        assert_eq!(by, self.pinged, "the pong comes from the pinged worker");
        self.left -= 1;
        if self.left > 0 {
            return self.ping_one(ctx).await;
        }
        ctx.tell(&self.sink, Done(self.workers.clone())).await?;
        Ok(())
    }

    #[handler]
    fn answered(&self, _: Answered) -> u64 {
        self.answered
    }

    async fn ping_one(&mut self, ctx: &ActorContext<Self>) -> Result<(), Fault> {
        self.pinged = self.choice.next();
        ctx.tell(&self.workers[self.pinged], Ping(self.me)).await?;
        Ok(())
    }
}

struct Sink {
    missing: usize,
    outcome: OutcomeSender<Vec<u64>>,
}

#[actor(asks(Worker))]
impl Sink {
    #[handler]
    async fn done(&mut self, Done(workers): Done, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.missing -= 1;
        if self.missing == 0 {
            let mut answered = Vec::new();
            for worker in &*workers {
                answered.push(ctx.ask(worker, Answered).await?);
            }
            self.outcome.send(answered);
        }
        Ok(())
    }
}

#[actor_system(strict, actors(entry Worker, entry Sink))]
struct Crowd;

pub(crate) async fn run(workload: Big) -> Measured<Vec<u64>> {
    let system = ActorSystem::<Crowd>::start(SystemConfig::default())
        .await
        .expect("the default configuration is valid");
    let (sender, outcome) = outcome_channel();
    let sink = system.spawn(Sink { missing: WORKERS, outcome: sender }).await.expect("the spawn succeeds");
    let mut workers = Vec::new();
    for me in 0..WORKERS {
        let worker = Worker {
            me,
            left: workload.pings,
            choice: workload.choice(me),
            pinged: me,
            answered: 0,
            workers: Arc::default(),
            sink: sink.clone(),
        };
        workers.push(system.spawn(worker).await.expect("the spawn succeeds"));
    }
    let workers: Arc<[_]> = workers.into();
    // All workers know each other before the first ping is sent.
    for worker in &*workers {
        system.tell(worker, Open(workers.clone())).await.expect("the worker is alive");
    }
    let begin = Instant::now();
    for worker in &*workers {
        system.tell(worker, Begin).await.expect("the worker is alive");
    }
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all actors are idle");
    (time, outcome)
}

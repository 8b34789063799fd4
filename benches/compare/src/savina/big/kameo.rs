use super::workload::{Big, Choice, WORKERS};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use kameo::prelude::*;
use std::{sync::Arc, time::Instant};

struct Begin;

/// All workers.
struct Open(Arc<[ActorRef<Worker>]>);

/// The number of the sender.
struct Ping(usize);

/// The number of the sender.
struct Pong(usize);

/// A worker has received all its pongs.
struct Done(Arc<[ActorRef<Worker>]>);

struct Answered;

#[derive(Actor)]
struct Worker {
    me: usize,
    left: u64,
    choice: Choice,
    pinged: usize,
    answered: u64,
    workers: Arc<[ActorRef<Worker>]>,
    sink: ActorRef<Sink>,
}

impl Worker {
    async fn ping_one(&mut self) {
        self.pinged = self.choice.next();
        self.workers[self.pinged].tell(Ping(self.me)).await.expect("the worker is alive");
    }
}

impl Message<Open> for Worker {
    type Reply = ();

    async fn handle(&mut self, Open(workers): Open, _: &mut Context<Self, ()>) {
        self.workers = workers;
    }
}

impl Message<Begin> for Worker {
    type Reply = ();

    async fn handle(&mut self, _: Begin, _: &mut Context<Self, ()>) {
        self.ping_one().await;
    }
}

impl Message<Ping> for Worker {
    type Reply = ();

    async fn handle(&mut self, Ping(from): Ping, _: &mut Context<Self, ()>) {
        self.answered += 1;
        self.workers[from].tell(Pong(self.me)).await.expect("the worker is alive");
    }
}

impl Message<Pong> for Worker {
    type Reply = ();

    async fn handle(&mut self, Pong(by): Pong, _: &mut Context<Self, ()>) {
        assert_eq!(by, self.pinged, "the pong comes from the pinged worker");
        self.left -= 1;
        if self.left > 0 {
            return self.ping_one().await;
        }
        self.sink.tell(Done(self.workers.clone())).await.expect("the sink is alive");
    }
}

impl Message<Answered> for Worker {
    type Reply = u64;

    async fn handle(&mut self, _: Answered, _: &mut Context<Self, u64>) -> u64 {
        self.answered
    }
}

#[derive(Actor)]
struct Sink {
    missing: usize,
    outcome: OutcomeSender<Vec<u64>>,
}

impl Message<Done> for Sink {
    type Reply = ();

    async fn handle(&mut self, Done(workers): Done, _: &mut Context<Self, ()>) {
        self.missing -= 1;
        if self.missing == 0 {
            let mut answered = Vec::new();
            for worker in &*workers {
                answered.push(worker.ask(Answered).await.expect("the worker replies"));
            }
            self.outcome.send(answered);
        }
    }
}

pub(crate) async fn run(workload: Big) -> Measured<Vec<u64>> {
    let (sender, outcome) = outcome_channel();
    let sink = spawn::kameo(Sink { missing: WORKERS, outcome: sender });
    let worker = |me| Worker {
        me,
        left: workload.pings,
        choice: workload.choice(me),
        pinged: me,
        answered: 0,
        workers: Arc::new([]),
        sink: sink.clone(),
    };
    let workers: Arc<[_]> = (0..WORKERS).map(|me| spawn::kameo(worker(me))).collect();
    // All workers know each other before the first ping is sent.
    for worker in &*workers {
        worker.tell(Open(workers.clone())).await.expect("the worker is alive");
    }
    let begin = Instant::now();
    for worker in &*workers {
        worker.tell(Begin).await.expect("the worker is alive");
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

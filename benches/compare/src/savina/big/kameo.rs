use super::rules::{Big, Choice, WORKERS};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use kameo::prelude::*;
use std::{sync::Arc, time::Instant};

struct Begin;

/// Everybody.
struct Open(Arc<[ActorRef<Worker>]>);

/// From this worker.
struct Ping(usize);

/// By this worker.
struct Pong(usize);

/// A worker has all its pongs.
struct Done(Arc<[ActorRef<Worker>]>);

struct Answered;

#[derive(Actor)]
struct Worker {
    me: usize,
    left: u64,
    choice: Choice,
    pinged: usize,
    answered: u64,
    everybody: Arc<[ActorRef<Worker>]>,
    sink: ActorRef<Sink>,
}

impl Worker {
    async fn ping_one(&mut self) {
        self.pinged = self.choice.next();
        self.everybody[self.pinged].tell(Ping(self.me)).await.expect("the worker is alive");
    }
}

impl Message<Open> for Worker {
    type Reply = ();

    async fn handle(&mut self, Open(everybody): Open, _: &mut Context<Self, ()>) {
        self.everybody = everybody;
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
        self.everybody[from].tell(Pong(self.me)).await.expect("the worker is alive");
    }
}

impl Message<Pong> for Worker {
    type Reply = ();

    async fn handle(&mut self, Pong(by): Pong, _: &mut Context<Self, ()>) {
        assert_eq!(by, self.pinged, "whoever was pinged answers");
        self.left -= 1;
        if self.left > 0 {
            return self.ping_one().await;
        }
        self.sink.tell(Done(self.everybody.clone())).await.expect("the sink is alive");
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
    finish: Finish<Vec<u64>>,
}

impl Message<Done> for Sink {
    type Reply = ();

    async fn handle(&mut self, Done(everybody): Done, _: &mut Context<Self, ()>) {
        self.missing -= 1;
        if self.missing == 0 {
            let mut answered = Vec::new();
            for worker in &*everybody {
                answered.push(worker.ask(Answered).await.expect("the worker answers"));
            }
            self.finish.say(answered);
        }
    }
}

pub(crate) async fn run(rules: Big) -> Played<Vec<u64>> {
    let (finish, outcome) = finish();
    let sink = peers::kameo(Sink { missing: WORKERS, finish });
    let worker = |me| Worker {
        me,
        left: rules.pings,
        choice: rules.choice(me),
        pinged: me,
        answered: 0,
        everybody: Arc::new([]),
        sink: sink.clone(),
    };
    let everybody: Arc<[_]> = (0..WORKERS).map(|me| peers::kameo(worker(me))).collect();
    // All know each other before the first one is pinged.
    for worker in &*everybody {
        worker.tell(Open(everybody.clone())).await.expect("the worker is alive");
    }
    let begin = Instant::now();
    for worker in &*everybody {
        worker.tell(Begin).await.expect("the worker is alive");
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

use super::workload::{Access, Accesses, Answers, Dictionary, WORKERS};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use kameo::prelude::*;
use std::time::Instant;

struct Begin;

struct Read(u64);

/// The reply is the old value.
struct Write {
    key: u64,
    value: u64,
}

struct Sum;

struct Done(Answers);

#[derive(Actor)]
struct Shelf(Dictionary);

impl Message<Read> for Shelf {
    type Reply = u64;

    async fn handle(&mut self, Read(key): Read, _: &mut Context<Self, u64>) -> u64 {
        self.0.read(key)
    }
}

impl Message<Write> for Shelf {
    type Reply = u64;

    async fn handle(&mut self, Write { key, value }: Write, _: &mut Context<Self, u64>) -> u64 {
        self.0.write(key, value)
    }
}

impl Message<Sum> for Shelf {
    type Reply = u64;

    async fn handle(&mut self, _: Sum, _: &mut Context<Self, u64>) -> u64 {
        self.0.sum()
    }
}

#[derive(Actor)]
struct Worker {
    number: u64,
    workload: Accesses,
    shelf: ActorRef<Shelf>,
    sink: ActorRef<Sink>,
}

impl Message<Begin> for Worker {
    type Reply = ();

    async fn handle(&mut self, _: Begin, _: &mut Context<Self, ()>) {
        let mut answers = Answers::default();
        for access in self.workload.of_worker(self.number) {
            match access {
                Access::Read(key) => {
                    answers.read(key, self.shelf.ask(Read(key)).await.expect("the shelf replies"));
                }
                Access::Write(key, value) => {
                    answers.replaced(self.shelf.ask(Write { key, value }).await.expect("the shelf replies"));
                }
            }
        }
        self.sink.tell(Done(answers)).await.expect("the sink is alive");
    }
}

#[derive(Actor)]
struct Sink {
    missing: u64,
    answers: Answers,
    outcome: OutcomeSender<Answers>,
}

impl Message<Done> for Sink {
    type Reply = ();

    async fn handle(&mut self, Done(answers): Done, _: &mut Context<Self, ()>) {
        self.answers.add(answers);
        self.missing -= 1;
        if self.missing == 0 {
            self.outcome.send(self.answers);
        }
    }
}

pub(crate) async fn run(workload: Accesses) -> Measured<(Answers, u64)> {
    let (sender, outcome) = outcome_channel();
    let sink = spawn::kameo(Sink { missing: WORKERS, answers: Answers::default(), outcome: sender });
    let shelf = spawn::kameo(Shelf(Dictionary::new()));
    let worker = |number| spawn::kameo(Worker { number, workload, shelf: shelf.clone(), sink: sink.clone() });
    let workers: Vec<_> = (0..WORKERS).map(worker).collect();
    let begin = Instant::now();
    for worker in &workers {
        worker.tell(Begin).await.expect("the worker is alive");
    }
    let answers = outcome.wait().await;
    let time = begin.elapsed();
    (time, (answers, shelf.ask(Sum).await.expect("the shelf replies")))
}

use super::rules::{Access, Accesses, Dictionary, Seen, WORKERS};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use kameo::prelude::*;
use std::time::Instant;

struct Begin;

struct Read(u64);

/// The answer is the old value.
struct Write {
    key: u64,
    value: u64,
}

struct Sum;

struct Done(Seen);

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
    rules: Accesses,
    shelf: ActorRef<Shelf>,
    sink: ActorRef<Sink>,
}

impl Message<Begin> for Worker {
    type Reply = ();

    async fn handle(&mut self, _: Begin, _: &mut Context<Self, ()>) {
        let mut seen = Seen::default();
        for access in self.rules.of_worker(self.number) {
            match access {
                Access::Read(key) => {
                    seen.read(key, self.shelf.ask(Read(key)).await.expect("the shelf answers"));
                }
                Access::Write(key, value) => {
                    seen.replaced(self.shelf.ask(Write { key, value }).await.expect("the shelf answers"));
                }
            }
        }
        self.sink.tell(Done(seen)).await.expect("the sink is alive");
    }
}

#[derive(Actor)]
struct Sink {
    missing: u64,
    seen: Seen,
    finish: Finish<Seen>,
}

impl Message<Done> for Sink {
    type Reply = ();

    async fn handle(&mut self, Done(seen): Done, _: &mut Context<Self, ()>) {
        self.seen.add(seen);
        self.missing -= 1;
        if self.missing == 0 {
            self.finish.say(self.seen);
        }
    }
}

pub(crate) async fn run(rules: Accesses) -> Played<(Seen, u64)> {
    let (finish, outcome) = finish();
    let sink = peers::kameo(Sink { missing: WORKERS, seen: Seen::default(), finish });
    let shelf = peers::kameo(Shelf(Dictionary::new()));
    let worker = |number| peers::kameo(Worker { number, rules, shelf: shelf.clone(), sink: sink.clone() });
    let workers: Vec<_> = (0..WORKERS).map(worker).collect();
    let begin = Instant::now();
    for worker in &workers {
        worker.tell(Begin).await.expect("the worker is alive");
    }
    let seen = outcome.wait().await;
    let time = begin.elapsed();
    (time, (seen, shelf.ask(Sum).await.expect("the shelf answers")))
}

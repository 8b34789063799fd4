use super::rules::{Access, Accesses, Dictionary, Seen, WORKERS};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort, call};
use std::time::Instant;

enum ToShelf {
    Read(u64, RpcReplyPort<u64>),
    /// A key and its value. The answer is the old value.
    Write(u64, u64, RpcReplyPort<u64>),
    Sum(RpcReplyPort<u64>),
}

struct Begin;

struct Done(Seen);

struct Shelf;

impl Actor for Shelf {
    type Msg = ToShelf;
    type State = Dictionary;
    type Arguments = Dictionary;

    async fn pre_start(
        &self,
        _: ActorRef<ToShelf>,
        dictionary: Dictionary,
    ) -> Result<Dictionary, ActorProcessingErr> {
        Ok(dictionary)
    }

    async fn handle(
        &self,
        _: ActorRef<ToShelf>,
        message: ToShelf,
        dictionary: &mut Dictionary,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToShelf::Read(key, port) => port.send(dictionary.read(key))?,
            ToShelf::Write(key, value, port) => port.send(dictionary.write(key, value))?,
            ToShelf::Sum(port) => port.send(dictionary.sum())?,
        }
        Ok(())
    }
}

struct Worker;

struct Plan {
    number: u64,
    rules: Accesses,
    shelf: ActorRef<ToShelf>,
    sink: ActorRef<Done>,
}

impl Actor for Worker {
    type Msg = Begin;
    type State = Plan;
    type Arguments = Plan;

    async fn pre_start(&self, _: ActorRef<Begin>, plan: Plan) -> Result<Plan, ActorProcessingErr> {
        Ok(plan)
    }

    async fn handle(&self, _: ActorRef<Begin>, _: Begin, plan: &mut Plan) -> Result<(), ActorProcessingErr> {
        let mut seen = Seen::default();
        for access in plan.rules.of_worker(plan.number) {
            match access {
                Access::Read(key) => seen.read(key, call!(plan.shelf, ToShelf::Read, key)?),
                Access::Write(key, value) => {
                    seen.replaced(call!(plan.shelf, ToShelf::Write, key, value)?);
                }
            }
        }
        plan.sink.cast(Done(seen))?;
        Ok(())
    }
}

struct Sink;

struct Missing {
    missing: u64,
    seen: Seen,
    finish: Finish<Seen>,
}

impl Actor for Sink {
    type Msg = Done;
    type State = Missing;
    type Arguments = Missing;

    async fn pre_start(&self, _: ActorRef<Done>, state: Missing) -> Result<Missing, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<Done>,
        Done(seen): Done,
        state: &mut Missing,
    ) -> Result<(), ActorProcessingErr> {
        state.seen.add(seen);
        state.missing -= 1;
        if state.missing == 0 {
            state.finish.say(state.seen);
        }
        Ok(())
    }
}

pub(crate) async fn run(rules: Accesses) -> Played<(Seen, u64)> {
    let (finish, outcome) = finish();
    let missing = Missing { missing: WORKERS, seen: Seen::default(), finish };
    let sink = peers::ractor(Sink, missing).await;
    let shelf = peers::ractor(Shelf, Dictionary::new()).await;
    let mut workers = Vec::new();
    for number in 0..WORKERS {
        let plan = Plan { number, rules, shelf: shelf.clone(), sink: sink.clone() };
        workers.push(peers::ractor(Worker, plan).await);
    }
    let begin = Instant::now();
    for worker in &workers {
        worker.cast(Begin).expect("the worker is alive");
    }
    let seen = outcome.wait().await;
    let time = begin.elapsed();
    (time, (seen, call!(shelf, ToShelf::Sum).expect("the shelf answers")))
}

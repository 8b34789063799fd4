use super::rules::{Access, Accesses, Dictionary, Seen, WORKERS};
use crate::savina::{
    finish::{Finish, finish},
    program::Played,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Begin;

#[message(reply = u64)]
struct Read(u64);

/// The answer is the old value.
#[message(reply = u64)]
struct Write {
    key: u64,
    value: u64,
}

#[message(reply = u64)]
struct Sum;

#[message]
struct Done(Seen);

struct Shelf(Dictionary);

#[actor]
impl Shelf {
    #[handler]
    fn read(&self, Read(key): Read) -> u64 {
        self.0.read(key)
    }

    #[handler]
    fn write(&mut self, Write { key, value }: Write) -> u64 {
        self.0.write(key, value)
    }

    #[handler(entry)]
    fn sum(&self, _: Sum) -> u64 {
        self.0.sum()
    }
}

struct Worker {
    number: u64,
    rules: Accesses,
    shelf: ActorRef<Shelf>,
    sink: ActorRef<Sink>,
}

#[actor(asks(Shelf), tells(Sink))]
impl Worker {
    #[handler(entry)]
    async fn begin(&mut self, _: Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        let mut seen = Seen::default();
        for access in self.rules.of_worker(self.number) {
            match access {
                Access::Read(key) => seen.read(key, ctx.ask(&self.shelf, Read(key)).await?),
                Access::Write(key, value) => {
                    seen.replaced(ctx.ask(&self.shelf, Write { key, value }).await?);
                }
            }
        }
        ctx.tell(&self.sink, Done(seen)).await?;
        Ok(())
    }
}

struct Sink {
    missing: u64,
    seen: Seen,
    finish: Finish<Seen>,
}

#[actor]
impl Sink {
    #[handler]
    fn done(&mut self, Done(seen): Done) {
        self.seen.add(seen);
        self.missing -= 1;
        if self.missing == 0 {
            self.finish.say(self.seen);
        }
    }
}

#[actor_system(strict, actors(entry Shelf, entry Worker, entry Sink))]
struct Library;

pub(crate) async fn run(rules: Accesses) -> Played<(Seen, u64)> {
    let system = ActorSystem::<Library>::start(SystemConfig::default()).await.expect("the default is good");
    let (finish, outcome) = finish();
    let sink = Sink { missing: WORKERS, seen: Seen::default(), finish };
    let sink = system.spawn(sink).await.expect("nothing can fail");
    let shelf = system.spawn(Shelf(Dictionary::new())).await.expect("nothing can fail");
    let mut workers = Vec::new();
    for number in 0..WORKERS {
        let worker = Worker { number, rules, shelf: shelf.clone(), sink: sink.clone() };
        workers.push(system.spawn(worker).await.expect("nothing can fail"));
    }
    let begin = Instant::now();
    for worker in &workers {
        system.tell(worker, Begin).await.expect("the worker is alive");
    }
    let seen = outcome.wait().await;
    let time = begin.elapsed();
    let sum = system.ask(&shelf, Sum).await.expect("the shelf answers");
    system.shutdown().await.expect("all are idle");
    (time, (seen, sum))
}

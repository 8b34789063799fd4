use super::workload::{Access, Accesses, Answers, Dictionary, WORKERS};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Begin;

#[message(reply = u64)]
struct Read(u64);

/// The reply is the old value.
#[message(reply = u64)]
struct Write {
    key: u64,
    value: u64,
}

#[message(reply = u64)]
struct Sum;

#[message]
struct Done(Answers);

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
    workload: Accesses,
    shelf: ActorRef<Shelf>,
    sink: ActorRef<Sink>,
}

#[actor(asks(Shelf), tells(Sink))]
impl Worker {
    #[handler(entry)]
    async fn begin(&mut self, _: Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        let mut answers = Answers::default();
        for access in self.workload.of_worker(self.number) {
            match access {
                Access::Read(key) => answers.read(key, ctx.ask(&self.shelf, Read(key)).await?),
                Access::Write(key, value) => {
                    answers.replaced(ctx.ask(&self.shelf, Write { key, value }).await?);
                }
            }
        }
        ctx.tell(&self.sink, Done(answers)).await?;
        Ok(())
    }
}

struct Sink {
    missing: u64,
    answers: Answers,
    outcome: OutcomeSender<Answers>,
}

#[actor]
impl Sink {
    #[handler]
    fn done(&mut self, Done(answers): Done) {
        self.answers.add(answers);
        self.missing -= 1;
        if self.missing == 0 {
            self.outcome.send(self.answers);
        }
    }
}

#[actor_system(strict, actors(entry Shelf, entry Worker, entry Sink))]
struct Library;

pub(crate) async fn run(workload: Accesses) -> Measured<(Answers, u64)> {
    let system = ActorSystem::<Library>::start(SystemConfig::default())
        .await
        .expect("the default configuration is valid");
    let (sender, outcome) = outcome_channel();
    let sink = Sink { missing: WORKERS, answers: Answers::default(), outcome: sender };
    let sink = system.spawn(sink).await.expect("the spawn succeeds");
    let shelf = system.spawn(Shelf(Dictionary::new())).await.expect("the spawn succeeds");
    let mut workers = Vec::new();
    for number in 0..WORKERS {
        let worker = Worker { number, workload, shelf: shelf.clone(), sink: sink.clone() };
        workers.push(system.spawn(worker).await.expect("the spawn succeeds"));
    }
    let begin = Instant::now();
    for worker in &workers {
        system.tell(worker, Begin).await.expect("the worker is alive");
    }
    let answers = outcome.wait().await;
    let time = begin.elapsed();
    let sum = system.ask(&shelf, Sum).await.expect("the shelf replies");
    system.shutdown().await.expect("all actors are idle");
    (time, (answers, sum))
}

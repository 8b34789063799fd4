//! actix: actors that are bound to threads. A thread has a system or an arbiter, and an actor stays on the thread where it
//! starts.
//!
//! With two workers, two arbiters share the work as its documentation recommends: senders are on the first, receivers on the
//! second; half of a ring is on each. A tell is a `do_send`, which never waits: its mailbox is unbounded.

use crate::{
    job::{Contestant, Idle, Job, Program, Sample, SpawnIdle, Threads},
    tally::{Adder, Player, Tally},
    versions::locked,
    work::{CAPACITY, Work},
};
use actix::prelude::*;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

pub(crate) const ACTIX: Contestant = Contestant {
    name: "actix",
    about: || {
        format!(
            "{}; tells have no limit (`do_send`), asks wait for one of {CAPACITY} places; its 2 workers are two arbiters",
            locked("actix")
        )
    },
    program,
    idle: Idle::InProcess(idle),
};

fn program(work: Work) -> Option<Program> {
    Some(match work {
        Work::Tell => |job| run(job, |job, stage| tell(job, stage, 1)),
        Work::Tell4 => |job| run(job, |job, stage| tell(job, stage, 4)),
        Work::Ask => |job| run(job, |job, stage| ask(job, stage, false)),
        Work::AskTimeout => |job| run(job, |job, stage| ask(job, stage, true)),
        Work::Ask64 => |job| run(job, ask_64),
        Work::PingPong => |job| run(job, |job, stage| ring(job, stage, 2)),
        Work::Ring => |job| run(job, |job, stage| ring(job, stage, 100)),
        Work::Event10 | Work::Event100 => |job| run(job, event),
        Work::Spawn => |job| run(job, |job, _| spawn(job)),
        Work::TellHook | Work::Address10 | Work::Address1000 | Work::Address100000 => return None,
    })
}

#[derive(Message)]
#[rtype(result = "()")]
struct Add(u64);

#[derive(Message)]
#[rtype(result = "u64")]
struct Get;

#[derive(Message)]
#[rtype(result = "()")]
struct Pass(u64);

#[derive(Message)]
#[rtype(result = "()")]
struct Close(Addr<Runner>);

#[derive(Message)]
#[rtype(result = "()")]
struct Poke(u64);

struct Counter(Adder);

impl Actor for Counter {
    type Context = Context<Self>;
}

impl Handler<Add> for Counter {
    type Result = ();

    fn handle(&mut self, Add(n): Add, _: &mut Context<Self>) {
        self.0.add(n);
    }
}

/// Replies with the number of asks so far.
struct Oracle(u64);

impl Actor for Oracle {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Context<Self>) {
        ctx.set_mailbox_capacity(CAPACITY);
    }
}

impl Handler<Get> for Oracle {
    type Result = u64;

    fn handle(&mut self, _: Get, _: &mut Context<Self>) -> u64 {
        self.0 += 1;
        self.0
    }
}

/// Replies once and stops.
struct Once;

impl Actor for Once {
    type Context = Context<Self>;
}

impl Handler<Get> for Once {
    type Result = u64;

    fn handle(&mut self, _: Get, ctx: &mut Context<Self>) -> u64 {
        ctx.stop();
        1
    }
}

struct Runner {
    player: Player,
    next: Option<Addr<Runner>>,
}

impl Actor for Runner {
    type Context = Context<Self>;
}

impl Handler<Pass> for Runner {
    type Result = ();

    fn handle(&mut self, Pass(n): Pass, _: &mut Context<Self>) {
        if let (Some(n), Some(next)) = (self.player.pass(n), &self.next) {
            next.do_send(Pass(n));
        }
    }
}

impl Handler<Close> for Runner {
    type Result = ();

    fn handle(&mut self, Close(next): Close, _: &mut Context<Self>) {
        self.next = Some(next);
    }
}

/// A subscriber passes a recipient: actix has no other events.
struct Source(Vec<Recipient<Add>>);

impl Actor for Source {
    type Context = Context<Self>;
}

impl Handler<Poke> for Source {
    type Result = ();

    fn handle(&mut self, Poke(n): Poke, _: &mut Context<Self>) {
        for listener in &self.0 {
            listener.do_send(Add(n));
        }
    }
}

/// The threads on which actors can be started.
struct Stage {
    second: Option<ArbiterHandle>,
}

impl Stage {
    fn here<A: Actor<Context = Context<A>>>(&self, actor: A) -> Addr<A> {
        actor.start()
    }

    /// Starts an actor on the second thread, if there is one.
    fn there<A: Actor<Context = Context<A>> + Send>(&self, actor: A) -> Addr<A> {
        match &self.second {
            Some(second) => A::start_in_arbiter(second, |_| actor),
            None => self.here(actor),
        }
    }
}

/// Runs the work; with one thread, on the thread of the system. There the work is a task, as in the runtimes of the other
/// contestants.
fn run<F: Future<Output = Sample> + 'static>(job: &Job, work: fn(Job, Stage) -> F) -> Sample {
    let (job, system) = (*job, System::new());
    if job.threads == Threads::One {
        let sample = system.block_on(async move { actix::spawn(work(job, Stage { second: None })).await });
        return sample.expect("the program does not panic");
    }
    let (first, second) = system.block_on(async { (Arbiter::new(), Arbiter::new()) });
    let stage = Stage { second: Some(second.handle()) };
    let (done, sample) = oneshot::channel();
    first.spawn_fn(move || {
        actix::spawn(async move { done.send(work(job, stage).await).expect("the receiver is waiting") });
    });
    let sample = system.block_on(sample).expect("the program does not panic");
    for arbiter in [first, second] {
        arbiter.stop();
        arbiter.join().expect("no actor panics");
    }
    sample
}

async fn tell(job: Job, stage: Stage, producers: u64) -> Sample {
    let tally = Tally::of(1);
    let counter = stage.there(Counter(Adder::new(job.operations, &tally)));
    let begin = Instant::now();
    for producer in 0..producers {
        let counter = counter.clone();
        actix::spawn(async move {
            for n in job.share(producers, producer) {
                counter.do_send(Add(n));
            }
        });
    }
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

async fn asks(oracle: Addr<Oracle>, times: u64, limited: bool) -> u64 {
    let mut sum = 0;
    for _ in 0..times {
        let answer = match limited {
            true => oracle.send(Get).timeout(Duration::from_secs(5)).await,
            false => oracle.send(Get).await,
        };
        sum += answer.expect("the oracle replies");
    }
    sum
}

async fn ask(job: Job, stage: Stage, limited: bool) -> Sample {
    let oracle = stage.there(Oracle(0));
    let begin = Instant::now();
    let sum = asks(oracle, job.operations, limited).await;
    Sample { time: begin.elapsed(), sum }
}

async fn ask_64(job: Job, stage: Stage) -> Sample {
    let oracle = stage.there(Oracle(0));
    let begin = Instant::now();
    let askers: Vec<_> = (0..64)
        .map(|asker| {
            let share = job.share(64, asker);
            actix::spawn(asks(oracle.clone(), share.end - share.start, false))
        })
        .collect();
    let mut sum = 0;
    for asker in askers {
        sum += asker.await.expect("no asker panics");
    }
    Sample { time: begin.elapsed(), sum }
}

async fn ring(job: Job, stage: Stage, players: usize) -> Sample {
    let tally = Tally::of(players);
    let runner = |next| Runner { player: Player::new(players, &tally), next };
    let first = stage.here(runner(None));
    let mut next = first.clone();
    for player in 1..players {
        let runner = runner(Some(next));
        next = if player < players / 2 { stage.here(runner) } else { stage.there(runner) };
    }
    first.send(Close(next)).await.expect("the first actor is alive");
    let begin = Instant::now();
    first.do_send(Pass(job.operations - 1));
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

async fn event(job: Job, stage: Stage) -> Sample {
    let subscribers = job.work.subscribers();
    let tally = Tally::of(subscribers);
    // All addresses live until the end: an actor without addresses may stop before it has handled its last message.
    let listener = |_| stage.there(Counter(Adder::new(job.operations, &tally)));
    let listeners: Vec<_> = (0..subscribers).map(listener).collect();
    let source = stage.here(Source(listeners.iter().map(|one| one.clone().recipient()).collect()));
    let (begin, producer) = (Instant::now(), source.clone());
    actix::spawn(async move {
        for n in 0..job.operations {
            producer.do_send(Poke(n));
        }
    });
    let sum = tally.sum().await;
    let time = begin.elapsed();
    drop((source, listeners));
    Sample { time, sum }
}

async fn spawn(job: Job) -> Sample {
    let begin = Instant::now();
    let mut sum = 0;
    for _ in 0..job.operations {
        sum += Once.start().send(Get).await.expect("the actor replies");
    }
    Sample { time: begin.elapsed(), sum }
}

fn idle() -> SpawnIdle {
    let system = System::new();
    let mut actors = Vec::new();
    Box::new(move |more| {
        system.block_on(async {
            actors.extend((0..more).map(|_| Oracle(0).start()));
            tokio::task::yield_now().await;
        });
    })
}

//! xtra: small actors modelled on actix, on tasks of tokio. It has no addresses other than the handles.

use crate::{
    job::{Contestant, Idle, Job, Program, Sample, SpawnIdle, Threads},
    tally::{Adder, Player, Tally},
    versions::locked,
    work::{CAPACITY, Work},
};
use std::time::{Duration, Instant};
use tokio::time::timeout;
use xtra::{Actor, prelude::*, spawn_tokio};

pub(crate) const XTRA: Contestant = Contestant {
    name: "xtra",
    about: || format!("{}; bounded mailboxes with capacity {CAPACITY}", locked("xtra")),
    program,
    idle: Idle::InProcess(idle),
};

fn program(work: Work) -> Option<Program> {
    Some(match work {
        Work::Tell => |job| job.run(tell(*job, 1)),
        Work::Tell4 => |job| job.run(tell(*job, 4)),
        Work::Ask => |job| job.run(ask(*job, false)),
        Work::AskTimeout => |job| job.run(ask(*job, true)),
        Work::Ask64 => |job| job.run(ask_64(*job)),
        Work::PingPong => |job| job.run(ring(*job, 2)),
        Work::Ring => |job| job.run(ring(*job, 100)),
        Work::Event10 | Work::Event100 => |job| job.run(event(*job)),
        Work::Spawn => |job| job.run(spawn(*job)),
        Work::TellHook | Work::Address10 | Work::Address1000 | Work::Address100000 => return None,
    })
}

#[derive(Clone)]
struct Add(u64);
struct Get;
struct Pass(u64);
struct Close(Address<Runner>);
struct Poke(u64);

#[derive(Actor)]
struct Counter(Adder);

impl Handler<Add> for Counter {
    type Return = ();

    async fn handle(&mut self, Add(n): Add, _: &mut Context<Self>) {
        self.0.add(n);
    }
}

/// Replies with the number of asks so far.
#[derive(Actor)]
struct Oracle(u64);

impl Handler<Get> for Oracle {
    type Return = u64;

    async fn handle(&mut self, _: Get, _: &mut Context<Self>) -> u64 {
        self.0 += 1;
        self.0
    }
}

/// Replies once and stops.
#[derive(Actor)]
struct Once;

impl Handler<Get> for Once {
    type Return = u64;

    async fn handle(&mut self, _: Get, ctx: &mut Context<Self>) -> u64 {
        ctx.stop_self();
        1
    }
}

#[derive(Actor)]
struct Runner {
    player: Player,
    next: Option<Address<Runner>>,
}

impl Handler<Pass> for Runner {
    type Return = ();

    async fn handle(&mut self, Pass(n): Pass, _: &mut Context<Self>) {
        if let (Some(n), Some(next)) = (self.player.pass(n), &self.next) {
            // `detach` drops the reply, so the send waits only for free capacity.
            drop(next.send(Pass(n)).detach().await.expect("the next actor is alive"));
        }
    }
}

impl Handler<Close> for Runner {
    type Return = ();

    async fn handle(&mut self, Close(next): Close, _: &mut Context<Self>) {
        self.next = Some(next);
    }
}

/// Broadcasts to all actors that share a mailbox: the event mechanism of xtra.
#[derive(Actor)]
struct Source(Address<Counter>);

impl Handler<Poke> for Source {
    type Return = ();

    async fn handle(&mut self, Poke(n): Poke, _: &mut Context<Self>) {
        self.0.broadcast(Add(n)).await.expect("the listeners are alive");
    }
}

fn start<A: Actor<Stop = ()>>(actor: A) -> Address<A> {
    spawn_tokio(actor, Mailbox::bounded(CAPACITY))
}

async fn tell(job: Job, producers: u64) -> Sample {
    let tally = Tally::of(1);
    let counter = start(Counter(Adder::new(job.operations, &tally)));
    let begin = Instant::now();
    for producer in 0..producers {
        let counter = counter.clone();
        tokio::spawn(async move {
            for n in job.share(producers, producer) {
                drop(counter.send(Add(n)).detach().await.expect("the counter is alive"));
            }
        });
    }
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

async fn asks(oracle: &Address<Oracle>, times: u64, limited: bool) -> u64 {
    let mut sum = 0;
    for _ in 0..times {
        let answer = match limited {
            true => timeout(Duration::from_secs(5), oracle.send(Get)).await.expect("in time"),
            false => oracle.send(Get).await,
        };
        sum += answer.expect("the oracle replies");
    }
    sum
}

async fn ask(job: Job, limited: bool) -> Sample {
    let oracle = start(Oracle(0));
    let begin = Instant::now();
    let sum = asks(&oracle, job.operations, limited).await;
    Sample { time: begin.elapsed(), sum }
}

async fn ask_64(job: Job) -> Sample {
    let oracle = start(Oracle(0));
    let begin = Instant::now();
    let askers: Vec<_> = (0..64)
        .map(|asker| {
            let (oracle, share) = (oracle.clone(), job.share(64, asker));
            tokio::spawn(async move { asks(&oracle, share.end - share.start, false).await })
        })
        .collect();
    let mut sum = 0;
    for asker in askers {
        sum += asker.await.expect("no asker panics");
    }
    Sample { time: begin.elapsed(), sum }
}

async fn ring(job: Job, players: usize) -> Sample {
    let tally = Tally::of(players);
    let runner = |next| start(Runner { player: Player::new(players, &tally), next });
    let first = runner(None);
    let mut next = first.clone();
    for _ in 1..players {
        next = runner(Some(next));
    }
    first.send(Close(next)).await.expect("the first actor is alive");
    let begin = Instant::now();
    drop(first.send(Pass(job.operations - 1)).detach().await.expect("the first actor is alive"));
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

async fn event(job: Job) -> Sample {
    let tally = Tally::of(job.work.subscribers());
    let (listeners, mailbox) = Mailbox::bounded(CAPACITY);
    for _ in 0..job.work.subscribers() {
        tokio::spawn(xtra::run(mailbox.clone(), Counter(Adder::new(job.operations, &tally))));
    }
    // This mailbox would also receive the broadcasts, and no actor would empty it.
    drop(mailbox);
    let source = start(Source(listeners));
    let begin = Instant::now();
    tokio::spawn(async move {
        for n in 0..job.operations {
            drop(source.send(Poke(n)).detach().await.expect("the source is alive"));
        }
    });
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

async fn spawn(job: Job) -> Sample {
    let begin = Instant::now();
    let mut sum = 0;
    for _ in 0..job.operations {
        sum += start(Once).send(Get).await.expect("the actor replies");
    }
    Sample { time: begin.elapsed(), sum }
}

fn idle() -> SpawnIdle {
    let runtime = Threads::One.runtime();
    let mut actors = Vec::new();
    Box::new(move |more| {
        runtime.block_on(async {
            actors.extend((0..more).map(|_| start(Oracle(0))));
            tokio::task::yield_now().await;
        });
    })
}

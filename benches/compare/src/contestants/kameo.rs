//! kameo: an actor is a task of tokio, its mailbox a channel of tokio.

use crate::{
    job::{Contestant, Idle, Job, Program, Sample, SpawnIdle, Threads},
    tally::{Adder, Player, Tally},
    versions::locked,
    work::{CAPACITY, Work},
};
use kameo::{
    Actor,
    actor::{ActorRef, Spawn},
    mailbox,
    message::{Context, Message},
    registry::ACTOR_REGISTRY,
};
use std::time::{Duration, Instant};

pub(crate) const KAMEO: Contestant = Contestant {
    name: "kameo",
    about: || format!("{}; bounded mailboxes with capacity {CAPACITY}", locked("kameo")),
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
        Work::Address10 | Work::Address1000 | Work::Address100000 => |job| job.run(address(*job)),
        Work::TellHook => return None,
    })
}

struct Add(u64);
struct Get;
struct Pass(u64);
struct Close(ActorRef<Runner>);
struct Poke(u64);

#[derive(Actor)]
struct Counter(Adder);

impl Message<Add> for Counter {
    type Reply = ();

    async fn handle(&mut self, Add(n): Add, _: &mut Context<Self, ()>) {
        self.0.add(n);
    }
}

/// Replies with the number of asks so far.
#[derive(Actor)]
struct Oracle(u64);

impl Message<Get> for Oracle {
    type Reply = u64;

    async fn handle(&mut self, _: Get, _: &mut Context<Self, u64>) -> u64 {
        self.0 += 1;
        self.0
    }
}

/// Replies once and stops.
#[derive(Actor)]
struct Once;

impl Message<Get> for Once {
    type Reply = u64;

    async fn handle(&mut self, _: Get, ctx: &mut Context<Self, u64>) -> u64 {
        ctx.stop();
        1
    }
}

#[derive(Actor)]
struct Runner {
    player: Player,
    next: Option<ActorRef<Runner>>,
}

impl Message<Pass> for Runner {
    type Reply = ();

    async fn handle(&mut self, Pass(n): Pass, _: &mut Context<Self, ()>) {
        if let (Some(n), Some(next)) = (self.player.pass(n), &self.next) {
            next.tell(Pass(n)).await.expect("the next actor is alive");
        }
    }
}

impl Message<Close> for Runner {
    type Reply = ();

    async fn handle(&mut self, Close(next): Close, _: &mut Context<Self, ()>) {
        self.next = Some(next);
    }
}

/// kameo itself has no events (a separate package has an actor that distributes them): this actor sends to each listener.
#[derive(Actor)]
struct Source(Vec<ActorRef<Counter>>);

impl Message<Poke> for Source {
    type Reply = ();

    async fn handle(&mut self, Poke(n): Poke, _: &mut Context<Self, ()>) {
        for listener in &self.0 {
            listener.tell(Add(n)).await.expect("the listener is alive");
        }
    }
}

fn start<A: Actor<Args = A>>(actor: A) -> ActorRef<A> {
    A::spawn_with_mailbox(actor, mailbox::bounded(CAPACITY))
}

async fn tell(job: Job, producers: u64) -> Sample {
    let tally = Tally::of(1);
    let counter = start(Counter(Adder::new(job.operations, &tally)));
    let begin = Instant::now();
    for producer in 0..producers {
        let counter = counter.clone();
        tokio::spawn(async move {
            for n in job.share(producers, producer) {
                counter.tell(Add(n)).await.expect("the counter is alive");
            }
        });
    }
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

async fn asks(oracle: &ActorRef<Oracle>, times: u64, limited: bool) -> u64 {
    let mut sum = 0;
    for _ in 0..times {
        let answer = match limited {
            true => oracle.ask(Get).reply_timeout(Duration::from_secs(5)).await,
            false => oracle.ask(Get).await,
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
    first.tell(Close(next)).await.expect("the first actor is alive");
    let begin = Instant::now();
    first.tell(Pass(job.operations - 1)).await.expect("the first actor is alive");
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

async fn event(job: Job) -> Sample {
    let subscribers = job.work.subscribers();
    let tally = Tally::of(subscribers);
    let listeners = (0..subscribers).map(|_| start(Counter(Adder::new(job.operations, &tally)))).collect();
    let source = start(Source(listeners));
    let begin = Instant::now();
    tokio::spawn(async move {
        for n in 0..job.operations {
            source.tell(Poke(n)).await.expect("the source is alive");
        }
    });
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

async fn spawn(job: Job) -> Sample {
    let begin = Instant::now();
    let mut sum = 0;
    for _ in 0..job.operations {
        sum += start(Once).ask(Get).await.expect("the actor replies");
    }
    Sample { time: begin.elapsed(), sum }
}

/// Sends by name, which is the key of the registry of kameo.
async fn address(job: Job) -> Sample {
    let tally = Tally::of(10);
    let apart = job.work.population() / 10;
    let mut receivers = Vec::new();
    for actor in 0..job.work.population() {
        let name = format!("counter-{actor}");
        let counter = start(Counter(Adder::new(job.operations / 10, &tally)));
        counter.register(name.clone()).expect("the name is free");
        if actor % apart == 0 {
            receivers.push(name);
        }
    }
    let begin = Instant::now();
    tokio::spawn(async move {
        for n in 0..job.operations {
            let name = receivers[n as usize % 10].as_str();
            let found = ActorRef::<Counter>::lookup(name)
                .expect("the type of the actor matches")
                .expect("it is alive");
            found.tell(Add(n)).await.expect("the counter is alive");
        }
    });
    let sum = tally.sum().await;
    let time = begin.elapsed();
    ACTOR_REGISTRY.lock().expect("no thread panics").clear();
    Sample { time, sum }
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

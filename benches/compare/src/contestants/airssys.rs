//! airssys-rt.

use crate::{
    job::{Contestant, Idle, Job, Program, Sample, SpawnIdle},
    tally::{Adder, Player, Tally},
    versions::locked,
    work::{CAPACITY, Work},
};
use airssys_rt::{
    broker::{
        InMemoryMessageBroker,
        hook::{Hook, Hooked, Verdict},
    },
    envelope::Envelope,
    prelude::*,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

pub(crate) const AIRSSYS: Contestant = Contestant {
    name: "airssys",
    about: || format!("{}; mailboxes with capacity {CAPACITY}", locked("airssys-rt")),
    program,
    idle: Idle::InProcess(idle),
};

fn program(work: Work) -> Option<Program> {
    Some(match work {
        Work::Tell => |job| job.run(tell(*job, 1)),
        Work::Tell4 => |job| job.run(tell(*job, 4)),
        Work::TellHook => |job| job.run(tell_hook(*job)),
        Work::Ask => |job| job.run(ask(*job, Duration::MAX)),
        Work::AskTimeout => |job| job.run(ask(*job, Duration::ZERO)),
        Work::Ask64 => |job| job.run(ask_64(*job)),
        Work::PingPong => |job| job.run(ring(*job, 2)),
        Work::Ring => |job| job.run(ring(*job, 100)),
        Work::Event10 | Work::Event100 => |job| job.run(event(*job)),
        Work::Spawn => |job| job.run(spawn(*job)),
        Work::Address10 | Work::Address1000 | Work::Address100000 => |job| job.run(address(*job)),
    })
}

#[message]
struct Add(u64);

#[message(reply = u64)]
struct Get;

#[message]
struct Pass(u64);

#[message]
struct Close(ActorRef<Runner>);

#[message]
struct Poke(u64);

#[event]
#[derive(Clone)]
struct Poked(u64);

struct Counter(Adder);

#[actor]
impl Counter {
    #[handler]
    fn add(&mut self, Add(n): Add) {
        self.0.add(n);
    }
}

/// Replies with the number of asks so far.
struct Oracle(u64);

#[actor]
impl Oracle {
    #[handler]
    fn get(&mut self, _: Get) -> u64 {
        self.0 += 1;
        self.0
    }
}

/// Replies once and stops.
struct Once;

#[actor]
impl Once {
    #[handler]
    fn get(&mut self, _: Get, ctx: &mut ActorContext<Self>) -> u64 {
        ctx.stop();
        1
    }
}

struct Runner {
    player: Player,
    next: Option<ActorRef<Runner>>,
}

#[actor(tells(Runner))]
impl Runner {
    #[handler]
    async fn pass(&mut self, Pass(n): Pass, ctx: &mut ActorContext<Self>) {
        if let (Some(n), Some(next)) = (self.player.pass(n), &self.next) {
            ctx.tell(next, Pass(n)).await.expect("the next actor is alive");
        }
    }

    #[handler]
    fn close(&mut self, Close(next): Close) {
        self.next = Some(next);
    }
}

struct Source;

#[actor(publishes(Poked))]
impl Source {
    #[handler]
    fn poke(&mut self, Poke(n): Poke, ctx: &mut ActorContext<Self>) {
        ctx.publish(Poked(n));
    }
}

struct Listener(Adder);

#[actor]
impl Listener {
    #[on_event]
    fn poked(&mut self, Poked(n): Poked) {
        self.0.add(n);
    }
}

#[actor_system(actors(Counter, Oracle, Once, Runner, Source, Listener), events(Poked))]
struct Lab;

async fn lab() -> ActorSystem<Lab> {
    let config = SystemConfig::default().with_max_actors(2_000_000);
    ActorSystem::<Lab>::start(config).await.expect("the configuration is valid")
}

async fn tell(job: Job, producers: u64) -> Sample {
    let lab = lab().await;
    let tally = Tally::of(1);
    let counter = lab.spawn(Counter(Adder::new(job.operations, &tally))).capacity(CAPACITY as u32);
    let counter = counter.await.expect("the spawn succeeds");
    let begin = Instant::now();
    for producer in 0..producers {
        let (lab, counter) = (lab.clone(), counter.clone());
        tokio::spawn(async move {
            for n in job.share(producers, producer) {
                lab.tell(&counter, Add(n)).await.expect("the counter is alive");
            }
        });
    }
    let sum = tally.sum().await;
    let time = begin.elapsed();
    lab.shutdown().await.expect("all actors are idle");
    Sample { time, sum }
}

struct Count(Arc<AtomicU64>);

impl<M> Hook<M> for Count {
    fn before(&self, _: &mut Envelope<M>) -> Verdict {
        self.0.fetch_add(1, Relaxed);
        Verdict::Pass
    }
}

async fn tell_hook(job: Job) -> Sample {
    let observed = Arc::new(AtomicU64::new(0));
    let broker = Hooked::new(InMemoryMessageBroker::new()).with(Count(observed.clone()));
    let lab = ActorSystem::<Lab, _>::with_broker(SystemConfig::default(), broker).await;
    let lab = lab.expect("the default configuration is valid");
    let tally = Tally::of(1);
    let counter = lab.spawn(Counter(Adder::new(job.operations, &tally))).capacity(CAPACITY as u32);
    let counter = counter.await.expect("the spawn succeeds");
    let begin = Instant::now();
    let producer = lab.clone();
    tokio::spawn(async move {
        for n in 0..job.operations {
            producer.tell(&counter, Add(n)).await.expect("the counter is alive");
        }
    });
    let sum = tally.sum().await;
    let time = begin.elapsed();
    assert_eq!(observed.load(Relaxed), job.operations, "the hook observed each message");
    lab.shutdown().await.expect("all actors are idle");
    Sample { time, sum }
}

async fn asks(lab: &ActorSystem<Lab>, oracle: &ActorRef<Oracle>, times: u64, limit: Duration) -> u64 {
    let mut sum = 0;
    for _ in 0..times {
        let answer = match limit {
            Duration::ZERO => lab.ask(oracle, Get).await,
            limit => lab.ask_timeout(oracle, Get, limit).await,
        };
        sum += answer.expect("the oracle replies");
    }
    sum
}

/// A `limit` of zero selects the default limit of the system.
async fn ask(job: Job, limit: Duration) -> Sample {
    let lab = lab().await;
    let oracle = lab.spawn(Oracle(0)).capacity(CAPACITY as u32).await.expect("the spawn succeeds");
    let begin = Instant::now();
    let sum = asks(&lab, &oracle, job.operations, limit).await;
    let time = begin.elapsed();
    lab.shutdown().await.expect("all actors are idle");
    Sample { time, sum }
}

async fn ask_64(job: Job) -> Sample {
    let lab = lab().await;
    let oracle = lab.spawn(Oracle(0)).capacity(CAPACITY as u32).await.expect("the spawn succeeds");
    let begin = Instant::now();
    let askers: Vec<_> = (0..64)
        .map(|asker| {
            let (lab, oracle, share) = (lab.clone(), oracle.clone(), job.share(64, asker));
            tokio::spawn(async move { asks(&lab, &oracle, share.end - share.start, Duration::MAX).await })
        })
        .collect();
    let mut sum = 0;
    for asker in askers {
        sum += asker.await.expect("no asker panics");
    }
    let time = begin.elapsed();
    lab.shutdown().await.expect("all actors are idle");
    Sample { time, sum }
}

async fn ring(job: Job, players: usize) -> Sample {
    let lab = lab().await;
    let tally = Tally::of(players);
    let runner =
        |next| lab.spawn(Runner { player: Player::new(players, &tally), next }).capacity(CAPACITY as u32);
    let first = runner(None).await.expect("the spawn succeeds");
    let mut next = first.clone();
    for _ in 1..players {
        next = runner(Some(next)).await.expect("the spawn succeeds");
    }
    lab.tell(&first, Close(next)).await.expect("the first actor is alive");
    let begin = Instant::now();
    lab.tell(&first, Pass(job.operations - 1)).await.expect("the first actor is alive");
    let sum = tally.sum().await;
    let time = begin.elapsed();
    lab.shutdown().await.expect("all actors are idle");
    Sample { time, sum }
}

async fn event(job: Job) -> Sample {
    let lab = lab().await;
    let tally = Tally::of(job.work.subscribers());
    for _ in 0..job.work.subscribers() {
        let listener = lab.spawn(Listener(Adder::new(job.operations, &tally))).capacity(CAPACITY as u32);
        listener.await.expect("the spawn succeeds");
    }
    let source = lab.spawn(Source).capacity(CAPACITY as u32).await.expect("the spawn succeeds");
    let begin = Instant::now();
    let producer = lab.clone();
    tokio::spawn(async move {
        for n in 0..job.operations {
            producer.tell(&source, Poke(n)).await.expect("the source is alive");
        }
    });
    let sum = tally.sum().await;
    let time = begin.elapsed();
    lab.shutdown().await.expect("all actors are idle");
    Sample { time, sum }
}

async fn spawn(job: Job) -> Sample {
    let lab = lab().await;
    let begin = Instant::now();
    let mut sum = 0;
    for _ in 0..job.operations {
        let once = lab.spawn(Once).capacity(CAPACITY as u32).await.expect("the spawn succeeds");
        sum += lab.ask_timeout(&once, Get, Duration::MAX).await.expect("the actor replies");
    }
    let time = begin.elapsed();
    lab.shutdown().await.expect("all actors are idle");
    Sample { time, sum }
}

async fn address(job: Job) -> Sample {
    let lab = lab().await;
    let tally = Tally::of(10);
    let apart = job.work.population() / 10;
    let mut receivers = Vec::new();
    for actor in 0..job.work.population() {
        let counter = lab.spawn(Counter(Adder::new(job.operations / 10, &tally))).capacity(CAPACITY as u32);
        let counter = counter.await.expect("the spawn succeeds");
        if actor % apart == 0 {
            receivers.push(counter.id());
        }
    }
    let begin = Instant::now();
    let producer = lab.clone();
    tokio::spawn(async move {
        for n in 0..job.operations {
            let receiver = receivers[n as usize % 10];
            producer.tell_to::<Counter, _>(receiver, Add(n)).await.expect("the counter is alive");
        }
    });
    let sum = tally.sum().await;
    let time = begin.elapsed();
    lab.shutdown().await.expect("all actors are idle");
    Sample { time, sum }
}

fn idle() -> SpawnIdle {
    let runtime = crate::job::Threads::One.runtime();
    let lab = runtime.block_on(lab());
    Box::new(move |actors| {
        runtime.block_on(async {
            for _ in 0..actors {
                lab.spawn(Oracle(0)).await.expect("the spawn succeeds");
            }
            // Each actor is polled once, so that it is idle, not new.
            tokio::task::yield_now().await;
            lab.idle().await;
        });
    })
}

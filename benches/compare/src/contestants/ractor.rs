//! ractor: modelled on Erlang's gen_server, on tasks of tokio. Its mailboxes are unbounded.

use crate::{
    job::{Contestant, Idle, Job, Program, Sample, SpawnIdle, Threads},
    tally::{Adder, Player, Tally},
    versions::locked,
    work::Work,
};
use ractor::{Actor, ActorProcessingErr, ActorRef, OutputPort, RpcReplyPort, call, call_t};
use std::time::Instant;

pub(crate) const RACTOR: Contestant = Contestant {
    name: "ractor",
    about: || format!("{}; mailboxes without a limit (it has no other)", locked("ractor")),
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

type Handled = Result<(), ActorProcessingErr>;

struct Add(u64);
struct Get(RpcReplyPort<u64>);
struct Poke(u64);

struct Counter;

impl Actor for Counter {
    type Msg = Add;
    type State = Adder;
    type Arguments = Adder;

    async fn pre_start(&self, _: ActorRef<Add>, adder: Adder) -> Result<Adder, ActorProcessingErr> {
        Ok(adder)
    }

    async fn handle(&self, _: ActorRef<Add>, Add(n): Add, adder: &mut Adder) -> Handled {
        adder.add(n);
        Ok(())
    }
}

/// Replies with the number of asks so far.
struct Oracle;

impl Actor for Oracle {
    type Msg = Get;
    type State = u64;
    type Arguments = ();

    async fn pre_start(&self, _: ActorRef<Get>, (): ()) -> Result<u64, ActorProcessingErr> {
        Ok(0)
    }

    async fn handle(&self, _: ActorRef<Get>, Get(reply): Get, asked: &mut u64) -> Handled {
        *asked += 1;
        Ok(reply.send(*asked)?)
    }
}

/// Replies once and stops.
struct Once;

impl Actor for Once {
    type Msg = Get;
    type State = ();
    type Arguments = ();

    async fn pre_start(&self, _: ActorRef<Get>, (): ()) -> Handled {
        Ok(())
    }

    async fn handle(&self, myself: ActorRef<Get>, Get(reply): Get, (): &mut ()) -> Handled {
        myself.stop(None);
        Ok(reply.send(1)?)
    }
}

enum Step {
    Pass(u64),
    Close(ActorRef<Step>),
}

struct Lap {
    player: Player,
    next: Option<ActorRef<Step>>,
}

struct Runner;

impl Actor for Runner {
    type Msg = Step;
    type State = Lap;
    type Arguments = Lap;

    async fn pre_start(&self, _: ActorRef<Step>, lap: Lap) -> Result<Lap, ActorProcessingErr> {
        Ok(lap)
    }

    async fn handle(&self, _: ActorRef<Step>, step: Step, lap: &mut Lap) -> Handled {
        match step {
            Step::Pass(n) => {
                if let (Some(n), Some(next)) = (lap.player.pass(n), &lap.next) {
                    next.cast(Step::Pass(n))?;
                }
            }
            Step::Close(next) => lap.next = Some(next),
        }
        Ok(())
    }
}

/// Publishes through an output port, the event mechanism of ractor: the second version, because the first may lose events.
struct Source;

impl Actor for Source {
    type Msg = Poke;
    type State = OutputPort<u64>;
    type Arguments = OutputPort<u64>;

    async fn pre_start(
        &self,
        _: ActorRef<Poke>,
        port: OutputPort<u64>,
    ) -> Result<OutputPort<u64>, ActorProcessingErr> {
        Ok(port)
    }

    async fn handle(&self, _: ActorRef<Poke>, Poke(n): Poke, port: &mut OutputPort<u64>) -> Handled {
        port.send(n);
        Ok(())
    }
}

async fn start<A: Actor>(actor: A, arguments: A::Arguments) -> ActorRef<A::Msg> {
    Actor::spawn(None, actor, arguments).await.expect("the spawn succeeds").0
}

async fn tell(job: Job, producers: u64) -> Sample {
    let tally = Tally::of(1);
    let counter = start(Counter, Adder::new(job.operations, &tally)).await;
    let begin = Instant::now();
    for producer in 0..producers {
        let counter = counter.clone();
        tokio::spawn(async move {
            for n in job.share(producers, producer) {
                counter.cast(Add(n)).expect("the counter is alive");
            }
        });
    }
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

async fn asks(oracle: &ActorRef<Get>, times: u64, limited: bool) -> u64 {
    let mut sum = 0;
    for _ in 0..times {
        let answer = match limited {
            true => call_t!(oracle, Get, 5000),
            false => call!(oracle, Get),
        };
        sum += answer.expect("the oracle replies");
    }
    sum
}

async fn ask(job: Job, limited: bool) -> Sample {
    let oracle = start(Oracle, ()).await;
    let begin = Instant::now();
    let sum = asks(&oracle, job.operations, limited).await;
    Sample { time: begin.elapsed(), sum }
}

async fn ask_64(job: Job) -> Sample {
    let oracle = start(Oracle, ()).await;
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
    let runner = |next| start(Runner, Lap { player: Player::new(players, &tally), next });
    let first = runner(None).await;
    let mut next = first.clone();
    for _ in 1..players {
        next = runner(Some(next)).await;
    }
    first.cast(Step::Close(next)).expect("the first actor is alive");
    let begin = Instant::now();
    first.cast(Step::Pass(job.operations - 1)).expect("the first actor is alive");
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

async fn event(job: Job) -> Sample {
    let tally = Tally::of(job.work.subscribers());
    let port = OutputPort::default();
    for _ in 0..job.work.subscribers() {
        port.subscribe(start(Counter, Adder::new(job.operations, &tally)).await, |n| Some(Add(n)));
    }
    let source = start(Source, port).await;
    let begin = Instant::now();
    tokio::spawn(async move {
        for n in 0..job.operations {
            source.cast(Poke(n)).expect("the source is alive");
        }
    });
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

async fn spawn(job: Job) -> Sample {
    let begin = Instant::now();
    let mut sum = 0;
    for _ in 0..job.operations {
        sum += call!(start(Once, ()).await, Get).expect("the actor replies");
    }
    Sample { time: begin.elapsed(), sum }
}

/// Sends by name, which is the key of the registry of ractor.
async fn address(job: Job) -> Sample {
    let tally = Tally::of(10);
    let apart = job.work.population() / 10;
    let (mut receivers, mut all) = (Vec::new(), Vec::new());
    for actor in 0..job.work.population() {
        let name = format!("counter-{actor}");
        let adder = Adder::new(job.operations / 10, &tally);
        all.push(Actor::spawn(Some(name.clone()), Counter, adder).await.expect("the name is free"));
        if actor % apart == 0 {
            receivers.push(name);
        }
    }
    let begin = Instant::now();
    tokio::spawn(async move {
        for n in 0..job.operations {
            let name = &receivers[n as usize % 10];
            let found = ActorRef::<Add>::where_is(name).expect("it is alive");
            found.cast(Add(n)).expect("the counter is alive");
        }
    });
    let sum = tally.sum().await;
    let time = begin.elapsed();
    // The registry outlives the runtime: the names have to be free for the next round.
    for (counter, _) in &all {
        counter.stop(None);
    }
    for (_, ended) in all {
        ended.await.expect("no counter panics");
    }
    Sample { time, sum }
}

fn idle() -> SpawnIdle {
    let runtime = Threads::One.runtime();
    let mut actors = Vec::new();
    Box::new(move |more| {
        runtime.block_on(async {
            for _ in 0..more {
                actors.push(start(Oracle, ()).await);
            }
            tokio::task::yield_now().await;
        });
    })
}

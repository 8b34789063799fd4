//! elfo: groups of actors on tokio, which a router tells apart by keys and starts when the first message for a key comes.
//!
//! Who sends is an actor, too. A node is started as elfo's own benchmarks do it: without its signal handlers, which would
//! stay in this process.

use crate::{
    job::{Contestant, Idle, Idlers, Job, Program, Sample, Threads},
    tally::{Adder, Player, Tally},
    versions::locked,
    work::{CAPACITY, Work},
};
use elfo::{
    Addr, Local, Topology,
    batteries::configurer,
    messages::Terminate,
    prelude::*,
    routers::{MapRouter, Outcome},
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::mpsc, time::timeout};

pub(crate) const ELFO: Contestant = Contestant {
    name: "elfo",
    about: || format!("{}; bounded mailboxes with room for {CAPACITY}", locked("elfo")),
    program,
    idle: Idle::Here(idle),
};

fn program(work: Work) -> Option<Program> {
    Some(match work {
        Work::Tell => |job| job.run(tell(*job, 1)),
        Work::Tell4 => |job| job.run(tell(*job, 4)),
        Work::Ask => |job| job.run(ask(*job, 1, false)),
        Work::AskTimeout => |job| job.run(ask(*job, 1, true)),
        Work::Ask64 => |job| job.run(ask(*job, 64, false)),
        Work::PingPong => |job| job.run(ring(*job, 2)),
        Work::Ring => |job| job.run(ring(*job, 100)),
        Work::Event10 | Work::Event100 => |job| job.run(event(*job)),
        Work::Spawn => |job| job.run(spawn(*job)),
        Work::Address10 | Work::Address1000 | Work::Address100000 => |job| job.run(address(*job)),
        Work::TellHook => return None,
    })
}

#[message]
struct Add(u64);

/// To the actor with this number.
#[message(ret = u64)]
struct Get(u64);

#[message]
struct Pass(u64);

#[message]
struct Close(Local<Addr>);

#[message]
struct Poke(u64);

/// Asks the actor with this number where it is. It lives from then on.
#[message(ret = Local<Addr>)]
struct Where(u64);

/// Starts the sender with this number.
#[message]
struct Begin(u64, Local<Addr>);

/// An actor of a group, which knows it by a number.
type Member = Context<(), u64>;

/// A group whose actors do this.
fn group<F>(work: impl Fn(Member) -> F + Send + Sync + 'static) -> Blueprint
where
    F: Future<Output = ()> + Send + 'static,
{
    let router = MapRouter::new(|envelope| {
        msg!(match envelope {
            Where(number) => Outcome::Unicast(*number),
            Get(number) => Outcome::Unicast(*number),
            Begin(number, _) => Outcome::Unicast(*number),
            Add => Outcome::Broadcast,
            _ => Outcome::Default,
        })
    });
    ActorGroup::new().router(router).exec(work)
}

/// Actors that wait for whom to send to, send, and end.
fn senders<F>(work: impl Fn(Member, Addr) -> F + Clone + Send + Sync + 'static) -> Blueprint
where
    F: Future<Output = ()> + Send + 'static,
{
    group(move |mut ctx| {
        let work = work.clone();
        async move {
            msg!(match ctx.recv().await.expect("it is started by a message") {
                Begin(_, to) => work(ctx, to.into_inner()).await,
                _ => unreachable!("nobody sends it anything else"),
            });
        }
    })
}

fn counters(numbers: u64, tally: &Arc<Tally>) -> Blueprint {
    let tally = tally.clone();
    group(move |mut ctx| {
        let mut adder = Adder::new(numbers, &tally);
        async move {
            while let Some(envelope) = ctx.recv().await {
                msg!(match envelope {
                    Add(n) => adder.add(n),
                    (Where(_), token) => ctx.respond(token, ctx.addr().into()),
                    _ => {}
                });
            }
        }
    })
}

/// They answer how often they were asked, the last time after so many.
fn oracles(times: u64) -> Blueprint {
    group(move |mut ctx| async move {
        let mut asked = 0;
        while let Some(envelope) = ctx.recv().await {
            msg!(match envelope {
                (Get(_), token) => {
                    asked += 1;
                    ctx.respond(token, asked);
                    if asked == times {
                        return;
                    }
                }
                (Where(_), token) => ctx.respond(token, ctx.addr().into()),
                _ => {}
            });
        }
    })
}

fn runners(players: usize, tally: &Arc<Tally>) -> Blueprint {
    let tally = tally.clone();
    group(move |mut ctx| {
        let mut player = Player::new(players, &tally);
        async move {
            let mut next = Addr::NULL;
            while let Some(envelope) = ctx.recv().await {
                msg!(match envelope {
                    Pass(n) => {
                        if let Some(n) = player.pass(n) {
                            ctx.send_to(next, Pass(n)).await.expect("the next is alive");
                        }
                    }
                    Close(to) => next = to.into_inner(),
                    (Where(_), token) => ctx.respond(token, ctx.addr().into()),
                    _ => {}
                });
            }
        }
    })
}

/// What they publish reaches every actor of the next group.
fn sources() -> Blueprint {
    group(|mut ctx| async move {
        while let Some(envelope) = ctx.recv().await {
            msg!(match envelope {
                Poke(n) => ctx.send(Add(n)).await.expect("the listeners are alive"),
                (Where(_), token) => ctx.respond(token, ctx.addr().into()),
                _ => {}
            });
        }
    })
}

/// A node with groups of which each sends to the next.
fn mount(groups: Vec<Blueprint>) -> (Topology, Vec<Addr>) {
    let topology = Topology::empty();
    let configurers = topology.local("system.configurers").entrypoint();
    let locals: Vec<_> = (0..groups.len()).map(|number| topology.local(format!("group{number}"))).collect();
    let addresses = locals.iter().map(|local| local.addr()).collect();
    for pair in locals.windows(2) {
        pair[0].route_all_to(&pair[1]);
    }
    for (local, blueprint) in locals.into_iter().zip(groups) {
        local.mount(blueprint);
    }
    let config = serde_json::json!({ "common": { "system": { "mailbox": { "capacity": CAPACITY } } } });
    configurers.mount(configurer::fixture(&topology, config));
    (topology, addresses)
}

/// Lets somebody work with these groups, and then ends their actors.
async fn node<T>(
    (topology, groups): (Topology, Vec<Addr>),
    work: impl AsyncFnOnce(&Context, &[Addr]) -> T,
) -> T {
    let started = elfo::_priv::do_start(topology, false, async |ctx, _| {
        let result = work(&ctx, &groups).await;
        for group in groups {
            ctx.send_to(group, Terminate::closing()).await.expect("the group is there");
            ctx.finished(group).await;
        }
        result
    });
    started.await.expect("the groups start")
}

/// Where the actor with this number is, which is started if it is not there.
async fn locate(ctx: &Context, group: Addr, number: u64) -> Addr {
    ctx.request_to(group, Where(number)).resolve().await.expect("it answers").into_inner()
}

async fn tell(job: Job, producers: u64) -> Sample {
    let tally = Tally::of(1);
    let counters = counters(job.operations, &tally);
    let senders = senders(move |ctx, counter| async move {
        for n in job.share(producers, *ctx.key()) {
            ctx.send_to(counter, Add(n)).await.expect("the counter is alive");
        }
    });
    node(mount(vec![senders, counters]), async |ctx, groups| {
        let counter = locate(ctx, groups[1], 0).await;
        let begin = Instant::now();
        for producer in 0..producers {
            let start = Begin(producer, counter.into());
            ctx.send_to(groups[0], start).await.expect("the sender is there");
        }
        let sum = tally.sum().await;
        Sample { time: begin.elapsed(), sum }
    })
    .await
}

async fn ask(job: Job, askers: u64, limited: bool) -> Sample {
    let tally = Tally::of(askers as usize);
    let report = tally.clone();
    let senders = senders(move |ctx, oracle| {
        let report = report.clone();
        async move {
            let mut sum = 0;
            for _ in job.share(askers, *ctx.key()) {
                let answer = ctx.request_to(oracle, Get(0)).resolve();
                let answer = match limited {
                    true => timeout(Duration::from_secs(5), answer).await.expect("in time"),
                    false => answer.await,
                };
                sum += answer.expect("the oracle answers");
            }
            report.report(sum);
        }
    });
    node(mount(vec![senders, oracles(u64::MAX)]), async |ctx, groups| {
        let oracle = locate(ctx, groups[1], 0).await;
        let begin = Instant::now();
        for asker in 0..askers {
            ctx.send_to(groups[0], Begin(asker, oracle.into())).await.expect("the asker is there");
        }
        let sum = tally.sum().await;
        Sample { time: begin.elapsed(), sum }
    })
    .await
}

async fn ring(job: Job, players: usize) -> Sample {
    let tally = Tally::of(players);
    node(mount(vec![runners(players, &tally)]), async |ctx, groups| {
        let first = locate(ctx, groups[0], 0).await;
        let mut next = first;
        for player in 1..players as u64 {
            let runner = locate(ctx, groups[0], player).await;
            ctx.send_to(runner, Close(next.into())).await.expect("the runner is alive");
            next = runner;
        }
        ctx.send_to(first, Close(next.into())).await.expect("the first is alive");
        let begin = Instant::now();
        ctx.send_to(first, Pass(job.operations - 1)).await.expect("the first is alive");
        let sum = tally.sum().await;
        Sample { time: begin.elapsed(), sum }
    })
    .await
}

async fn event(job: Job) -> Sample {
    let subscribers = job.work.subscribers();
    let tally = Tally::of(subscribers);
    let listeners = counters(job.operations, &tally);
    let senders = senders(move |ctx, source| async move {
        for n in 0..job.operations {
            ctx.send_to(source, Poke(n)).await.expect("the source is alive");
        }
    });
    node(mount(vec![senders, sources(), listeners]), async |ctx, groups| {
        for listener in 0..subscribers as u64 {
            locate(ctx, groups[2], listener).await;
        }
        let source = locate(ctx, groups[1], 0).await;
        let begin = Instant::now();
        ctx.send_to(groups[0], Begin(0, source.into())).await.expect("the sender is there");
        let sum = tally.sum().await;
        Sample { time: begin.elapsed(), sum }
    })
    .await
}

/// A message for a number that nobody has spawns an actor.
async fn spawn(job: Job) -> Sample {
    let tally = Tally::of(1);
    let report = tally.clone();
    let senders = senders(move |ctx, _| {
        let report = report.clone();
        async move {
            let mut sum = 0;
            for number in 0..job.operations {
                sum += ctx.request(Get(number)).resolve().await.expect("it answers");
            }
            report.report(sum);
        }
    });
    node(mount(vec![senders, oracles(1)]), async |ctx, groups| {
        let begin = Instant::now();
        ctx.send_to(groups[0], Begin(0, Addr::NULL.into())).await.expect("the sender is there");
        let sum = tally.sum().await;
        Sample { time: begin.elapsed(), sum }
    })
    .await
}

async fn address(job: Job) -> Sample {
    let tally = Tally::of(10);
    let counters = counters(job.operations / 10, &tally);
    let population = job.work.population() as u64;
    node(mount(vec![counters]), async |ctx, groups| {
        let mut receivers = Vec::new();
        for actor in 0..population {
            let counter = locate(ctx, groups[0], actor).await;
            if actor % (population / 10) == 0 {
                receivers.push(counter);
            }
        }
        let begin = Instant::now();
        for n in 0..job.operations {
            let counter = receivers[n as usize % 10];
            ctx.send_to(counter, Add(n)).await.expect("the counter is alive");
        }
        let sum = tally.sum().await;
        Sample { time: begin.elapsed(), sum }
    })
    .await
}

fn idle() -> Idlers {
    let runtime = Threads::One.runtime();
    let (orders, mut spawn) = mpsc::unbounded_channel();
    let (ready, mut spawned) = mpsc::unbounded_channel();
    runtime.spawn(node(mount(vec![oracles(u64::MAX)]), async move |ctx: &Context, groups: &[Addr]| {
        let mut number = 0;
        while let Some(more) = spawn.recv().await {
            for _ in 0..more {
                locate(ctx, groups[0], number).await;
                number += 1;
            }
            ready.send(()).expect("somebody waits");
        }
    }));
    Box::new(move |more| {
        orders.send(more).expect("the node runs");
        runtime.block_on(spawned.recv()).expect("the node runs");
    })
}

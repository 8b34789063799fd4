use super::actors::{
    Add, Begin, Close, Get, Pass, Poke, counters, locate, mount, node, oracles, runners, senders, sources,
};
use crate::{
    job::{Contestant, Idle, Job, Program, Sample, SpawnIdle, Threads},
    tally::Tally,
    versions::locked,
    work::{CAPACITY, Work},
};
use elfo::{Addr, Context};
use std::time::{Duration, Instant};
use tokio::{sync::mpsc, time::timeout};

pub(crate) const ELFO: Contestant = Contestant {
    name: "elfo",
    about: || format!("{}; bounded mailboxes with capacity {CAPACITY}", locked("elfo")),
    program,
    idle: Idle::InProcess(idle),
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
                sum += answer.expect("the oracle replies");
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
        ctx.send_to(first, Close(next.into())).await.expect("the first actor is alive");
        let begin = Instant::now();
        ctx.send_to(first, Pass(job.operations - 1)).await.expect("the first actor is alive");
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

/// A message for an unused number spawns an actor.
async fn spawn(job: Job) -> Sample {
    let tally = Tally::of(1);
    let report = tally.clone();
    let senders = senders(move |ctx, _| {
        let report = report.clone();
        async move {
            let mut sum = 0;
            for number in 0..job.operations {
                sum += ctx.request(Get(number)).resolve().await.expect("the actor replies");
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

fn idle() -> SpawnIdle {
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
            ready.send(()).expect("the receiver is waiting");
        }
    }));
    Box::new(move |more| {
        orders.send(more).expect("the node runs");
        runtime.block_on(spawned.recv()).expect("the node runs");
    })
}

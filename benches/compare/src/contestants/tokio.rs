//! Bare channels and tasks of tokio: the baseline.

use crate::{
    job::{Contestant, Idle, Job, Program, Sample, SpawnIdle, Threads},
    tally::{Adder, Player, Tally},
    versions::locked,
    work::{CAPACITY, Work},
};
use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
    time::{Duration, Instant},
};
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

pub(crate) const TOKIO: Contestant = Contestant {
    name: "tokio",
    about: || format!("bare mpsc and oneshot of {}; channels with capacity {CAPACITY}", locked("tokio")),
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

/// The messages of a task that acts as an actor with two messages.
enum Order {
    Add(u64),
    Get(oneshot::Sender<u64>),
}

fn counter(numbers: u64, tally: &Arc<Tally>) -> mpsc::Sender<Order> {
    let (sender, mut receiver) = mpsc::channel(CAPACITY);
    let mut adder = Adder::new(numbers, tally);
    tokio::spawn(async move {
        while let Some(order) = receiver.recv().await {
            match order {
                Order::Add(n) => adder.add(n),
                Order::Get(reply) => reply.send(0).expect("the receiver is waiting"),
            }
        }
    });
    sender
}

fn oracle() -> mpsc::Sender<Order> {
    let (sender, mut receiver) = mpsc::channel(CAPACITY);
    let mut asked = 0;
    tokio::spawn(async move {
        while let Some(order) = receiver.recv().await {
            match order {
                Order::Add(n) => asked += n,
                Order::Get(reply) => {
                    asked += 1;
                    reply.send(asked).expect("the receiver is waiting");
                }
            }
        }
    });
    sender
}

async fn tell(job: Job, producers: u64) -> Sample {
    let tally = Tally::of(1);
    let counter = counter(job.operations, &tally);
    let begin = Instant::now();
    for producer in 0..producers {
        let counter = counter.clone();
        tokio::spawn(async move {
            for n in job.share(producers, producer) {
                counter.send(Order::Add(n)).await.expect("the counter is alive");
            }
        });
    }
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

async fn asks(oracle: &mpsc::Sender<Order>, times: u64, limited: bool) -> u64 {
    let mut sum = 0;
    for _ in 0..times {
        let (reply, answer) = oneshot::channel();
        oracle.send(Order::Get(reply)).await.expect("the oracle is alive");
        let answer = match limited {
            true => timeout(Duration::from_secs(5), answer).await.expect("in time"),
            false => answer.await,
        };
        sum += answer.expect("the oracle replies");
    }
    sum
}

async fn ask(job: Job, limited: bool) -> Sample {
    let oracle = oracle();
    let begin = Instant::now();
    let sum = asks(&oracle, job.operations, limited).await;
    Sample { time: begin.elapsed(), sum }
}

async fn ask_64(job: Job) -> Sample {
    let oracle = oracle();
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
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..players).map(|_| mpsc::channel::<u64>(CAPACITY)).unzip();
    for (index, mut receiver) in receivers.into_iter().enumerate() {
        let next = senders[(index + 1) % players].clone();
        let mut player = Player::new(players, &tally);
        tokio::spawn(async move {
            while let Some(n) = receiver.recv().await {
                // The last players end before their predecessor would send to them.
                match player.pass(n) {
                    Some(n) => next.send(n).await.expect("the next actor is alive"),
                    None => break,
                }
            }
        });
    }
    let begin = Instant::now();
    senders[0].send(job.operations - 1).await.expect("the first actor is alive");
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

async fn event(job: Job) -> Sample {
    let subscribers = job.work.subscribers();
    let tally = Tally::of(subscribers);
    let listeners: Vec<_> = (0..subscribers).map(|_| counter(job.operations, &tally)).collect();
    let (source, mut pokes) = mpsc::channel::<u64>(CAPACITY);
    tokio::spawn(async move {
        while let Some(n) = pokes.recv().await {
            for listener in &listeners {
                listener.send(Order::Add(n)).await.expect("the listener is alive");
            }
        }
    });
    let begin = Instant::now();
    tokio::spawn(async move {
        for n in 0..job.operations {
            source.send(n).await.expect("the source is alive");
        }
    });
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

async fn spawn(job: Job) -> Sample {
    let begin = Instant::now();
    let mut sum = 0;
    for _ in 0..job.operations {
        sum += asks(&oracle(), 1, false).await;
    }
    Sample { time: begin.elapsed(), sum }
}

async fn address(job: Job) -> Sample {
    let tally = Tally::of(10);
    let population = job.work.population();
    let all: HashMap<usize, _> =
        (0..population).map(|id| (id, counter(job.operations / 10, &tally))).collect();
    let all = RwLock::new(all);
    let begin = Instant::now();
    tokio::spawn(async move {
        for n in 0..job.operations {
            let id = n as usize % 10 * (population / 10);
            let found = all.read().expect("no thread panics").get(&id).cloned().expect("it is alive");
            found.send(Order::Add(n)).await.expect("the counter is alive");
        }
    });
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

fn idle() -> SpawnIdle {
    let runtime = Threads::One.runtime();
    let mut senders = Vec::new();
    Box::new(move |tasks| {
        runtime.block_on(async {
            senders.extend((0..tasks).map(|_| oracle()));
            tokio::task::yield_now().await;
        });
    })
}

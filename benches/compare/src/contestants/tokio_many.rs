//! Channels of tokio whose receiver takes all queued messages at once: a stronger baseline for tells.

use crate::{
    job::{Contestant, Idle, Job, Program, Sample},
    tally::{Adder, Tally},
    versions::locked,
    work::{CAPACITY, Work},
};
use std::time::Instant;
use tokio::sync::mpsc;

pub(crate) const TOKIO_MANY: Contestant = Contestant {
    name: "tokio-many",
    about: || format!("mpsc of {} with recv_many(256); capacity {CAPACITY}", locked("tokio")),
    program,
    idle: Idle::NoActors,
};

fn program(work: Work) -> Option<Program> {
    match work {
        Work::Tell => Some(|job| job.run(tell(*job, 1))),
        Work::Tell4 => Some(|job| job.run(tell(*job, 4))),
        _ => None,
    }
}

async fn tell(job: Job, producers: u64) -> Sample {
    let tally = Tally::of(1);
    let mut adder = Adder::new(job.operations, &tally);
    let (sender, mut receiver) = mpsc::channel::<u64>(CAPACITY);
    tokio::spawn(async move {
        let mut batch = Vec::with_capacity(256);
        while receiver.recv_many(&mut batch, 256).await > 0 {
            for n in batch.drain(..) {
                adder.add(n);
            }
        }
    });
    let begin = Instant::now();
    for producer in 0..producers {
        let sender = sender.clone();
        tokio::spawn(async move {
            for n in job.share(producers, producer) {
                sender.send(n).await.expect("the receiver is alive");
            }
        });
    }
    let sum = tally.sum().await;
    Sample { time: begin.elapsed(), sum }
}

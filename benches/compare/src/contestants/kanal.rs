//! Channels of kanal: the fastest channels known to us, as a lower bound.

use crate::{
    job::{Contestant, Idle, Job, Program, Sample},
    tally::{Adder, Tally},
    versions::locked,
    work::{CAPACITY, Work},
};
use kanal::bounded_async;
use std::time::Instant;

pub(crate) const KANAL: Contestant = Contestant {
    name: "kanal",
    about: || format!("bare bounded_async channels of {}; capacity {CAPACITY}", locked("kanal")),
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
    let (sender, receiver) = bounded_async::<u64>(CAPACITY);
    tokio::spawn(async move {
        while let Ok(n) = receiver.recv().await {
            adder.add(n);
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

//! The measurement with tasks and channels of tokio.

use crate::load::{Background, CAPACITY, Latencies, Load, PAIRS, PRODUCERS, Worker};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinSet,
};

fn channel<T>() -> (mpsc::Sender<T>, mpsc::Receiver<T>) {
    mpsc::channel(CAPACITY as usize)
}

async fn light(mut asks: mpsc::Receiver<oneshot::Sender<u64>>) {
    let mut asked = 0;
    while let Some(slot) = asks.recv().await {
        asked += 1;
        slot.send(asked).unwrap();
    }
}

async fn player(mut worker: Worker, mut balls: mpsc::Receiver<u64>, other: mpsc::Sender<u64>) {
    while let Some(n) = balls.recv().await {
        worker.count();
        if !worker.load.continues() || other.send(n + 1).await.is_err() {
            return;
        }
    }
}

fn play(tasks: &mut JoinSet<()>, load: &Arc<Load>) {
    for _ in 0..PAIRS {
        let (first, to_first) = channel();
        let (second, to_second) = channel();
        first.try_send(0).unwrap();
        tasks.spawn(player(Worker::new(load), to_first, second));
        tasks.spawn(player(Worker::new(load), to_second, first));
    }
}

fn flood(tasks: &mut JoinSet<()>, load: &Arc<Load>) {
    let (sender, mut jobs) = channel();
    let mut worker = Worker::new(load);
    tasks.spawn(async move {
        while let Some(n) = jobs.recv().await {
            worker.work(n);
        }
    });
    for _ in 0..PRODUCERS {
        let (sender, load) = (sender.clone(), load.clone());
        tasks.spawn(async move {
            let mut n = 0;
            while load.continues() && sender.send(n).await.is_ok() {
                n += 1;
            }
        });
    }
}

pub(crate) async fn measure(background: Background, round: Duration) -> Latencies {
    let load = Arc::new(Load::default());
    let mut tasks = JoinSet::new();
    let (sender, asks) = channel();
    tasks.spawn(light(asks));
    match background {
        Background::Nothing => {}
        Background::PingPong => play(&mut tasks, &load),
        Background::Flood => flood(&mut tasks, &load),
    }
    let ask = async || {
        let (slot, answer) = oneshot::channel();
        sender.send(slot).await.unwrap();
        answer.await.unwrap()
    };
    let latencies = Latencies::of(round, ask).await;
    load.end();
    drop(sender);
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap();
    }
    latencies.with_messages(load.handled())
}

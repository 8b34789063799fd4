//! The measurement with airssys-rt.

use crate::load::{Background, CAPACITY, Latencies, Load, PAIRS, PRODUCERS, Worker};
use airssys_rt::prelude::*;
use std::{sync::Arc, time::Duration};

/// The reply is the number of asks so far.
#[message(reply = u64)]
struct Ask;

#[message]
struct Ball(u64);

#[message]
struct Meet(ActorRef<Player>);

#[message]
struct Job(u64);

struct Light(u64);

#[actor]
impl Light {
    #[handler]
    fn ask(&mut self, _: Ask) -> u64 {
        self.0 += 1;
        self.0
    }
}

struct Player {
    worker: Worker,
    other: Option<ActorRef<Player>>,
}

#[actor(tells(Player))]
impl Player {
    #[handler]
    fn meet(&mut self, Meet(other): Meet) {
        self.other = Some(other);
    }

    #[handler]
    async fn ball(&mut self, Ball(n): Ball, ctx: &mut ActorContext<Self>) {
        self.worker.count();
        if let Some(other) = self.other.as_ref().filter(|_| self.worker.load.continues()) {
            ctx.tell(other, Ball(n + 1)).await.unwrap();
        }
    }
}

struct Busy(Worker);

#[actor]
impl Busy {
    #[handler]
    fn job(&mut self, Job(n): Job) {
        self.0.work(n);
    }
}

#[actor_system(actors(Light, Player, Busy))]
struct Lab;

async fn play(lab: &ActorSystem<Lab>, load: &Arc<Load>) {
    for _ in 0..PAIRS {
        let player = |other| lab.spawn(Player { worker: Worker::new(load), other }).capacity(CAPACITY);
        let first = player(None).await.unwrap();
        let second = player(Some(first.clone())).await.unwrap();
        lab.tell(&first, Meet(second)).await.unwrap();
        lab.tell(&first, Ball(0)).await.unwrap();
    }
}

async fn flood(lab: &ActorSystem<Lab>, load: &Arc<Load>) {
    let busy = lab.spawn(Busy(Worker::new(load))).capacity(CAPACITY).await.unwrap();
    for _ in 0..PRODUCERS {
        let (lab, busy, load) = (lab.clone(), busy.clone(), load.clone());
        tokio::spawn(async move {
            let mut n = 0;
            // The system may already be shutting down.
            while load.continues() && lab.tell(&busy, Job(n)).await.is_ok() {
                n += 1;
            }
        });
    }
}

pub(crate) async fn measure(background: Background, round: Duration) -> Latencies {
    let lab = ActorSystem::<Lab>::start(SystemConfig::default()).await.unwrap();
    let load = Arc::new(Load::default());
    let light = lab.spawn(Light(0)).capacity(CAPACITY).await.unwrap();
    match background {
        Background::Nothing => {}
        Background::PingPong => play(&lab, &load).await,
        Background::Flood => flood(&lab, &load).await,
    }
    let latencies =
        Latencies::of(round, async || lab.ask_timeout(&light, Ask, Duration::MAX).await.unwrap()).await;
    load.end();
    lab.shutdown().await.unwrap();
    latencies.with_messages(load.handled())
}

//! One client of a storm: it sends, spawns, stops, watches and observes at random, and drops futures before they are ready.

use crate::{
    actors::{Act, Kid, News, Peer, Question, Work, Worker},
    hostile::{guarded, hostile_panic, perhaps_dropped},
    world::World,
};
use airssys_rt::{
    broker::{MessageStream, Observation, TapStream},
    prelude::*,
};
use airssys_rt_tests::test_broker::Dice;
use std::{sync::Arc, time::Duration};

/// How long a client waits for one operation.
pub(crate) const PATIENCE: Duration = Duration::from_millis(40);

/// A short time: on a paused clock it orders events, on a real clock it is short.
pub(crate) fn moment(dice: &mut Dice) -> Duration {
    Duration::from_micros(dice.throw(2_000))
}

pub(crate) struct Client<B: MessageBroker<crate::actors::StormMessage>> {
    pub(crate) world: Arc<World<B>>,
    pub(crate) dice: Dice,
    pub(crate) streams: Vec<MessageStream<crate::actors::StormMessage>>,
    pub(crate) monitors: Vec<TapStream<Observation>>,
}

impl<B: MessageBroker<crate::actors::StormMessage>> Client<B> {
    pub(crate) fn new(world: Arc<World<B>>, dice: Dice) -> Self {
        Client { world, dice, streams: Vec::new(), monitors: Vec::new() }
    }

    pub(crate) async fn run(mut self, operations: u64) {
        for _ in 0..operations {
            guarded(self.operation()).await;
            if self.dice.throw(4) == 0 {
                tokio::task::yield_now().await;
            }
        }
        // A stream may hold hostile copies of messages.
        for stream in std::mem::take(&mut self.streams) {
            guarded(async { drop(stream) }).await;
        }
    }

    async fn operation(&mut self) {
        match self.dice.throw(100) {
            0..25 => self.tell().await,
            25..40 => self.ask().await,
            40..48 => self.send_to_address().await,
            48..54 => self.publish().await,
            54..66 => self.spawn().await,
            66..76 => self.end_one().await,
            76..84 => self.supervise().await,
            84..92 => self.observe().await,
            92..96 => self.dead_letters().await,
            _ => self.look(),
        }
    }

    fn work(&mut self) -> Work {
        let value = self.world.scene.value(&mut self.dice);
        Work(value, Act::random(&mut self.dice))
    }

    fn question(&mut self) -> Question {
        let value = self.world.scene.value(&mut self.dice);
        Question(value, Act::random(&mut self.dice))
    }

    async fn tell(&mut self) {
        let (world, worker, work) = (self.world.clone(), self.world.worker(&mut self.dice), self.work());
        let system = &world.system;
        let limit = moment(&mut self.dice);
        let told = match self.dice.throw(6) {
            0 => Some(system.try_tell(&worker, work)),
            1 => perhaps_dropped(&mut self.dice, system.tell_timeout(&worker, work, limit)).await,
            2 => perhaps_dropped(&mut self.dice, system.tell(&worker, work).ttl(limit)).await,
            3 => perhaps_dropped(&mut self.dice, system.handle(&worker).tell(work)).await,
            _ => perhaps_dropped(&mut self.dice, system.tell(&worker, work)).await,
        };
        self.told(told);
    }

    fn told<S>(&self, told: Option<Result<S, SendError<Work>>>) {
        if let Some(Err(error)) = told
            && let Some(Work(value, _)) = error.into_message()
        {
            value.returned();
        }
    }

    async fn ask(&mut self) {
        let (world, question) = (self.world.clone(), self.question());
        let system = &world.system;
        let limit = moment(&mut self.dice);
        let peer = if self.dice.throw(2) == 0 { world.scene.peer(&mut self.dice) } else { None };
        let answer = match peer {
            Some(peer) => perhaps_dropped(&mut self.dice, system.ask(&peer, question)).await,
            None => {
                let worker = world.worker(&mut self.dice);
                match self.dice.throw(3) {
                    0 => perhaps_dropped(&mut self.dice, system.ask_timeout(&worker, question, limit)).await,
                    1 => perhaps_dropped(&mut self.dice, system.ask(&worker, question).ttl(limit)).await,
                    _ => perhaps_dropped(&mut self.dice, system.ask(&worker, question)).await,
                }
            }
        };
        match answer {
            Some(Ok(value)) => value.returned(),
            Some(Err(error)) => drop(error.to_string()),
            None => {}
        }
    }

    /// By address, by recipient, and by a name that may be taken or not.
    async fn send_to_address(&mut self) {
        let (world, worker, work) = (self.world.clone(), self.world.worker(&mut self.dice), self.work());
        let system = &world.system;
        match self.dice.throw(4) {
            0 => {
                let told =
                    perhaps_dropped(&mut self.dice, system.tell_to::<Worker, _>(worker.id(), work)).await;
                self.told(told);
            }
            1 => {
                let any = Recipient::from(worker);
                let told = perhaps_dropped(&mut self.dice, system.tell_any(&any, work)).await;
                self.told(told);
            }
            2 => {
                let question = self.question();
                let asked = system.ask_to::<Worker, _, _>(worker.id(), question);
                if let Some(Ok(value)) = perhaps_dropped(&mut self.dice, asked).await {
                    value.returned();
                }
            }
            _ => {
                if let Some(named) = system.named::<Worker>(&self.name()) {
                    self.told(Some(system.try_tell(&named, work)));
                }
            }
        }
    }

    async fn publish(&mut self) {
        let (world, news) = (self.world.clone(), News(self.world.scene.value(&mut self.dice)));
        if let Some(Err(error)) = perhaps_dropped(&mut self.dice, world.system.publish(news)).await
            && let Some(News(value)) = error.into_event()
        {
            value.returned();
        }
    }

    fn name(&mut self) -> String {
        format!("worker {}", self.dice.throw(6))
    }

    async fn spawn(&mut self) {
        let world = self.world.clone();
        let (system, scene) = (&world.system, world.scene.clone());
        let worker = Worker::new(&scene);
        let name = self.name();
        let spawned = match self.dice.throw(8) {
            0 => perhaps_dropped(&mut self.dice, system.spawn(worker).named(name)).await,
            1 if world.has_threads => perhaps_dropped(&mut self.dice, system.spawn(worker).on_thread()).await,
            2 => perhaps_dropped(&mut self.dice, system.spawn(worker).capacity(1)).await,
            3 | 4 => {
                let spawn = system.spawn_with(move || Worker::new(&scene)).named(name);
                perhaps_dropped(&mut self.dice, spawn).await
            }
            5 => {
                let peer = perhaps_dropped(&mut self.dice, system.spawn(Peer::new(&scene))).await;
                if let Some(Ok(peer)) = peer {
                    let mut peers = world.scene.peers.lock().unwrap();
                    if peers.len() < 4 { peers.push(peer) } else { peers[0] = peer }
                }
                return;
            }
            6 => {
                drop(perhaps_dropped(&mut self.dice, system.spawn(Kid::new(&scene))).await);
                return;
            }
            _ => perhaps_dropped(&mut self.dice, system.spawn(worker)).await,
        };
        if let Some(Ok(worker)) = spawned {
            world.keep(worker, &mut self.dice);
        }
    }

    async fn end_one(&mut self) {
        let (world, worker) = (self.world.clone(), self.world.worker(&mut self.dice));
        let system = &world.system;
        match self.dice.throw(6) {
            0 => drop(perhaps_dropped(&mut self.dice, system.stop(&worker)).await),
            1 => drop(perhaps_dropped(&mut self.dice, system.kill(&worker)).await),
            2 => drop(perhaps_dropped(&mut self.dice, system.drain(&worker)).await),
            3 => drop(perhaps_dropped(&mut self.dice, system.watch(&worker)).await),
            4 => {
                if let Some(peer) = world.scene.peer(&mut self.dice) {
                    drop(perhaps_dropped(&mut self.dice, system.kill(&peer)).await);
                }
            }
            _ => drop(perhaps_dropped(&mut self.dice, system.idle()).await),
        }
    }

    async fn supervise(&mut self) {
        let world = self.world.clone();
        let id = format!("child {}", self.dice.throw(6));
        match self.dice.throw(8) {
            0 => drop(perhaps_dropped(&mut self.dice, world.root.stop(&id)).await),
            1 => drop(perhaps_dropped(&mut self.dice, world.root.restart(&id)).await),
            2 => drop(perhaps_dropped(&mut self.dice, world.root.delete(&id)).await),
            3 => {
                let child = world.child(id, &mut self.dice);
                if let Some(Ok(worker)) = perhaps_dropped(&mut self.dice, world.root.start(child)).await {
                    world.keep(worker, &mut self.dice);
                }
            }
            4..6 => {
                let scene = world.scene.clone();
                let started = world.pool.start(move || Kid::new(&scene));
                if let Some(Ok(kid)) = perhaps_dropped(&mut self.dice, started).await {
                    world.kids.lock().unwrap().push(kid);
                }
            }
            6 => {
                let kid = world.kids.lock().unwrap().pop();
                if let Some(kid) = kid {
                    drop(perhaps_dropped(&mut self.dice, world.pool.stop(&kid)).await);
                }
            }
            _ => drop((world.root.children(), world.pool.children())),
        }
    }

    async fn observe(&mut self) {
        let system = &self.world.system;
        match self.dice.throw(6) {
            0 if self.monitors.len() < 2 => self.monitors.push(system.monitor(16)),
            1 => drop(self.monitors.pop()),
            2 if self.streams.len() < 2 => {
                let filter = |_: &_| hostile_panic("filter");
                let stream = if self.dice.throw(3) == 0 {
                    system.subscribe_where(16, filter)
                } else {
                    system.subscribe(16)
                };
                self.streams.extend(stream);
            }
            3 => {
                if let Some(mut stream) = self.streams.pop() {
                    while stream.try_recv().is_ok() {}
                }
            }
            4 => drop(system.lifecycle_events(4)),
            _ => drop(system.tree().to_string()),
        }
    }

    async fn dead_letters(&mut self) {
        let world = self.world.clone();
        let letters = world.system.dead_letters();
        match self.dice.throw(3) {
            0 => drop(letters.inspect()),
            1 => drop(letters.drain()),
            _ => drop(perhaps_dropped(&mut self.dice, world.system.replay(letters.drain())).await),
        }
    }

    fn look(&mut self) {
        let (world, name) = (self.world.clone(), self.name());
        let _ = (world.system.counters(), world.system.actors().len(), world.system.metrics());
        if let Some(worker) = world.system.named::<Worker>(&name) {
            world.keep(worker, &mut self.dice);
        }
    }
}

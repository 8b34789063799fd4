//! The actors of a storm. What a handler does comes with its message; hooks do something at random.

use crate::{
    client::moment,
    hostile::hostile_panic,
    values::{Danger, Value, Values},
};
use airssys_rt::prelude::*;
use airssys_rt_tests::test_broker::{Dice, chance};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering::Relaxed},
};
use tokio::time::sleep;

#[message]
#[derive(Debug, Clone)]
pub(crate) struct Work(pub(crate) Value, pub(crate) Act);

#[message(reply = Value)]
#[derive(Debug, Clone)]
pub(crate) struct Question(pub(crate) Value, pub(crate) Act);

#[event]
#[derive(Debug, Clone)]
pub(crate) struct News(pub(crate) Value);

/// What a handler does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Act {
    Nothing,
    Yield,
    Sleep,
    Fail,
    Panic,
    Publish,
    PublishTwice,
    Tell,
    Ask,
    TellItself,
    AskInTheBackground,
    Spawn,
    SpawnNamed,
    Watch,
    Stop,
}

impl Act {
    pub(crate) fn random(dice: &mut Dice) -> Self {
        use Act::*;
        let rare = [
            Fail,
            Panic,
            Publish,
            PublishTwice,
            Tell,
            Ask,
            TellItself,
            AskInTheBackground,
            Spawn,
            SpawnNamed,
            Watch,
            Stop,
        ];
        match dice.throw(4) {
            0 => rare[dice.throw(rare.len() as u64) as usize],
            1 => Yield,
            2 if dice.throw(4) == 0 => Sleep,
            _ => Nothing,
        }
    }
}

/// What all actors of a storm have.
pub(crate) struct Scene {
    pub(crate) values: Values,
    pub(crate) peers: Mutex<Vec<ActorRef<Peer>>>,
    seed: u64,
    rolls: AtomicU64,
}

impl Scene {
    pub(crate) fn new(seed: u64) -> Arc<Self> {
        let (values, peers, rolls) = (Values::default(), Mutex::default(), AtomicU64::new(0));
        Arc::new(Scene { values, peers, seed, rolls })
    }

    /// Another one for each actor.
    pub(crate) fn dice(&self) -> Dice {
        Dice::new(chance(self.seed, self.rolls.fetch_add(1, Relaxed), u64::MAX))
    }

    pub(crate) fn value(&self, dice: &mut Dice) -> Value {
        self.values.make(match dice.throw(48) {
            0 => Danger::Clone,
            1 => Danger::Drop,
            2 => Danger::Debug,
            _ => Danger::None,
        })
    }

    pub(crate) fn peer(&self, dice: &mut Dice) -> Option<ActorRef<Peer>> {
        let peers = self.peers.lock().unwrap();
        (!peers.is_empty()).then(|| peers[dice.throw(peers.len() as u64) as usize].clone())
    }
}

/// Its sends wait for capacity. It has children, and restarts if it has a factory.
pub(crate) struct Worker {
    scene: Arc<Scene>,
    dice: Dice,
}

impl Worker {
    pub(crate) fn new(scene: &Arc<Scene>) -> Self {
        Worker { scene: scene.clone(), dice: scene.dice() }
    }

    async fn act(&mut self, act: Act, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        let Worker { scene, dice } = self;
        match act {
            Act::Nothing => {}
            Act::Yield => tokio::task::yield_now().await,
            Act::Sleep => sleep(moment(dice)).await,
            Act::Fail => return Err(Fault::new("told to fail")),
            Act::Panic => hostile_panic("handler"),
            Act::Publish => ctx.publish(News(scene.value(dice))),
            Act::PublishTwice => {
                ctx.publish(News(scene.value(dice)));
                sleep(moment(dice)).await;
                ctx.publish(News(scene.value(dice)));
            }
            Act::Tell => {
                if let Some(peer) = scene.peer(dice)
                    && let Err(error) = ctx.tell(&peer, Work(scene.value(dice), Act::Nothing)).await
                    && let Some(Work(value, _)) = error.into_message()
                {
                    value.returned();
                }
            }
            Act::Ask => {
                if let Some(peer) = scene.peer(dice) {
                    ctx.ask(&peer, Question(scene.value(dice), Act::Yield)).await?.returned();
                }
            }
            Act::TellItself => {
                let me = ctx.actor_ref();
                if let Err(error) = ctx.tell(&me, Work(scene.value(dice), Act::Nothing)).await
                    && let Some(Work(value, _)) = error.into_message()
                {
                    value.returned();
                }
            }
            Act::AskInTheBackground => {
                let (publisher, peer, value) = (ctx.publisher(), scene.peer(dice), scene.value(dice));
                tokio::spawn(async move {
                    if let Some(peer) = peer
                        && let Ok(value) = publisher.ask(&peer, Question(value, Act::Nothing)).await
                    {
                        value.returned();
                    }
                });
            }
            Act::Spawn => drop(ctx.spawn(Kid::new(scene)).await?),
            Act::SpawnNamed => {
                let scene = scene.clone();
                ctx.spawn_with(move || Kid::new(&scene)).named(format!("kid {}", dice.throw(4))).await?;
            }
            Act::Watch => {
                if let Some(peer) = scene.peer(dice) {
                    ctx.watch(&peer);
                }
            }
            Act::Stop => ctx.stop(),
        }
        Ok(())
    }
}

#[actor(spawns(Kid), asks(Peer), tells(Peer, Worker), publishes(News), mailbox(capacity = 8))]
impl Worker {
    #[pre_start]
    async fn start(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        match self.dice.throw(32) {
            0 => self.act(Act::Panic, ctx).await,
            1 => self.act(Act::Fail, ctx).await,
            2 => self.act(Act::Spawn, ctx).await,
            3 => self.act(Act::Sleep, ctx).await,
            4 => self.act(Act::Publish, ctx).await,
            _ => Ok(()),
        }
    }

    #[handler(entry)]
    async fn work(&mut self, Work(mut value, act): Work, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        value.set_handled();
        self.act(act, ctx).await
    }

    #[handler(entry)]
    async fn question(
        &mut self,
        Question(mut value, act): Question,
        ctx: &mut ActorContext<Self>,
    ) -> Result<Value, Fault> {
        value.set_handled();
        self.act(act, ctx).await?;
        Ok(self.scene.value(&mut self.dice))
    }

    #[on_terminated]
    fn gone(&mut self, _: Terminated) {}

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        match self.dice.throw(16) {
            0 => hostile_panic("on_error"),
            1 => ErrorAction::Stop,
            2 => ErrorAction::Escalate,
            3..6 => ErrorAction::Restart,
            _ => ErrorAction::Resume,
        }
    }

    #[post_stop]
    async fn stop(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        match self.dice.throw(16) {
            0 => self.act(Act::Panic, ctx).await,
            1 => self.act(Act::Sleep, ctx).await,
            2 => self.act(Act::Publish, ctx).await,
            3 => self.act(Act::Ask, ctx).await,
            _ => Ok(()),
        }
    }
}

/// The child of a worker or of a dynamic supervisor. It gets events.
pub(crate) struct Kid {
    dice: Dice,
}

impl Kid {
    pub(crate) fn new(scene: &Arc<Scene>) -> Self {
        Kid { dice: scene.dice() }
    }
}

#[actor(mailbox(capacity = 2))]
impl Kid {
    #[on_event]
    async fn news(&mut self, News(mut value): News) -> Result<(), Fault> {
        value.set_handled();
        match self.dice.throw(16) {
            0 => hostile_panic("event handler"),
            1 => Err(Fault::new("too much news")),
            2 => {
                sleep(moment(&mut self.dice)).await;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    #[handler(entry)]
    fn work(&mut self, Work(value, _): Work) {
        value.handled();
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        match self.dice.throw(8) {
            0 => ErrorAction::Stop,
            1 => ErrorAction::Escalate,
            2 => ErrorAction::Restart,
            _ => ErrorAction::Resume,
        }
    }
}

/// Its mailbox drops what it has no capacity for.
pub(crate) struct Peer {
    scene: Arc<Scene>,
    dice: Dice,
}

impl Peer {
    pub(crate) fn new(scene: &Arc<Scene>) -> Self {
        Peer { scene: scene.clone(), dice: scene.dice() }
    }
}

#[actor(mailbox(capacity = 4, overflow = Drop))]
impl Peer {
    #[handler(entry)]
    async fn work(&mut self, Work(mut value, act): Work) -> Result<(), Fault> {
        value.set_handled();
        match act {
            Act::Yield => tokio::task::yield_now().await,
            Act::Sleep => sleep(moment(&mut self.dice)).await,
            Act::Fail => return Err(Fault::new("told to fail")),
            Act::Panic => hostile_panic("handler of a peer"),
            _ => {}
        }
        Ok(())
    }

    #[handler(entry)]
    fn question(&mut self, Question(value, _): Question) -> Value {
        value.handled();
        self.scene.value(&mut self.dice)
    }

    #[on_event]
    fn news(&mut self, News(value): News) {
        value.handled();
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Resume
    }
}

#[actor_system(actors(Worker, Kid, Peer), events(News))]
pub(crate) struct Storm;

//! A test actor that fails on command, for tests of restarts and supervision.

use crate::{Double, Fail, Hold, Hook, Log, Note, Panic, Quit, Read};
use airssys_rt::{actor::OnRestart, prelude::*};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, mpsc},
};

/// A template: each incarnation is a clone of it. The log has its life: `+a` and `-a` when `a` starts and
/// stops, `a1` when it handles note 1.
#[derive(Clone)]
pub struct Worker {
    pub name: &'static str,
    pub log: Log,
    /// The behaviour of its starts, one after the other. Further starts work.
    pub starts: Arc<Mutex<VecDeque<Hook>>>,
    pub stop: Hook,
    /// What `on_error` returns.
    pub action: ErrorAction,
    /// The receiver for which the handler of [`Block`] waits.
    pub blocks: Arc<Mutex<Option<mpsc::Receiver<()>>>>,
    notes: Vec<u64>,
}

/// Its handler blocks its thread until the test releases it.
#[message]
pub struct Block;

/// Its handler fails, without an asker.
#[message]
pub struct Fall;

impl Worker {
    pub fn new(name: &'static str, log: &Log) -> Self {
        Worker {
            name,
            log: log.clone(),
            starts: Arc::default(),
            stop: Hook::Works,
            action: ErrorAction::Stop,
            blocks: Arc::default(),
            notes: Vec::new(),
        }
    }

    #[must_use]
    pub fn starting(self, starts: impl IntoIterator<Item = Hook>) -> Self {
        self.starts.lock().unwrap().extend(starts);
        self
    }

    #[must_use]
    pub fn stopping(mut self, stop: Hook) -> Self {
        self.stop = stop;
        self
    }

    #[must_use]
    pub fn when_it_fails(mut self, action: ErrorAction) -> Self {
        self.action = action;
        self
    }

    /// A child spec whose id is the name.
    pub fn child(&self) -> Child<Worker> {
        let template = self.clone();
        Child::new(self.name, move |_| template.clone())
    }

    /// Spawns the actor without a supervisor.
    pub async fn spawn(&self, system: &ActorSystem<TestSystem>, on_restart: OnRestart) -> ActorRef<Worker> {
        let template = self.clone();
        system.spawn_with(move || template.clone()).named(self.name).on_restart(on_restart).await.unwrap()
    }
}

#[actor]
impl Worker {
    #[pre_start]
    async fn begin(&mut self) -> Result<(), Fault> {
        let start = self.starts.lock().unwrap().pop_front().unwrap_or_default();
        if start != Hook::Works {
            self.log.add(format!("?{}", self.name));
        }
        start.run().await?;
        self.log.add(format!("+{}", self.name));
        Ok(())
    }

    #[handler]
    fn note(&mut self, Note(n): Note) {
        self.notes.push(n);
        self.log.add(format!("{}{n}", self.name));
    }

    #[handler]
    async fn hold(&mut self, Hold { started, release }: Hold) {
        let _ = started.send(());
        let _ = release.await;
    }

    #[handler]
    fn block(&self, _: Block) {
        let gate = self.blocks.lock().unwrap().take();
        let _ = gate.map(|gate| gate.recv());
    }

    #[handler]
    fn read(&self, _: Read) -> Vec<u64> {
        self.notes.clone()
    }

    #[handler]
    fn double(&self, Double(n): Double) -> u64 {
        n * 2
    }

    #[handler]
    fn fail(&mut self, _: Fail) -> Result<u64, Fault> {
        Err(crate::DiskFull)?
    }

    #[handler]
    fn fall(&mut self, _: Fall) -> Result<(), Fault> {
        Err(crate::DiskFull)?
    }

    #[handler]
    fn panic(&mut self, _: Panic) -> u64 {
        panic!("out of ink");
    }

    #[handler]
    fn quit(&mut self, _: Quit, ctx: &mut ActorContext<Self>) {
        ctx.stop();
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        self.action
    }

    #[post_stop]
    async fn end(&mut self) -> Result<(), Fault> {
        let stopped = self.stop.run().await;
        self.log.add(format!("-{}", self.name));
        stopped
    }
}

/// An actor of another type.
#[derive(Default)]
pub struct OtherWorker;

#[actor]
impl OtherWorker {
    #[handler]
    fn double(&self, Double(n): Double) -> u64 {
        n * 2
    }
}

#[actor_system(actors(Worker, OtherWorker))]
pub struct TestSystem;

pub async fn system() -> ActorSystem<TestSystem> {
    system_with(SystemConfig::default()).await
}

pub async fn system_with(config: SystemConfig) -> ActorSystem<TestSystem> {
    ActorSystem::<TestSystem>::start(config).await.expect("the configuration is good")
}

/// The states of a supervisor's children, in order.
pub fn states(supervisor: &SupervisorRef<TestSystem>) -> Vec<String> {
    supervisor.children().iter().map(|child| format!("{} {}", child.id, child.state)).collect()
}

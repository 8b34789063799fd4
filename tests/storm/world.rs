//! One storm: a system with its actors and clients, a shutdown at a random moment, and the checks at the end.

use crate::{
    actors::{Act, Kid, Scene, Storm, StormMessage, Work, Worker},
    brokers::{HostileHook, WildBroker},
    client::Client,
    hostile::{text, unexpected_panics},
};
use airssys_rt::{
    backoff::Backoff,
    broker::{InMemoryMessageBroker, hook::Hooked},
    prelude::*,
    supervisor::{DynamicRef, DynamicSupervisor, Restart, SupervisorRef},
    testkit::{FaultPlan, Ledger, Mishap, When},
};
use airssys_rt_tests::{paused, test_broker::Dice, two_threads};
use std::{
    fmt,
    ops::AddAssign,
    sync::{Arc, Mutex, atomic::AtomicU64, mpsc},
    thread,
    time::Duration,
};
use tokio::runtime::Runtime;

/// How long one storm may take on the real clock.
const LIMIT: Duration = Duration::from_secs(120);
const CLIENTS: u64 = 8;

/// Which storm runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    /// The position in [`Mode::ALL`].
    pub(crate) mode: usize,
    pub(crate) operations: u64,
}

/// Where a storm runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mode {
    runtime: Clock,
    broker: Bus,
}

#[derive(Debug, Clone, Copy)]
enum Clock {
    /// One thread with a paused clock: a seed repeats the whole storm.
    Paused,
    OneWorker,
    TwoWorkers,
}

#[derive(Debug, Clone, Copy)]
enum Bus {
    /// The direct path, without observers.
    Direct,
    /// A ledger observes each message.
    Observed,
    /// Hooks refuse, drop and panic.
    Hooks,
    /// A plan of faults delays, drops and panics.
    Faults,
    /// Messages are lost and duplicated, so no ledger can balance.
    Wild,
}

impl Mode {
    pub(crate) const ALL: [Mode; 15] = {
        let (clocks, buses) = (
            [Clock::Paused, Clock::OneWorker, Clock::TwoWorkers],
            [Bus::Direct, Bus::Observed, Bus::Hooks, Bus::Faults, Bus::Wild],
        );
        let mut all = [Mode { runtime: Clock::Paused, broker: Bus::Direct }; 15];
        let mut at = 0;
        while at < 15 {
            all[at] = Mode { runtime: clocks[at % 3], broker: buses[at / 3] };
            at += 1;
        }
        all
    };
}

/// What all storms did.
#[derive(Default)]
pub(crate) struct Totals {
    pub(crate) operations: u64,
    values: u64,
    handled: u64,
    dropped: u64,
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.operations += other.operations;
        self.values += other.values;
        self.handled += other.handled;
        self.dropped += other.dropped;
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Totals { operations, values, handled, dropped } = self;
        write!(
            f,
            "{operations} operations, {values} values, {handled} handled, {dropped} dropped with their message"
        )
    }
}

/// What the clients share.
pub(crate) struct World<B: MessageBroker<StormMessage>> {
    pub(crate) system: ActorSystem<Storm, B>,
    pub(crate) scene: Arc<Scene>,
    pub(crate) root: SupervisorRef<Storm>,
    pub(crate) pool: DynamicRef<Kid>,
    pub(crate) kids: Mutex<Vec<ActorRef<Kid>>>,
    workers: Mutex<Vec<ActorRef<Worker>>>,
    /// Whether actors may have threads: a paused clock does not wait for them.
    pub(crate) has_threads: bool,
}

impl<B: MessageBroker<StormMessage>> World<B> {
    /// Any worker, alive or not.
    pub(crate) fn worker(&self, dice: &mut Dice) -> ActorRef<Worker> {
        let workers = self.workers.lock().unwrap();
        workers[dice.throw(workers.len() as u64) as usize].clone()
    }

    pub(crate) fn keep(&self, worker: ActorRef<Worker>, dice: &mut Dice) {
        let mut workers = self.workers.lock().unwrap();
        if workers.len() < 24 {
            workers.push(worker);
        } else {
            let at = dice.throw(24) as usize;
            workers[at] = worker;
        }
    }

    pub(crate) fn child(&self, id: String, dice: &mut Dice) -> Child<Worker> {
        child(&self.scene, id, dice)
    }
}

fn child(scene: &Arc<Scene>, id: String, dice: &mut Dice) -> Child<Worker> {
    let scene = scene.clone();
    let child = Child::new(id, move |_| Worker::new(&scene));
    let restart = [Restart::Permanent, Restart::Transient, Restart::Temporary][dice.throw(3) as usize];
    let child = child.restart(restart);
    if dice.throw(2) == 0 {
        child.backoff(Backoff::exponential(Duration::from_millis(1), Duration::from_millis(8)).unwrap())
    } else {
        child
    }
}

/// Runs one storm and checks its end. Prints how to repeat it if it fails or hangs.
pub(crate) fn run(plan: Plan) -> Totals {
    let (ended, end) = mpsc::channel();
    let storm = thread::spawn(move || {
        let totals = on_runtime(plan);
        let _ = ended.send(());
        totals
    });
    let hangs = matches!(end.recv_timeout(LIMIT), Err(mpsc::RecvTimeoutError::Timeout));
    let result = if hangs { None } else { Some(storm.join()) };
    let problems = unexpected_panics();
    match result {
        Some(Ok(totals)) if problems.is_empty() => totals,
        failed => {
            let panic = failed.and_then(Result::err).map(|panic| text(&*panic).to_owned());
            let mode = Mode::ALL[plan.mode];
            let what = panic.map_or("hangs".to_owned(), |panic| format!("failed ({panic})"));
            let Plan { seed, mode: number, .. } = plan;
            panic!(
                "a storm {what} in {mode:?}: STORM_SEED={seed} STORM_MODE={number} ./ci/storm\n{}",
                problems.join("\n")
            );
        }
    }
}

fn on_runtime(plan: Plan) -> Totals {
    let Mode { runtime, broker } = Mode::ALL[plan.mode];
    let runtime = match runtime {
        Clock::Paused => paused(),
        Clock::OneWorker => {
            let mut builder = tokio::runtime::Builder::new_multi_thread();
            builder.worker_threads(1).enable_all().build().unwrap()
        }
        Clock::TwoWorkers => two_threads(),
    };
    let memory = InMemoryMessageBroker::new();
    match broker {
        Bus::Direct => storm(plan, &runtime, memory, false),
        Bus::Observed => storm(plan, &runtime, memory, true),
        Bus::Hooks => {
            let hook = HostileHook { seed: plan.seed, calls: AtomicU64::new(0) };
            storm(plan, &runtime, Hooked::new(memory).with(hook), true)
        }
        Bus::Faults => {
            let delay = Mishap::Delay(Duration::from_millis(1));
            let faults = ["Work", "Question", "News"].into_iter().fold(
                FaultPlan::seeded(plan.seed),
                |faults, name| {
                    let faults = faults.with(Mishap::Panic, name, When::Share(0.02));
                    let faults = faults.with(delay, name, When::Share(0.1));
                    faults.with(Mishap::Drop, name, When::Share(0.03)).with(
                        Mishap::Full,
                        name,
                        When::Share(0.03),
                    )
                },
            );
            storm(plan, &runtime, faults.around(memory), true)
        }
        Bus::Wild => storm(plan, &runtime, WildBroker::new(plan.seed), false),
    }
}

fn config() -> SystemConfig {
    let limit = Duration::from_millis(500);
    SystemConfig::default()
        .with_ask_timeout(Duration::from_millis(20))
        .with_spawn_timeout(limit)
        .with_stop_timeout(limit)
        .with_drain_timeout(limit)
        .with_dead_letters(64)
}

fn storm<B: MessageBroker<StormMessage>>(plan: Plan, runtime: &Runtime, broker: B, ledger: bool) -> Totals {
    let scene = Scene::new(plan.seed);
    let values = scene.values.clone();
    let has_threads = !matches!(Mode::ALL[plan.mode].runtime, Clock::Paused);
    runtime.block_on(async {
        let system = ActorSystem::<Storm, B>::with_broker(config(), broker).await.unwrap();
        let ledger = ledger.then(|| Ledger::of(&system));
        let mut dice = Dice::new(plan.seed);
        let world = world(system, &scene, &mut dice, has_threads).await;
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                let client = Client::new(world.clone(), Dice::new(dice.throw(u64::MAX)));
                tokio::spawn(client.run(plan.operations / CLIENTS))
            })
            .collect();
        // Sometimes the shutdown comes first, and sometimes long after the clients. A ledger must see each send end, so it comes after them.
        let (system, delay) = (world.system.clone(), Duration::from_micros(dice.throw(400_000)));
        let early = ledger.is_none().then(|| system.clone());
        let shutdown = tokio::spawn(async move {
            tokio::time::sleep(delay).await;
            if let Some(system) = early {
                let _ = system.shutdown().await;
            }
        });
        for client in clients {
            client.await.expect("a client catches its panics");
        }
        shutdown.await.unwrap();
        system.shutdown().await.expect("each actor stops within its limit");
        drop(system);
        check_end(&world, ledger).await;
        // On a paused clock, time passes only while the storm waits: the broker and the handlers leave tasks that sleep.
        tokio::time::sleep(Duration::from_millis(50)).await;
        airssys_rt_tests::until_no_task_is_left().await;
        let World { system, .. } = Arc::into_inner(world).expect("the clients have ended");
        crate::hostile::guarded(async { drop(system.dead_letters().drain()) }).await;
        drop(system);
        // A thread that has just ended a task may still drop the last reference to what the task had.
        airssys_rt_tests::until("no value is left", || values.left() == 0).await;
    });
    Totals {
        operations: plan.operations,
        values: values.made(),
        handled: values.handled(),
        dropped: values.dropped(),
    }
}

async fn world<B: MessageBroker<StormMessage>>(
    system: ActorSystem<Storm, B>,
    scene: &Arc<Scene>,
    dice: &mut Dice,
    has_threads: bool,
) -> Arc<World<B>> {
    let often = (1_000_000, Duration::from_secs(1));
    let restarts = if dice.throw(4) == 0 { (3, Duration::from_secs(1)) } else { often };
    let root = loop {
        let below = Supervisor::rest_for_one("below").restarts(restarts.0, restarts.1);
        let below = (3..6).fold(below, |below, n| below.child(child(scene, format!("child {n}"), dice)));
        let root = Supervisor::one_for_all("root").restarts(restarts.0, restarts.1).isolated();
        let root = (0..3).fold(root, |root, n| root.child(child(scene, format!("child {n}"), dice)));
        // A start may fail by chance.
        if let Ok(root) = system.supervise(root.supervisor(below)).await {
            break root;
        }
    };
    let pool = DynamicSupervisor::new("pool").restarts(often.0, often.1).isolated();
    let pool = system.supervise_dynamic(pool).await.unwrap();
    let worker = loop {
        if let Ok(worker) = system.spawn(Worker::new(scene)).await {
            break worker;
        }
    };
    Arc::new(World {
        system,
        scene: scene.clone(),
        root,
        pool,
        kids: Mutex::default(),
        workers: Mutex::new(vec![worker]),
        has_threads,
    })
}

/// Nothing is left of the system, and its messages balance.
async fn check_end<B: MessageBroker<StormMessage>>(world: &World<B>, ledger: Option<Ledger>) {
    let system = &world.system;
    let counters = system.counters();
    let over = counters.handled + counters.failed + counters.expired + counters.dead;
    assert_eq!((counters.sent, counters.queued), (over, 0), "{counters:?}");
    assert!(system.actors().is_empty(), "{:?}", system.actors());
    assert!(world.root.has_ended());
    for n in 0..6 {
        assert!(system.named::<Worker>(&format!("worker {n}")).is_none());
        assert!(system.named::<Kid>(&format!("kid {n}")).is_none());
    }
    // A client that comes late gets its message back.
    let late = system.try_tell(
        &world.workers.lock().unwrap()[0],
        Work(world.scene.values.make(crate::values::Danger::None), Act::Nothing),
    );
    let Some(Work(value, _)) = late.unwrap_err().into_message() else {
        panic!("the message of a late client is lost")
    };
    value.returned();
    if let Some(ledger) = ledger {
        ledger.settle(system).await;
    }
}

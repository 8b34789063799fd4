//! Soak test: a tree of a thousand actors under load, one of which is killed every millisecond: `./ci/soak`.
//!
//! `SOAK_SECONDS` is the length in seconds (5), `SOAK_SEED` repeats a choice of victims; both are printed.

#![cfg(panic = "unwind")] // nothing is contained without
#![allow(clippy::unwrap_used)] // a test fails by panicking

use airssys_rt::{
    prelude::*,
    supervisor::{ChildState, Strategy, SupervisorRef},
    system::TreeNode,
    testkit::Ledger,
};
use std::{
    env,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant, SystemTime},
};
use tokio::task::JoinSet;

const SECTIONS: usize = 10;
const TEAMS: usize = 10;
const WORKERS: usize = 10;
const ALL: usize = SECTIONS * TEAMS * WORKERS;
const PRODUCERS: u64 = 4;

#[message]
struct Work;

#[message(reply = u64)]
struct Done;

#[message(reply = u64)]
struct Fail;

#[message]
struct Crash;

#[derive(Default)]
struct Worker {
    done: u64,
}

#[actor]
impl Worker {
    #[handler]
    async fn work(&mut self, _: Work) {
        self.done += 1;
        if self.done.is_multiple_of(64) {
            tokio::task::yield_now().await; // where a kill can interrupt the handler
        }
    }

    #[handler]
    fn done(&self, _: Done) -> u64 {
        self.done
    }

    #[handler]
    fn fail(&mut self, _: Fail) -> Result<u64, Fault> {
        Err(Fault::new("told to fail"))
    }

    #[handler]
    fn crash(&mut self, _: Crash) {
        panic!("told to crash");
    }
}

#[actor_system(actors(Worker))]
struct Plant;

/// Chooses as SplitMix64 does.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % sides
    }
}

#[derive(Default)]
struct Tally {
    over: AtomicBool,
    asked: AtomicU64,
    answered: AtomicU64,
    refused: AtomicU64,
    timed_out: AtomicU64,
    kills: AtomicU64,
}

fn strategy(index: usize) -> Strategy {
    [Strategy::OneForOne, Strategy::OneForAll, Strategy::RestForOne][index % 3]
}

fn tree() -> Supervisor<Plant> {
    // No supervisor gives up: the test is that each killed actor restarts.
    let new =
        |name: String, strategy| Supervisor::new(name, strategy).restarts(1_000_000, Duration::from_secs(1));
    let mut root = new("plant".to_owned(), Strategy::OneForOne);
    for section in 0..SECTIONS {
        let mut below = new(format!("section {section}"), Strategy::OneForOne);
        for team in 0..TEAMS {
            let mut workers = new(format!("team {section}.{team}"), strategy(section + team));
            for worker in 0..WORKERS {
                workers = workers.child(Child::new(format!("{worker}"), |_| Worker::default()));
            }
            below = below.supervisor(workers);
        }
        root = root.supervisor(below);
    }
    root
}

fn workers(root: &SupervisorRef<Plant>) -> Vec<ActorRef<Worker>> {
    let mut found = Vec::new();
    for section in 0..SECTIONS {
        let below = root.supervisor(&format!("section {section}")).unwrap();
        for team in 0..TEAMS {
            let team = below.supervisor(&format!("team {section}.{team}")).unwrap();
            found.extend((0..WORKERS).map(|worker| team.actor::<Worker>(&format!("{worker}")).unwrap()));
        }
    }
    found
}

/// Tells and asks random workers, until the test is over.
async fn produce(
    plant: ActorSystem<Plant>,
    workers: Arc<Vec<ActorRef<Worker>>>,
    tally: Arc<Tally>,
    seed: u64,
) {
    let mut dice = Dice(seed);
    while !tally.over.load(Relaxed) {
        let worker = &workers[dice.roll(ALL)];
        if dice.roll(8) > 0 {
            // The worker may be between two incarnations with a full mailbox, so the producer does not wait for it.
            drop(plant.try_tell(worker, Work));
            continue;
        }
        tally.asked.fetch_add(1, Relaxed);
        let outcome = match dice.roll(16) {
            0 => plant.ask(worker, Fail).await,
            _ => plant.ask(worker, Done).await,
        };
        match outcome {
            Ok(_) => &tally.answered,
            Err(AskError::Timeout(_)) => &tally.timed_out,
            Err(_) => &tally.refused,
        }
        .fetch_add(1, Relaxed);
    }
}

/// Ends a random worker every millisecond.
async fn kill(plant: ActorSystem<Plant>, workers: Arc<Vec<ActorRef<Worker>>>, tally: Arc<Tally>, seed: u64) {
    let mut dice = Dice(seed);
    while !tally.over.load(Relaxed) {
        let worker = &workers[dice.roll(ALL)];
        match dice.roll(3) {
            0 => drop(plant.try_tell(worker, Crash)),
            _ => drop(plant.kill(worker).await),
        }
        tally.kills.fetch_add(1, Relaxed);
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn count(node: &TreeNode, running: &mut usize, restarts: &mut u64) {
    if node.actor.is_some() {
        *running += usize::from(node.state == Some(ChildState::Running));
        *restarts += u64::from(node.restarts);
    }
    node.children.iter().for_each(|child| count(child, running, restarts));
}

async fn soak(length: Duration, seed: u64) {
    let plant = ActorSystem::<Plant>::start(SystemConfig::default()).await.unwrap();
    let root = plant.supervise(tree()).await.unwrap();
    let workers = Arc::new(workers(&root));
    let tally = Arc::new(Tally::default());
    let mut tasks = JoinSet::new();
    for producer in 0..PRODUCERS {
        tasks.spawn(produce(plant.clone(), workers.clone(), tally.clone(), seed ^ (producer + 1)));
    }
    tasks.spawn(kill(plant.clone(), workers.clone(), tally.clone(), seed));

    let start = Instant::now();
    tokio::time::sleep(length).await;
    tally.over.store(true, Relaxed);
    while let Some(ended) =
        tokio::time::timeout(Duration::from_secs(20), tasks.join_next()).await.expect("it hangs")
    {
        ended.unwrap();
    }
    // The workers that were killed last restart, and answer.
    for worker in &*workers {
        plant.ask(worker, Done).await.unwrap();
    }
    plant.idle().await;
    let (mut running, mut restarts) = (0, 0);
    plant.tree().roots.iter().for_each(|root| count(root, &mut running, &mut restarts));
    let counters = plant.counters();
    let get = |counter: &AtomicU64| counter.load(Relaxed);
    println!(
        "{:.1?}: {} messages, {} asks ({} refused), {} kills, {restarts} restarts",
        start.elapsed(),
        counters.sent,
        get(&tally.asked),
        get(&tally.refused),
        get(&tally.kills)
    );
    assert_eq!(running, ALL, "all workers run");
    assert!(restarts >= get(&tally.kills) / 2, "each killed worker is restarted");
    assert_eq!(counters.queued, 0);
    assert_eq!(
        counters.sent,
        counters.handled + counters.failed + counters.expired + counters.dead,
        "I1: {counters:?}"
    );
    assert_eq!(get(&tally.timed_out), 0, "I2: every ask ends, and not by its time limit");
    assert_eq!(get(&tally.asked), get(&tally.answered) + get(&tally.refused), "I2");
    // I3: the ledger shuts the system down and checks for tasks and actors that are left.
    let ledger = Ledger::of(&plant).counting_tasks();
    drop(root);
    ledger.settle(&plant).await;
}

/// I1, I2, I3: each killed worker restarts, and no message is lost.
#[test]
fn a_tree_of_a_thousand_actors_survives_random_kills() {
    let seconds: u64 = env::var("SOAK_SECONDS").map_or(5, |text| text.parse().unwrap());
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let seed = env::var("SOAK_SEED").map_or(now.as_nanos() as u64, |text| text.parse().unwrap());
    println!("SOAK_SECONDS={seconds} SOAK_SEED={seed}");
    std::panic::set_hook(Box::new(|panic| {
        if !panic.payload().is::<&str>() || panic.payload().downcast_ref() != Some(&"told to crash") {
            eprintln!("{panic}");
        }
    }));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(soak(Duration::from_secs(seconds), seed));
}

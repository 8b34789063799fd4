//! Families (`ctx.spawn` in `pre_start`): they end leaf by leaf, each member within its own limit, on every path.

use airssys_rt::{actor::LifecycleStep, broker::Received, prelude::*};
use airssys_rt_tests::{Hold, Log, paused, poll_once, settle, two_threads, until, with_time_limit};
use std::{
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};
use tokio::{
    sync::oneshot,
    time::{Instant, sleep},
};

/// What an actor does when it stops, and which children it spawns when it starts.
#[derive(Clone, Default)]
struct Shape {
    name: &'static str,
    below: Vec<Shape>,
    stop: Duration,
    /// Whether `pre_start` fails after it has spawned the children.
    fails: bool,
    on_thread: bool,
    named: bool,
    action: Action,
}

#[derive(Clone, Copy, Default)]
enum Action {
    #[default]
    Stop,
    Restart,
    Escalate,
}

fn shape(name: &'static str, stop: u64, below: Vec<Shape>) -> Shape {
    Shape { name, below, stop: Duration::from_secs(stop), ..Shape::default() }
}

/// A root, a child, and eight children of that; `post_stop` of each takes two seconds.
fn large_family() -> Shape {
    let leaves = ["1", "2", "3", "4", "5", "6", "7", "8"].map(|name| shape(name, 2, Vec::new()));
    shape("root", 2, vec![shape("mid", 2, leaves.to_vec())])
}

/// The order in which that family ends.
const LEAF_BY_LEAF: [&str; 10] = ["-8", "-7", "-6", "-5", "-4", "-3", "-2", "-1", "-mid", "-root"];

struct Member {
    shape: Shape,
    log: Log,
}

#[message]
struct Fall;

/// Asks the parent for its name once the sender is dropped. Answers with the error.
#[message(reply = String)]
struct AskParent(ActorRef<Member>, oneshot::Receiver<()>);

#[message(reply = &'static str)]
struct GetName;

/// Blocks the thread of the handler until the test drops the sender.
#[message]
struct Block(Arc<Mutex<Option<mpsc::Receiver<()>>>>);

#[actor(spawns(Member), asks(Member, cycle = "a child asks its parent"))]
impl Member {
    #[pre_start]
    async fn start(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        for below in self.shape.below.clone() {
            let (name, named, on_thread) = (below.name, below.named, below.on_thread);
            let mut spawn = ctx.spawn(Member { shape: below, log: self.log.clone() });
            if named {
                spawn = spawn.named(name);
            }
            if on_thread {
                spawn = spawn.on_thread();
            }
            spawn.await?;
        }
        if self.shape.fails { Err(Fault::new("it fails")) } else { Ok(()) }
    }

    #[handler]
    fn fall(&mut self, _: Fall) -> Result<(), Fault> {
        Err(Fault::new("it fails"))
    }

    #[handler]
    async fn hold(&mut self, Hold { started, release }: Hold) {
        let _ = started.send(());
        let _ = release.await;
    }

    #[handler]
    async fn ask_parent(&self, AskParent(parent, begin): AskParent, ctx: &mut ActorContext<Self>) -> String {
        let _ = begin.await;
        ctx.ask(&parent, GetName).await.map_or_else(|error| error.to_string(), str::to_owned)
    }

    #[handler]
    fn get_name(&self, _: GetName) -> &'static str {
        self.shape.name
    }

    #[handler]
    fn block(&self, Block(gate): Block) {
        let gate = gate.lock().unwrap().take();
        let _ = gate.map(|gate| gate.recv());
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        match self.shape.action {
            Action::Stop => ErrorAction::Stop,
            Action::Restart => ErrorAction::Restart,
            Action::Escalate => ErrorAction::Escalate,
        }
    }

    #[post_stop]
    async fn stop(&mut self) {
        sleep(self.shape.stop).await;
        self.log.add(format!("-{}", self.shape.name));
    }
}

#[actor_system(actors(Member))]
struct Family;

struct Lab {
    system: ActorSystem<Family>,
    log: Log,
}

impl Lab {
    async fn new() -> Self {
        Lab::with_stop_timeout(Duration::from_secs(5)).await
    }

    async fn with_stop_timeout(limit: Duration) -> Self {
        let config =
            SystemConfig::default().with_drain_timeout(Duration::from_secs(60)).with_stop_timeout(limit);
        Lab { system: ActorSystem::start(config).await.unwrap(), log: Log::default() }
    }

    async fn spawn(&self, shape: Shape) -> Result<ActorRef<Member>, SpawnError> {
        let name = shape.name;
        self.system.spawn(Member { shape, log: self.log.clone() }).named(name).await
    }

    fn child(&self, shape: Shape) -> Child<Member> {
        let (name, log) = (shape.name, self.log.clone());
        Child::new(name, move |_| Member { shape: shape.clone(), log: log.clone() }).named(name)
    }

    /// Makes the named actor block its thread. Returns the sender that releases it.
    async fn block(&self, name: &str) -> mpsc::Sender<()> {
        let actor = self.system.named::<Member>(name).unwrap();
        let (release, gate) = mpsc::channel();
        let gate = Arc::new(Mutex::new(Some(gate)));
        self.system.tell(&actor, Block(gate.clone())).await.unwrap();
        until("the handler blocks", || gate.lock().unwrap().is_none()).await;
        release
    }
}

/// LC-11: the limit of a member is its own, not one for its family.
#[tokio::test(start_paused = true)]
async fn a_family_ends_leaf_by_leaf_within_the_limit_of_each() {
    for end in ["stop", "drain", "kill", "failure", "escalation", "shutdown"] {
        let lab = Lab::new().await;
        let mut family = large_family();
        if end == "escalation" {
            family.below[0].named = true;
            family.below[0].action = Action::Escalate;
        }
        let root = lab.spawn(family).await.unwrap();
        let begin = Instant::now();
        match end {
            "stop" => drop(lab.system.stop(&root).await),
            "drain" => drop(lab.system.drain(&root).await),
            "kill" => drop(lab.system.kill(&root).await),
            "failure" => {
                lab.system.tell(&root, Fall).await.unwrap();
                lab.system.watch(&root).await;
            }
            "escalation" => {
                let mid = lab.system.named::<Member>("mid").unwrap();
                lab.system.tell(&mid, Fall).await.unwrap();
                lab.system.watch(&root).await;
            }
            _ => drop(lab.system.shutdown().await.unwrap()),
        }
        assert_eq!(lab.log.read(), LEAF_BY_LEAF, "{end}");
        assert_eq!(begin.elapsed(), Duration::from_secs(20), "{end}");
        assert!(lab.system.actors().is_empty(), "{end}");
    }
}

/// LC-11: the next incarnation finds all names free.
#[tokio::test(start_paused = true)]
async fn a_restart_waits_for_the_end_of_the_family() {
    for supervised in [true, false] {
        let lab = Lab::new().await;
        let mut family = large_family();
        family.action = Action::Restart;
        family.below[0].named = true;
        let root = if supervised {
            let tree = Supervisor::one_for_one("tree").child(lab.child(family));
            lab.system.supervise(tree).await.unwrap().actor::<Member>("root").unwrap()
        } else {
            let log = lab.log.clone();
            let make = move || Member { shape: family.clone(), log: log.clone() };
            lab.system.spawn_with(make).named("root").await.unwrap()
        };
        let first = lab.system.named::<Member>("mid").unwrap();
        lab.system.tell(&root, Fall).await.unwrap();
        lab.system.idle().await;
        assert_eq!(lab.log.read(), LEAF_BY_LEAF);
        assert!(root.is_alive() && !first.is_alive());
        assert_ne!(lab.system.named::<Member>("mid").unwrap(), first);
        assert_eq!(lab.system.actors().len(), 10, "no actor is orphaned");
        lab.system.shutdown().await.unwrap();
    }
}

/// LC-11: a supervisor gives the actor its limit, and the family of the actor theirs.
#[tokio::test(start_paused = true)]
async fn a_supervisor_waits_for_the_families_of_its_children() {
    let lab = Lab::new().await;
    let tree = Supervisor::one_for_one("tree").child(lab.child(large_family()));
    let tree = lab.system.supervise(tree).await.unwrap();
    let begin = Instant::now();
    let root = tree.actor::<Member>("root").unwrap();
    let watch = tokio::spawn({
        let system = lab.system.clone();
        async move { system.watch(&root).await.reason }
    });
    tree.stop("root").await.unwrap();
    assert_eq!(begin.elapsed(), Duration::from_secs(20));
    assert_eq!(lab.log.read(), LEAF_BY_LEAF);
    assert_eq!(watch.await.unwrap(), ExitReason::Shutdown, "it was not killed");
}

/// LC-11: an actor that exceeds its limit is killed, and its family still has the limits of its members.
#[tokio::test(start_paused = true)]
async fn the_family_of_an_actor_that_is_late_has_its_own_limits() {
    for place in ["supervisor", "parent"] {
        let lab = Lab::new().await;
        let late = Shape { named: true, ..shape("late", 2, vec![large_family()]) };
        let (tree, parent) = if place == "supervisor" {
            let tree = Supervisor::one_for_one("tree").child(lab.child(late));
            (Some(lab.system.supervise(tree).await.unwrap()), None)
        } else {
            (None, Some(lab.spawn(shape("parent", 0, vec![late])).await.unwrap()))
        };
        let late = lab.system.named::<Member>("late").unwrap();
        let (hold, started, _release) = Hold::new();
        lab.system.tell(&late, hold).await.unwrap();
        started.await.unwrap();
        let begin = Instant::now();
        match (&tree, &parent) {
            (Some(tree), _) => tree.stop("late").await.unwrap(),
            (_, Some(parent)) => drop(lab.system.stop(parent).await),
            _ => unreachable!(),
        }
        assert_eq!(begin.elapsed(), Duration::from_secs(5 + 20 + 2), "{place}");
        let log = lab.log.read();
        assert_eq!(
            (&log[..10], log[10].as_str()),
            (&LEAF_BY_LEAF.map(str::to_owned)[..], "-late"),
            "{place}"
        );
        assert_eq!(lab.system.watch(&late).await.reason, ExitReason::Killed, "{place}");
        assert!(lab.system.actors().is_empty(), "{place}");
    }
}

/// LC-11: a child that asks its parent while that stops for good is told at once.
#[tokio::test(start_paused = true)]
async fn a_child_does_not_wait_for_the_answer_of_a_parent_that_stops() {
    for supervised in [true, false] {
        let lab = Lab::new().await;
        let parent = shape("parent", 0, vec![Shape { named: true, ..shape("child", 0, Vec::new()) }]);
        let mut tree = None;
        let parent = if supervised {
            let spec = Supervisor::one_for_one("tree").child(lab.child(parent));
            tree.insert(lab.system.supervise(spec).await.unwrap()).actor::<Member>("parent").unwrap()
        } else {
            lab.spawn(parent).await.unwrap()
        };
        let child = lab.system.named::<Member>("child").unwrap();
        let (begin_ask, begins) = oneshot::channel();
        let mut asks = std::pin::pin!(lab.system.ask(&child, AskParent(parent.clone(), begins)));
        assert!(poll_once(asks.as_mut()).is_pending());
        let begin = Instant::now();
        let stop = async {
            match &tree {
                Some(tree) => tree.stop("parent").await.unwrap(),
                None => drop(lab.system.stop(&parent).await),
            }
        };
        let during = async {
            settle().await; // the parent waits for its child
            drop(begin_ask);
        };
        let ((), (), answer) = tokio::join!(stop, during, asks);
        let how = if supervised { ": it was shut down" } else { "" };
        let text = format!("`GetName` to `Member` {} was asked, but the actor has stopped{how}", parent.id());
        assert_eq!(answer.unwrap(), text);
        assert_eq!(begin.elapsed(), Duration::ZERO);
    }
}

/// LC-11: a start that fails leaves nothing, also of the children that `pre_start` has spawned.
#[tokio::test(start_paused = true)]
async fn an_actor_that_does_not_start_ends_after_its_children() {
    let lab = Lab::new().await;
    let mut family = large_family();
    family.fails = true;
    family.below[0].named = true;
    for times in 1..=2 {
        lab.spawn(family.clone()).await.unwrap_err();
        assert!(lab.system.actors().is_empty());
        assert_eq!(lab.log.read().len(), 9 * times);
    }
    assert_eq!(lab.log.read()[..9], LEAF_BY_LEAF[..9]);
}

/// LC-11: once one actor is late in a shutdown, the others are stopped together, but a family still ends in its order.
#[tokio::test(start_paused = true)]
async fn a_late_actor_does_not_shorten_the_limits_of_others() {
    let lab = Lab::new().await;
    lab.spawn(large_family()).await.unwrap();
    let late = lab.spawn(shape("late", 0, Vec::new())).await.unwrap();
    let (hold, started, _release) = Hold::new();
    lab.system.tell(&late, hold).await.unwrap();
    started.await.unwrap();
    let error = lab.system.shutdown().await.unwrap_err();
    let names: Vec<_> = error.aborted.iter().map(|aborted| aborted.name.as_deref()).collect();
    assert_eq!(names, [Some("late")], "{error}");
    let log = lab.log.read();
    assert_eq!(log[9..], ["-mid", "-root"], "{log:?}");
}

/// LC-11: a child that blocks its thread is killed and named, its own children end, its name is free, and its parent ends.
#[test]
fn a_child_that_blocks_its_thread_is_given_up_and_named() {
    with_time_limit(|| {
        paused().block_on(async {
            let lab = Lab::new().await;
            let leaf = Shape { named: true, ..shape("leaf", 0, Vec::new()) };
            let mid = Shape { named: true, on_thread: true, ..shape("mid", 0, vec![leaf]) };
            let root = lab.spawn(shape("root", 0, vec![mid])).await.unwrap();
            let release = lab.block("mid").await;
            let stuck = lab.system.named::<Member>("mid").unwrap();
            let mut events = lab.system.lifecycle_events(100);
            let begin = Instant::now();
            lab.system.stop(&root).await;
            assert_eq!(begin.elapsed(), Duration::from_secs(15), "5 to stop, 10 after the kill");
            assert_eq!(lab.log.read(), ["-leaf", "-root"]);
            let named = loop {
                let Received::Item(event) = events.recv().await.unwrap() else {
                    panic!("it is large enough")
                };
                if event.step == LifecycleStep::Stuck {
                    break event.name;
                }
            };
            assert_eq!(named.as_deref(), Some("mid"));
            assert_eq!(lab.system.actors().len(), 1);
            lab.spawn(shape("mid", 0, Vec::new())).await.expect("the name is free");
            drop(release);
            lab.system.watch(&stuck).await;
            assert!(
                lab.system.named::<Member>("mid").is_some(),
                "the name is not that of the actor that was given up"
            );
            lab.system.shutdown().await.unwrap();
        });
    });
}

/// LC-11: the same for an actor in a shutdown.
#[test]
fn a_shutdown_names_a_child_that_blocks_its_thread_and_not_its_parents() {
    with_time_limit(|| {
        paused().block_on(async {
            let lab = Lab::new().await;
            let leaf = Shape { named: true, on_thread: true, ..shape("leaf", 0, Vec::new()) };
            let mid = Shape { named: true, ..shape("mid", 4, vec![leaf]) };
            lab.spawn(shape("root", 4, vec![mid])).await.unwrap();
            let release = lab.block("leaf").await;
            let error = lab.system.shutdown().await.unwrap_err();
            let names: Vec<_> = error
                .aborted
                .iter()
                .map(|aborted| (aborted.name.as_deref().unwrap(), aborted.stuck))
                .collect();
            assert_eq!(names, [("leaf", true)], "{error}");
            assert_eq!(lab.log.read(), ["-mid", "-root"]);
            drop(release);
        });
    });
}

/// LC-11: a supervisor that gives up a child stops the children of that, and the name is free for the next one.
#[test]
fn the_family_of_a_supervised_actor_that_is_given_up_ends() {
    with_time_limit(|| {
        two_threads().block_on(async {
            // A paused clock would not wait for the threads.
            let lab = Lab::with_stop_timeout(Duration::from_millis(50)).await;
            let leaf = Shape { named: true, ..shape("leaf", 0, Vec::new()) };
            let child = lab.child(shape("mid", 0, vec![leaf])).on_thread();
            let tree = lab.system.supervise(Supervisor::one_for_one("tree").child(child)).await.unwrap();
            let leaf = lab.system.named::<Member>("leaf").unwrap();
            let release = lab.block("mid").await;
            tree.stop("mid").await.unwrap_err();
            lab.system.watch(&leaf).await;
            tree.restart("mid").await.unwrap();
            assert!(lab.system.named::<Member>("mid").is_some());
            drop(release);
            until("the first has ended", || lab.system.actors().len() == 2).await;
            assert!(lab.system.named::<Member>("mid").is_some(), "the name is that of the second");
        });
    });
}

/// A stop of an actor that restarts by itself at that moment waits for its end, not for that of the incarnation.
#[tokio::test(start_paused = true)]
async fn a_stop_during_a_restart_waits_for_the_end_of_the_actor() {
    let lab = Lab::new().await;
    let (log, family) = (lab.log.clone(), Shape { action: Action::Restart, ..shape("root", 2, Vec::new()) });
    let make = move || Member { shape: family.clone(), log: log.clone() };
    let root = lab.system.spawn_with(make).named("root").await.unwrap();
    lab.system.tell(&root, Fall).await.unwrap();
    sleep(Duration::from_secs(1)).await; // `post_stop` of the first incarnation
    lab.system.stop(&root).await;
    assert!(!root.is_alive());
    assert_eq!(lab.log.read(), ["-root", "-root"]);
}

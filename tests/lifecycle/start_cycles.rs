//! Asks in a `pre_start` whose answer waits for that start: they fail at once, and the error names the circle.

use airssys_rt::{
    actor::Publisher,
    prelude::*,
    supervisor::{ChildState, DynamicRef, DynamicSupervisor, SupervisorRef},
};
use airssys_rt_tests::{on_every_runtime, paused, two_threads, until};
use std::{error::Error, future::Future, time::Duration};
use tokio::{sync::oneshot, time::Instant};

/// What a node does for a message, or in its `pre_start`.
enum Job {
    Answer,
    /// Asks another node.
    Ask(ActorRef<Node>, Box<Job>),
    /// Asks another node from a publisher.
    AskByPublisher(ActorRef<Node>, Box<Job>),
    /// Spawns a node, which does this in its `pre_start`.
    Spawn(Box<Job>),
    /// Starts a node with a supervisor.
    Start(DynamicRef<Node>, Box<Job>),
    /// Starts a tree of supervisors with a node.
    Supervise(ActorSystem<Nest>, Box<Job>),
    /// Restarts a child of a supervisor by its id.
    Restart(SupervisorRef<Nest>, &'static str),
    /// As `Start`, for no longer than this.
    StartWithin(Duration, DynamicRef<Node>, Box<Job>),
    /// Begins when the test says so.
    After(oneshot::Receiver<()>, Box<Job>),
}

#[message(reply = String)]
struct Do(Job);

struct Node(Option<Job>);

const REASON: &str = "the test is about cycles";

#[actor(asks(Node, cycle = "the test is about cycles"), spawns(Node, cycle = "the test is about cycles"))]
impl Node {
    #[pre_start]
    async fn start(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        if let Some(job) = self.0.take() {
            let asked = job.run(ctx).await;
            if asked != "answered" {
                return Err(Fault::new(asked));
            }
        }
        Ok(())
    }

    #[handler(entry)]
    async fn job(&mut self, Do(job): Do, ctx: &mut ActorContext<Self>) -> String {
        job.run(ctx).await
    }
}

#[actor_system(actors(Node))]
struct Nest;

impl Job {
    fn run(
        self,
        ctx: &mut ActorContext<Node>,
    ) -> std::pin::Pin<Box<dyn Future<Output = String> + Send + '_>> {
        Box::pin(async move {
            match self {
                Job::Answer => "answered".to_owned(),
                Job::Ask(to, job) => text(ctx.ask(&to, Do(*job)).await),
                Job::AskByPublisher(to, job) => {
                    let publisher: Publisher<Node> = ctx.publisher();
                    text(publisher.ask(&to, Do(*job)).await)
                }
                Job::Spawn(job) => text(ctx.spawn(Node(Some(*job))).await.map(|_| "answered".to_owned())),
                Job::Start(supervisor, job) => start(&supervisor, *job).await,
                Job::Supervise(system, job) => {
                    let below = Supervisor::one_for_one("below").child(child(*job));
                    let tree = Supervisor::one_for_one("tree").supervisor(below).isolated();
                    text(system.supervise(tree).await.map(|_| "answered".to_owned()))
                }
                Job::Restart(supervisor, id) => {
                    text(supervisor.restart(id).await.map(|()| "answered".to_owned()))
                }
                Job::StartWithin(limit, supervisor, job) => {
                    let started = tokio::time::timeout(limit, start(&supervisor, *job)).await;
                    started.unwrap_or_else(|_| "no longer awaited".to_owned())
                }
                Job::After(gate, job) => {
                    let _ = gate.await;
                    job.run(ctx).await
                }
            }
        })
    }
}

async fn start(supervisor: &DynamicRef<Node>, job: Job) -> String {
    text(supervisor.start_child(child(job)).await.map(|_| "answered".to_owned()))
}

fn child(job: Job) -> Child<Node> {
    let mut job = Some(job);
    Child::new("child", move |_| job.take().map(|job| Node(Some(job)))).temporary()
}

/// The value, or the error with its sources.
fn text<E: Error + 'static>(result: Result<String, E>) -> String {
    result.unwrap_or_else(|error| {
        let (mut text, mut source) = (error.to_string(), error.source());
        while let Some(error) = source {
            text = format!("{text}: {error}");
            source = error.source();
        }
        text
    })
}

async fn nest() -> ActorSystem<Nest> {
    ActorSystem::<Nest>::start(SystemConfig::default()).await.unwrap()
}

async fn node(nest: &ActorSystem<Nest>) -> ActorRef<Node> {
    nest.spawn(Node(None)).await.unwrap()
}

/// Does the job within much less than the time limit of an ask.
async fn at_once(nest: &ActorSystem<Nest>, first: &ActorRef<Node>, job: Job) -> String {
    let begun = Instant::now();
    let done = nest.ask(first, Do(job)).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(2), "after {:?}: {done}", begun.elapsed());
    done
}

fn boxed(job: Job) -> Box<Job> {
    Box::new(job)
}

fn ask(to: &ActorRef<Node>) -> Job {
    Job::Ask(to.clone(), boxed(Job::Answer))
}

fn is_cycle(error: &str, circle: &str) {
    let says = format!("was asked in a `pre_start` that its answer waits for: {circle}");
    assert!(error.contains(&says), "{error}");
}

const STARTS: &str = " spawns (waits for `pre_start`) -> `Node`";

#[test]
fn a_child_that_asks_its_parent_in_its_pre_start_fails_at_once() {
    assert!(Nest::topology().links().iter().all(|link| link.cycle == Some(REASON)));
    on_every_runtime(|| async {
        let nest = nest().await;
        let parent = node(&nest).await;
        let error = at_once(&nest, &parent, Job::Spawn(boxed(ask(&parent)))).await;
        is_cycle(&error, &format!("`Node` -> `Node`{STARTS}"));
        // The parent has the capacity of the message that was not sent, and goes on.
        assert_eq!(at_once(&nest, &parent, Job::Answer).await, "answered");
    });
}

#[test]
fn so_does_one_that_asks_by_its_publisher() {
    on_every_runtime(|| async {
        let nest = nest().await;
        let parent = node(&nest).await;
        let job = Job::AskByPublisher(parent.clone(), boxed(Job::Answer));
        is_cycle(
            &at_once(&nest, &parent, Job::Spawn(boxed(job))).await,
            &format!("`Node` -> `Node`{STARTS}"),
        );
    });
}

#[test]
fn so_does_one_that_a_supervisor_starts() {
    on_every_runtime(|| async {
        let nest = nest().await;
        let parent = node(&nest).await;
        let supervisor = nest.supervise_dynamic(DynamicSupervisor::<Node>::new("crowd")).await.unwrap();
        let error = at_once(&nest, &parent, Job::Start(supervisor, boxed(ask(&parent)))).await;
        is_cycle(&error, &format!("`Node` -> `Node`{STARTS}"));
    });
}

#[test]
fn so_does_one_in_a_tree_that_the_parent_starts() {
    on_every_runtime(|| async {
        let nest = nest().await;
        let parent = node(&nest).await;
        let error = at_once(&nest, &parent, Job::Supervise(nest.clone(), boxed(ask(&parent)))).await;
        is_cycle(&error, &format!("`Node` -> `Node`{STARTS}"));
    });
}

#[test]
fn so_does_a_grandchild_whose_start_the_parent_waits_for_in_its_own() {
    on_every_runtime(|| async {
        let nest = nest().await;
        let parent = node(&nest).await;
        let error = at_once(&nest, &parent, Job::Spawn(boxed(Job::Spawn(boxed(ask(&parent)))))).await;
        is_cycle(&error, &format!("`Node` -> `Node`{STARTS}{STARTS}"));
    });
}

/// A child that was stopped, and whose second start asks its parent, which waits for the restart by its id.
#[test]
fn so_does_one_that_is_restarted_by_its_id() {
    on_every_runtime(|| async {
        for nested in [false, true] {
            let nest = nest().await;
            let parent = node(&nest).await;
            let (mut job, mut starts) = (Some(ask(&parent)), 0);
            let child = Child::new("child", move |_| {
                starts += 1;
                Some(Node(if starts == 1 { None } else { job.take() }))
            });
            let tree = Supervisor::one_for_one("tree").isolated();
            let (tree, id) = match nested {
                false => (tree.child(child.transient()), "child"),
                true => (tree.supervisor(Supervisor::one_for_one("below").child(child)), "below"),
            };
            let tree = nest.supervise(tree).await.unwrap();
            tree.stop(id).await.unwrap();
            let error = at_once(&nest, &parent, Job::Restart(tree, id)).await;
            is_cycle(&error, &format!("`Node` -> `Node`{STARTS}"));
        }
    });
}

/// The asks on the circle were sent before the start that it waits for.
#[test]
fn a_child_that_asks_an_actor_that_waits_for_its_parent_fails_at_once() {
    on_every_runtime(|| async {
        for others in 1..5 {
            let nest = nest().await;
            let parent = node(&nest).await;
            let first = node(&nest).await;
            // The first asks the second, and so on; the last asks the parent, whose child asks the first.
            let mut job = Job::Ask(parent.clone(), boxed(Job::Spawn(boxed(ask(&first)))));
            for _ in 1..others {
                job = Job::Ask(node(&nest).await, boxed(job));
            }
            let error = at_once(&nest, &first, job).await;
            is_cycle(&error, &format!("`Node`{}{STARTS}", " -> `Node`".repeat(1 + others)));
        }
    });
}

/// The last edge of the circle is an ask that is sent later.
#[test]
fn a_circle_that_closes_later_is_found_as_well() {
    on_every_runtime(|| async {
        let nest = nest().await;
        let (parent, desk) = (node(&nest).await, node(&nest).await);
        let (open, gate) = oneshot::channel();
        let asks_parent = Job::After(gate, boxed(ask(&parent)));
        let begun = nest.ask(&desk, Do(asks_parent));
        let spawns = at_once(&nest, &parent, Job::Spawn(boxed(ask(&desk))));
        let opens = async {
            tokio::task::yield_now().await;
            open.send(()).unwrap();
        };
        let (asked, error, ()) = tokio::join!(begun, spawns, opens);
        is_cycle(&error, &format!("`Node` -> `Node` -> `Node`{STARTS}"));
        assert_eq!(asked.unwrap(), "answered");
    });
}

/// A waiter that has given up waits no more.
#[test]
fn a_parent_that_no_longer_waits_for_a_supervisor_can_be_asked() {
    paused().block_on(async {
        let nest = nest().await;
        let parent = node(&nest).await;
        let supervisor = nest.supervise_dynamic(DynamicSupervisor::<Node>::new("crowd")).await.unwrap();
        let (open, gate) = oneshot::channel();
        let job = Job::After(gate, boxed(ask(&parent)));
        let job = Job::StartWithin(Duration::from_millis(10), supervisor.clone(), boxed(job));
        assert_eq!(nest.ask(&parent, Do(job)).await.unwrap(), "no longer awaited");
        open.send(()).unwrap();
        let starting = || supervisor.children().iter().any(|child| child.state == ChildState::Starting);
        until("the child has started", || !starting()).await;
        assert_eq!(supervisor.children().len(), 1);
    });
}

/// An ask whose answer is on its way is no edge, although its asker was not polled since.
#[test]
fn an_answered_ask_is_no_edge() {
    for runtime in [paused(), two_threads()] {
        runtime.block_on(async {
            let nest = nest().await;
            let (parent, desk) = (node(&nest).await, node(&nest).await);
            for _ in 0..500 {
                let asks = nest.ask(&desk, Do(ask(&parent)));
                let spawns = nest.ask(&parent, Do(Job::Spawn(boxed(ask(&desk)))));
                // In either order, the desk is free before its next message, or the circle is real.
                let (asked, spawned) = tokio::join!(asks, spawns);
                assert_eq!(asked.unwrap(), "answered");
                let spawned = spawned.unwrap();
                if spawned != "answered" {
                    is_cycle(&spawned, "");
                }
                let free = nest.ask(&desk, Do(ask(&parent))).await.unwrap();
                let after = nest.ask(&parent, Do(Job::Spawn(boxed(ask(&desk))))).await.unwrap();
                assert_eq!((free.as_str(), after.as_str()), ("answered", "answered"));
            }
            nest.shutdown().await.unwrap();
        });
    }
}

/// Many children ask other actors in their `pre_start`, which is no circle.
#[test]
fn starts_that_ask_others_succeed() {
    on_every_runtime(|| async {
        let nest = nest().await;
        let (parents, desk) = ([node(&nest).await, node(&nest).await, node(&nest).await], node(&nest).await);
        for _ in 0..50 {
            let spawns = parents.each_ref().map(|parent| nest.ask(parent, Do(Job::Spawn(boxed(ask(&desk))))));
            let [first, second, third] = spawns;
            let (first, second, third) = tokio::join!(first, second, third);
            for spawned in [first, second, third] {
                assert_eq!(spawned.unwrap(), "answered");
            }
        }
    });
}

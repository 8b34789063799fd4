//! Escalation of a failure: child to parent actor, child to supervisor, root supervisor to the system.

use crate::chain;
use airssys_rt::{
    actor::ChildFailed,
    prelude::*,
    supervisor::{DynamicSupervisor, Restart},
};
use airssys_rt_tests::{
    Double, Fail, Hook, Log, Note, Panic, Read, on_every_runtime, settle, until,
    worker::{OtherWorker, Worker, states, system},
};
use std::time::Duration;
use tokio::time::Instant;

/// Spawns this actor as a child.
#[message(reply = ActorRef<Worker>)]
struct Raise(Worker);

#[derive(Clone)]
struct Parent {
    log: Log,
    /// What `on_error` returns.
    action: ErrorAction,
    notes: Vec<u64>,
}

#[actor(spawns(Worker))]
impl Parent {
    #[pre_start]
    fn begin(&mut self, ctx: &mut ActorContext<Self>) {
        self.log.add(format!("+parent {}", ctx.incarnation()));
    }

    #[handler]
    async fn raise(
        &mut self,
        Raise(worker): Raise,
        ctx: &mut ActorContext<Self>,
    ) -> Result<ActorRef<Worker>, Fault> {
        Ok(ctx.spawn_with(move || worker.clone()).await?)
    }

    #[handler]
    fn note(&mut self, Note(n): Note) {
        self.notes.push(n);
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
        Err(Fault::new("enough"))
    }

    #[on_error]
    fn failed(&mut self, fault: Fault) -> ErrorAction {
        match fault.downcast_ref::<ChildFailed>() {
            Some(child) => self.log.add(format!("{} failed: {}", child.actor, child.fault)),
            None => self.log.add(fault.to_string()),
        }
        self.action
    }

    #[post_stop]
    fn end(&mut self) {
        self.log.add("-parent");
    }
}

#[actor_system(actors(Parent, Worker))]
struct Home;

async fn home(action: ErrorAction) -> (ActorSystem<Home>, ActorRef<Parent>, Log) {
    let config = SystemConfig::default().with_stop_timeout(Duration::from_secs(20));
    let home = ActorSystem::<Home>::start(config).await.unwrap();
    let log = Log::default();
    let template = Parent { log: log.clone(), action, notes: Vec::new() };
    let parent = home.spawn_with(move || template.clone()).await.unwrap();
    (home, parent, log)
}

/// B4, B15: the parent gets the failure of its child as a fault of its own, and decides.
#[test]
fn a_child_that_escalates_is_a_fault_of_its_parent() {
    on_every_runtime(|| async {
        for (action, end) in [
            (ErrorAction::Resume, &[][..]),
            (ErrorAction::Stop, &["-b", "-parent"][..]),
            (ErrorAction::Restart, &["-b", "-parent", "+parent 2"][..]),
        ] {
            let (home, parent, log) = home(action).await;
            let child = Worker::new("a", &log).when_it_fails(ErrorAction::Escalate);
            let child = home.ask(&parent, Raise(child)).await.unwrap();
            let other = home.ask(&parent, Raise(Worker::new("b", &log))).await.unwrap();
            home.ask(&child, Panic).await.unwrap_err();
            home.watch(&child).await;
            until("the parent has handled the failure", || log.read().len() >= 5 + end.len()).await;
            assert_eq!(log.read()[..5], ["+parent 1", "+a", "+b", "-a", "Worker failed: out of ink"]);
            assert_eq!(log.read()[5..], *end, "{action:?}");
            assert_eq!(other.is_alive(), action == ErrorAction::Resume);
            assert_eq!(home.ask(&parent, Double(1)).await.is_ok(), action != ErrorAction::Stop);
            home.shutdown().await.unwrap();
        }
    });
}

/// B4: without a parent, `Escalate` is `Stop`.
#[test]
fn an_actor_that_escalates_without_a_parent_stops() {
    on_every_runtime(|| async {
        let (home, _, log) = home(ErrorAction::Stop).await;
        let worker = home.spawn(Worker::new("a", &log).when_it_fails(ErrorAction::Escalate)).await.unwrap();
        home.ask(&worker, Fail).await.unwrap_err();
        assert_eq!(home.watch(&worker).await.reason.to_string(), "failed: the disk is full");
    });
}

/// A child with a factory restarts without an effect on its parent.
#[test]
fn a_child_can_restart_without_its_parent() {
    on_every_runtime(|| async {
        let (home, parent, log) = home(ErrorAction::Stop).await;
        let child = Worker::new("a", &log).when_it_fails(ErrorAction::Restart);
        let child = home.ask(&parent, Raise(child)).await.unwrap();
        home.ask(&child, Fail).await.unwrap_err();
        assert_eq!(home.ask(&child, Double(1)).await, Ok(2));
        home.stop(&parent).await;
        assert_eq!(log.read(), ["+parent 1", "+a", "-a", "+a", "-a", "-parent"]);
    });
}

/// RM-04
#[tokio::test(start_paused = true)]
async fn messages_that_arrive_while_the_children_stop_go_to_the_next_incarnation() {
    let (home, parent, log) = home(ErrorAction::Restart).await;
    home.ask(&parent, Raise(Worker::new("a", &log).stopping(Hook::IsSlow))).await.unwrap();
    home.tell(&parent, Note(1)).await.unwrap();
    home.ask(&parent, Fail).await.unwrap_err();
    settle().await;
    let begin = Instant::now();
    let soon = Duration::from_secs(1);
    let (parent, home) = (&parent, &home);
    home.tell(parent, Note(2)).await.unwrap();
    let error = home.ask_timeout(parent, Read, soon).await.unwrap_err();
    assert!(matches!(error, AskError::Timeout(_)), "{error}");
    assert_eq!(begin.elapsed(), soon, "an ask keeps its own time limit");
    let notes = home.ask_timeout(parent, Read, Duration::from_secs(20)).await;
    assert_eq!(notes.unwrap(), [2]);
    assert_eq!(begin.elapsed(), Duration::from_secs(10));
    assert_eq!(log.read(), ["+parent 1", "+a", "enough", "-a", "-parent", "+parent 2"]);
}

/// ES-02
#[tokio::test(start_paused = true)]
async fn a_restarted_supervisor_starts_with_the_children_of_its_spec() {
    let (system, log) = (system().await, Log::default());
    let tree = Supervisor::one_for_one("root").supervisor(
        Supervisor::one_for_one("mid")
            .restarts(0, Duration::from_secs(1))
            .child(Worker::new("a", &log).child())
            .dynamic(DynamicSupervisor::<Worker>::new("crowd")),
    );
    let root = system.supervise(tree).await.unwrap();
    let mid = root.supervisor("mid").unwrap();
    mid.start(Worker::new("by hand", &log).child()).await.unwrap();
    let one = Worker::new("one", &log);
    mid.dynamic::<Worker>("crowd").unwrap().start(move || one.clone()).await.unwrap();
    assert!(
        mid.dynamic::<OtherWorker>("crowd").is_none(),
        "the dynamic supervisor has children of another type"
    );
    assert_eq!(states(&mid), ["a running", "crowd running", "by hand running"]);
    system.ask(&mid.actor::<Worker>("a").unwrap(), Fail).await.unwrap_err();
    settle().await;
    assert_eq!(states(&mid), ["a running", "crowd running"]);
    assert!(mid.dynamic::<Worker>("crowd").unwrap().children().is_empty());
    assert_eq!(states(&root), ["mid running"]);
    assert_eq!(root.children()[0].restarts, 1);
    assert_eq!(log.read()[3..], ["-a", "-by hand", "-one", "+a"]);
}

/// ES-03
#[tokio::test(start_paused = true)]
async fn when_the_root_gives_up_the_system_stops_and_reports_why() {
    let (system, log) = (system().await, Log::default());
    let other = system.spawn(Worker::new("other", &log)).await.unwrap();
    let second = Duration::from_secs(1);
    let tree = Supervisor::one_for_one("root")
        .restarts(1, second)
        .supervisor(Supervisor::one_for_one("mid").restarts(1, second).child(Worker::new("a", &log).child()));
    let root = system.supervise(tree).await.unwrap();
    let run = tokio::spawn({
        let system = system.clone();
        async move { system.run().await }
    });
    for _ in 0..4 {
        let worker = root.supervisor("mid").unwrap().actor::<Worker>("a").unwrap();
        system.ask(&worker, Fail).await.unwrap_err();
        settle().await;
    }
    let error = run.await.unwrap().unwrap_err();
    let texts = [
        "the system failed and was stopped",
        "supervisor `root` gave up: child `mid` failed, and 1 restarts within 1s were used up",
        "supervisor `mid` gave up: child `a` failed, and 1 restarts within 1s were used up",
        "the disk is full",
    ];
    assert_eq!(chain(&error), texts);
    assert_eq!(system.shutdown().await.unwrap_err(), error);
    assert!(!other.is_alive());
    assert_eq!(log.read().last().unwrap(), "-other");
}

/// After `Escalate` the supervisor gives up at once, without a restart.
#[tokio::test(start_paused = true)]
async fn a_child_that_escalates_is_not_restarted() {
    let (system, log) = (system().await, Log::default());
    let worker = Worker::new("a", &log).when_it_fails(ErrorAction::Escalate);
    let tree = Supervisor::one_for_one("root").restarts(9, Duration::from_secs(1)).child(worker.child());
    let root = system.supervise(tree).await.unwrap();
    system.ask(&root.actor::<Worker>("a").unwrap(), Panic).await.unwrap_err();
    let error = system.run().await.unwrap_err();
    assert_eq!(
        chain(&error)[1..],
        ["supervisor `root` gave up: child `a` failed and wanted no restart", "out of ink"]
    );
    assert_eq!(log.read(), ["+a", "-a"]);
}

/// ES-02, RT-13: after its restart a supervisor has all children of its spec again, temporary children included.
#[tokio::test(start_paused = true)]
async fn a_restarted_supervisor_has_its_temporary_children_again() {
    let (system, log) = (system().await, Log::default());
    let below = Supervisor::one_for_one("below")
        .restarts(0, Duration::from_secs(1))
        .child(Worker::new("a", &log).child())
        .child(Worker::new("t", &log).child().restart(Restart::Temporary));
    let root = system.supervise(Supervisor::one_for_one("root").supervisor(below)).await.unwrap();
    let below = root.supervisor("below").unwrap();
    system.ask(&below.actor::<Worker>("a").unwrap(), Fail).await.unwrap_err();
    settle().await;
    assert_eq!(states(&below), ["a running", "t running"]);
    assert_eq!(log.read(), ["+a", "+t", "-a", "-t", "+a", "+t"]);
}

//! A failure that goes up: from a child to the actor that is its parent.

use airssys_rt::{actor::ChildFailed, prelude::*};
use airssys_rt_tests::{Double, Fail, Hook, Log, Note, Panic, Read, bird::Bird, on_every_runtime, settle};
use std::time::Duration;
use tokio::time::Instant;

/// Makes a child of this bird.
#[message(reply = ActorRef<Bird>)]
struct Raise(Bird);

#[derive(Clone)]
struct Parent {
    log: Log,
    /// What `on_error` says.
    action: ErrorAction,
    notes: Vec<u64>,
}

#[actor(spawns(Bird))]
impl Parent {
    #[pre_start]
    fn begin(&mut self, ctx: &mut ActorContext<Self>) {
        self.log.add(format!("+parent {}", ctx.incarnation()));
    }

    #[handler]
    async fn raise(
        &mut self,
        Raise(bird): Raise,
        ctx: &mut ActorContext<Self>,
    ) -> Result<ActorRef<Bird>, Fault> {
        Ok(ctx.spawn_with(move || bird.clone()).await?)
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

#[actor_system(actors(Parent, Bird))]
struct Home;

async fn home(action: ErrorAction) -> (ActorSystem<Home>, ActorRef<Parent>, Log) {
    let config = SystemConfig::default().with_stop_timeout(Duration::from_secs(20));
    let home = ActorSystem::<Home>::start(config).await.unwrap();
    let log = Log::default();
    let template = Parent { log: log.clone(), action, notes: Vec::new() };
    let parent = home.spawn_with(move || template.clone()).await.unwrap();
    (home, parent, log)
}

/// B4, B15: the parent hears what its child failed of, and decides for itself.
#[test]
fn a_child_that_escalates_is_a_fault_of_its_parent() {
    on_every_runtime(|| async {
        for (action, end) in [
            (ErrorAction::Resume, &[][..]),
            (ErrorAction::Stop, &["-b", "-parent"][..]),
            (ErrorAction::Restart, &["-b", "-parent", "+parent 2"][..]),
        ] {
            let (home, parent, log) = home(action).await;
            let child = Bird::new("a", &log).when_it_fails(ErrorAction::Escalate);
            let child = home.ask(&parent, Raise(child)).await.unwrap();
            let other = home.ask(&parent, Raise(Bird::new("b", &log))).await.unwrap();
            home.ask(&child, Panic).await.unwrap_err();
            home.watch(&child).await;
            while log.read().len() < 5 + end.len() {
                tokio::task::yield_now().await;
            }
            assert_eq!(log.read()[..5], ["+parent 1", "+a", "+b", "-a", "Bird failed: out of ink"]);
            assert_eq!(log.read()[5..], *end, "{action:?}");
            assert_eq!(other.is_alive(), action == ErrorAction::Resume);
            assert_eq!(home.ask(&parent, Double(1)).await.is_ok(), action != ErrorAction::Stop);
            home.shutdown().await.unwrap();
        }
    });
}

/// B4: with nobody above it, `Escalate` is `Stop`.
#[test]
fn an_actor_that_escalates_to_nobody_stops() {
    on_every_runtime(|| async {
        let (home, _, log) = home(ErrorAction::Stop).await;
        let bird = home.spawn(Bird::new("a", &log).when_it_fails(ErrorAction::Escalate)).await.unwrap();
        home.ask(&bird, Fail).await.unwrap_err();
        assert_eq!(home.watch(&bird).await.reason.to_string(), "failed: the disk is full");
    });
}

/// A child with a factory restarts by itself; its parent does not notice.
#[test]
fn a_child_can_restart_by_itself() {
    on_every_runtime(|| async {
        let (home, parent, log) = home(ErrorAction::Stop).await;
        let child = Bird::new("a", &log).when_it_fails(ErrorAction::Restart);
        let child = home.ask(&parent, Raise(child)).await.unwrap();
        home.ask(&child, Fail).await.unwrap_err();
        assert_eq!(home.ask(&child, Double(1)).await, Ok(2));
        home.stop(&parent).await;
        assert_eq!(log.read(), ["+parent 1", "+a", "-a", "+a", "-a", "-parent"]);
    });
}

/// RM-04
#[tokio::test(start_paused = true)]
async fn what_comes_while_the_children_stop_is_for_the_next_incarnation() {
    let (home, parent, log) = home(ErrorAction::Restart).await;
    home.ask(&parent, Raise(Bird::new("a", &log).stopping(Hook::IsSlow))).await.unwrap();
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

//! Watches of an actor whose memory was that of an actor that has ended: the two are told apart.

use airssys_rt::prelude::*;
use airssys_rt_tests::{Hold, Log, Quit, Read, settle, until};
use std::{sync::Mutex, time::Duration};
use tokio::sync::oneshot;

#[derive(Default)]
struct Watched;

#[actor]
impl Watched {
    #[handler]
    fn quit(&mut self, _: Quit, ctx: &mut ActorContext<Self>) {
        ctx.stop();
    }
}

#[message]
struct StartWatching(ActorRef<Watched>);

/// Ends one watch, then waits for the actor of the next one.
#[message]
struct Exchange(ActorRef<Watched>, oneshot::Receiver<ActorRef<Watched>>);

#[derive(Default)]
struct Watcher(Log);

#[actor]
impl Watcher {
    #[handler]
    fn start_watching(&mut self, StartWatching(watched): StartWatching, ctx: &mut ActorContext<Self>) {
        ctx.watch(&watched);
    }

    #[handler]
    async fn hold(&mut self, Hold { started, release }: Hold) {
        let _ = started.send(());
        let _ = release.await;
    }

    #[handler]
    async fn exchange(&mut self, Exchange(before, next): Exchange, ctx: &mut ActorContext<Self>) {
        ctx.unwatch(&before);
        drop(before);
        if let Ok(next) = next.await {
            ctx.watch(&next);
        }
    }

    #[on_terminated]
    fn gone(&mut self, terminated: Terminated) {
        self.0.add(format!("{} {}", terminated.id, terminated.reason));
    }
}

/// Fails, so that its supervisor restarts it.
#[message]
struct Fail;

/// Spawns and watches a child in `pre_start`.
struct Parent {
    log: Log,
    child: Option<ActorRef<Watched>>,
    /// The child of the current incarnation, for the test.
    current: std::sync::Arc<Mutex<Option<ActorRef<Watched>>>>,
}

#[actor(spawns(Watched))]
impl Parent {
    #[pre_start]
    async fn start(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        let child = ctx.spawn(Watched).await?;
        ctx.watch(&child);
        *self.current.lock().unwrap() = Some(child.clone());
        self.child = Some(child);
        Ok(())
    }

    #[handler]
    fn fail(&mut self, _: Fail) -> Result<(), Fault> {
        *self.current.lock().unwrap() = None;
        Err(Fault::new("it hurts"))
    }

    #[handler]
    fn read(&self, _: Read) -> Vec<u64> {
        Vec::new()
    }

    #[on_terminated]
    fn gone(&mut self, terminated: Terminated) {
        let own = self.child.as_ref().is_some_and(|child| child.id() == terminated.id);
        self.log.add(format!("{own} {}", terminated.reason));
    }
}

#[actor_system(actors(Watched, Watcher, Parent))]
struct TestSystem;

async fn system() -> ActorSystem<TestSystem> {
    ActorSystem::<TestSystem>::start(SystemConfig::default()).await.unwrap()
}

/// A queued notification of an actor that is no longer watched is not that of the next watched actor, though the two may have
/// the same address in memory.
#[tokio::test(start_paused = true)]
async fn a_queued_notification_is_not_that_of_the_next_actor() {
    let (system, log) = (system().await, Log::default());
    let watcher = system.spawn(Watcher(log.clone())).await.unwrap();
    let mut expected = Vec::new();
    for _ in 0..200 {
        let first = system.spawn(Watched).await.unwrap();
        system.ask(&watcher, StartWatching(first.clone())).await.unwrap();
        let (hold, held, release) = Hold::new();
        system.tell(&watcher, hold).await.unwrap();
        held.await.unwrap();
        let (next, receiver) = oneshot::channel();
        system.tell(&watcher, Exchange(first.clone(), receiver)).await.unwrap();
        system.kill(&first).await;
        assert_eq!(watcher.queue_depth(), 3, "the notification is queued behind the exchange");
        drop(first);
        release.send(()).unwrap();
        settle().await;
        let second = system.spawn(Watched).await.unwrap();
        next.send(second.clone()).unwrap();
        system.idle().await;
        assert_eq!(log.read(), expected, "the second actor is alive");
        expected.push(format!("{} stopped", second.id()));
        system.tell(&second, Quit).await.unwrap();
        settle().await;
        system.idle().await;
        assert_eq!(log.read(), expected, "the end of the second actor is told once");
    }
}

/// The next incarnation of a watcher is told of the end of its own child, and not of the child of the incarnation before.
#[tokio::test(start_paused = true)]
async fn a_restarted_watcher_is_told_of_its_own_child_only() {
    let (system, log) = (system().await, Log::default());
    let current = std::sync::Arc::<Mutex<Option<ActorRef<Watched>>>>::default();
    let (parent_log, of_parent) = (log.clone(), current.clone());
    let tree = Supervisor::one_for_one("root").restarts(100, Duration::from_secs(1)).child(Child::new(
        "parent",
        move |_| Parent { log: parent_log.clone(), child: None, current: of_parent.clone() },
    ));
    let root = system.supervise(tree).await.unwrap();
    let parent = root.actor::<Parent>("parent").unwrap();
    for _ in 0..20 {
        system.tell(&parent, Fail).await.unwrap();
        settle().await;
        until("the parent has restarted", || current.lock().unwrap().is_some()).await;
        system.ask(&parent, Read).await.unwrap();
    }
    assert_eq!(log.read(), [""; 0], "each child lives as long as its parent's incarnation");
    let child = current.lock().unwrap().clone().unwrap();
    assert!(child.is_alive());
    system.tell(&child, Quit).await.unwrap();
    system.watch(&child).await;
    system.idle().await;
    assert_eq!(log.read(), ["true stopped"]);
}

/// Two instances of one system have actors with the same ids.
#[tokio::test(start_paused = true)]
async fn actors_of_two_systems_with_the_same_id_are_watched_apart() {
    let (one, two, log) = (system().await, system().await, Log::default());
    let watcher = one.spawn(Watcher(log.clone())).await.unwrap();
    let (first, second) = (one.spawn(Watched).await.unwrap(), two.spawn(Watched).await.unwrap());
    assert_eq!(first.id(), second.id());
    for watched in [&first, &second] {
        one.ask(&watcher, StartWatching(watched.clone())).await.unwrap();
    }
    two.kill(&second).await;
    one.idle().await;
    assert_eq!(log.read(), [format!("{} killed", second.id())]);
    one.stop(&first).await;
    one.idle().await;
    assert_eq!(log.read()[1..], [format!("{} stopped", first.id())]);
}

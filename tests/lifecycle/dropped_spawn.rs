//! A spawn that is dropped after its `pre_start` has spawned children: the children end first, each within its own limit.

use airssys_rt::prelude::*;
use airssys_rt_tests::{Log, Note, paused, poll_once, settle, with_time_limit};
use std::time::Duration;
use tokio::time::sleep;

/// Its `post_stop` takes two seconds.
struct Child {
    log: Log,
}

#[actor]
impl Child {
    #[handler]
    fn note(&self, _: Note) {}

    #[post_stop]
    async fn stop(&mut self) {
        sleep(Duration::from_secs(2)).await;
        self.log.add("-child");
    }
}

/// Its `pre_start` spawns a child, and then waits for ever or fails.
struct Parent {
    log: Log,
    fails: bool,
}

#[actor(spawns(Child))]
impl Parent {
    #[pre_start]
    async fn start(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.spawn(Child { log: self.log.clone() }).named("child").await?;
        if self.fails {
            return Err(Fault::new("it fails"));
        }
        std::future::pending().await
    }

    #[handler]
    fn note(&self, _: Note) {}
}

impl Drop for Parent {
    fn drop(&mut self) {
        self.log.add("dropped");
    }
}

#[actor_system(actors(Parent, Child))]
struct Family;

/// Drops the spawn of a parent that has begun to start, and looks at the end of the family.
async fn drop_spawn(fails: bool) {
    let (system, log) =
        (ActorSystem::<Family>::start(SystemConfig::default()).await.unwrap(), Log::default());
    let parent = Parent { log: log.clone(), fails };
    let mut spawning = Box::pin(system.spawn(parent).named("parent"));
    while system.named::<Child>("child").is_none() {
        assert!(poll_once(spawning.as_mut()).is_pending());
        settle().await;
    }
    let starting = system.named::<Parent>("parent").unwrap();
    assert!(poll_once(spawning.as_mut()).is_pending());
    drop(spawning);
    settle().await;
    assert!(system.named::<Parent>("parent").is_some(), "its name is free before its child has ended");
    assert!(matches!(system.tell(&starting, Note(1)).await, Err(SendError::Stopped(_))));
    system.idle().await;
    assert_eq!(system.watch(&starting).await.reason, ExitReason::Killed);
    assert_eq!(log.read(), ["-child", "dropped"]);
    assert!(system.named::<Parent>("parent").is_none());
    assert_eq!(system.actors().len(), 0);
    let report = system.shutdown().await.unwrap();
    assert_eq!(report.stopped, 0, "{report:?}");
}

#[test]
fn the_children_of_a_dropped_spawn_end_before_their_parent() {
    with_time_limit(|| paused().block_on(drop_spawn(false)));
}

/// The start has failed already, and its children are being stopped.
#[test]
fn the_children_of_a_failed_start_whose_spawn_is_dropped_end_before_their_parent() {
    with_time_limit(|| paused().block_on(drop_spawn(true)));
}

/// A shutdown waits for the family of a spawn that was dropped.
#[test]
fn a_shutdown_waits_for_the_family_of_a_dropped_spawn() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = ActorSystem::<Family>::start(SystemConfig::default()).await.unwrap();
            let log = Log::default();
            let mut spawning = Box::pin(system.spawn(Parent { log: log.clone(), fails: false }));
            while system.named::<Child>("child").is_none() {
                assert!(poll_once(spawning.as_mut()).is_pending());
                settle().await;
            }
            drop(spawning);
            system.shutdown().await.unwrap();
            assert_eq!(log.read(), ["-child", "dropped"]);
            assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0);
        });
    });
}

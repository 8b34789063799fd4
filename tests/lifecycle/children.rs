//! Child actors (`ctx.spawn`): they have ended when their parent has stopped, and a late child is killed.

use airssys_rt::{actor::Spawn, prelude::*};
use airssys_rt_tests::{Hook, Hooked, Log, Note, Quit, on_every_runtime};
use std::time::Duration;
use tokio::time::Instant;

/// Spawns one child for each hook. Answers with their addresses.
#[message(reply = Vec<ActorRef<Hooked>>)]
struct SpawnChildren(Vec<Hook>);

/// Answered with the future of a spawn that has not been polled.
#[message(reply = Spawn<Hooked>)]
struct PrepareSpawn;

struct Parent {
    log: Log,
    children: Log,
}

#[actor(spawns(Hooked))]
impl Parent {
    #[handler]
    async fn spawn_children(
        &mut self,
        SpawnChildren(starts): SpawnChildren,
        ctx: &mut ActorContext<Self>,
    ) -> Result<Vec<ActorRef<Hooked>>, Fault> {
        let mut children = Vec::new();
        for start in starts {
            let child = Hooked { log: self.children.clone(), start, ..Hooked::default() };
            children.push(ctx.spawn(child).await?);
        }
        Ok(children)
    }

    #[handler]
    fn expect(&self, _: PrepareSpawn, ctx: &mut ActorContext<Self>) -> Spawn<Hooked> {
        ctx.spawn(Hooked { log: self.children.clone(), ..Hooked::default() })
    }

    #[on_error]
    fn failed(&mut self, fault: Fault) -> ErrorAction {
        let report = fault.report();
        let cause = std::error::Error::source(&report).map(|cause| format!(": {cause}"));
        self.log.add(format!("{fault}{}", cause.unwrap_or_default()));
        ErrorAction::Resume
    }

    #[handler]
    fn quit(&mut self, _: Quit, ctx: &mut ActorContext<Self>) {
        ctx.stop();
    }

    #[post_stop]
    async fn stopped(&mut self, ctx: &mut ActorContext<Self>) {
        self.log.add(format!("after {}", self.children.read().len()));
        let late = ctx.spawn(Hooked::default()).await.unwrap_err();
        self.log.add(late.to_string());
    }
}

#[actor_system(actors(Parent, Hooked))]
struct Family;

async fn house() -> (ActorSystem<Family>, ActorRef<Parent>, Log, Log) {
    let patient = SystemConfig::default().with_drain_timeout(Duration::from_secs(60));
    let house = ActorSystem::<Family>::start(patient).await.unwrap();
    let (log, children) = (Log::default(), Log::default());
    let mother = house.spawn(Parent { log: log.clone(), children: children.clone() }).await.unwrap();
    (house, mother, log, children)
}

/// LC-11: children end before their parent, the youngest first, and each one before the next one begins to end.
#[test]
fn children_have_ended_when_their_parent_has_stopped() {
    on_every_runtime(|| async {
        for end in ["stop", "kill", "drain", "quit"] {
            let (house, mother, log, children) = house().await;
            let [first, second] = &house.ask(&mother, SpawnChildren(vec![Hook::Works; 2])).await.unwrap()[..]
            else {
                panic!()
            };
            house.tell(first, Note(1)).await.unwrap();
            house.tell(second, Note(2)).await.unwrap();
            house.idle().await;
            match end {
                "stop" => drop(house.stop(&mother).await),
                "kill" => drop(house.kill(&mother).await),
                "drain" => drop(house.drain(&mother).await),
                _ => {
                    house.tell(&mother, Quit).await.unwrap();
                    house.watch(&mother).await;
                }
            }
            assert_eq!(house.stop(first).await.reason(), &ExitReason::Shutdown);
            assert_eq!(house.actors().len(), 0, "{end}");
            let lives = children.read();
            assert_eq!(lives[..2], ["pre_start", "pre_start"]);
            assert_eq!(lives[4..], ["post_stop", "dropped", "post_stop", "dropped"], "one after the other");
            assert_eq!(log.read(), ["after 8", "`Parent` is stopping: it has no more children"], "{end}");
        }
    });
}

/// LC-11: an actor that never had a child gets none while it stops or after it has stopped.
#[test]
fn an_actor_gets_no_children_while_it_stops_or_after_it() {
    on_every_runtime(|| async {
        let (house, mother, log, children) = house().await;
        let unborn = house.ask(&mother, PrepareSpawn).await.unwrap();
        // No task waits for its end: a waiter is stored where the children would be.
        house.tell(&mother, Quit).await.unwrap();
        house.idle().await;
        assert_eq!(log.read(), ["after 0", "`Parent` is stopping: it has no more children"]);
        let error = unborn.await.unwrap_err();
        assert!(matches!(error, SpawnError::ParentStopped { parent: "Parent" }), "{error}");
        assert_eq!(children.read(), ["dropped"]);
        house.watch(&mother).await;
        assert!(house.actors().is_empty());
    });
}

/// A child that does not stop in time is killed, and its parent goes on.
#[tokio::test(start_paused = true)]
async fn a_child_that_is_late_is_killed() {
    let (house, mother, ..) = house().await;
    let children = house.ask(&mother, SpawnChildren(vec![Hook::Works; 2])).await.unwrap();
    let (hold, held, _release) = airssys_rt_tests::Hold::new();
    house.tell(&children[1], hold).await.unwrap();
    held.await.unwrap();
    let begin = Instant::now();
    house.stop(&mother).await;
    assert_eq!(begin.elapsed(), Duration::from_secs(5));
    assert_eq!(house.stop(&children[1]).await.reason(), &ExitReason::Killed);
    assert_eq!(house.stop(&children[0]).await.reason(), &ExitReason::Shutdown);
}

/// ST-06 in an actor: a child that did not start is not a child.
#[test]
fn a_child_that_does_not_start_leaves_nothing() {
    on_every_runtime(|| async {
        let (house, mother, log, children) = house().await;
        house.ask(&mother, SpawnChildren(vec![Hook::Works, Hook::Fails, Hook::Works])).await.unwrap_err();
        house.stop(&mother).await;
        let lives = children.read();
        assert_eq!(lives, ["pre_start", "pre_start", "dropped", "post_stop", "dropped"]);
        assert_eq!(log.read()[..2], ["`pre_start` of `Hooked` failed: the disk is full", "after 5"]);
        assert!(house.actors().is_empty());
        house.shutdown().await.unwrap();
    });
}

/// SD-07: while the system shuts down an actor may still work, but cannot spawn children.
#[tokio::test(start_paused = true)]
async fn an_actor_starts_no_children_once_the_system_shuts_down() {
    let (house, mother, log, children) = house().await;
    house.tell(&mother, SpawnChildren(vec![Hook::IsSlow, Hook::Works])).await.unwrap();
    airssys_rt_tests::settle().await;
    house.shutdown().await.unwrap();
    assert_eq!(log.read()[0], "the system is shutting down: it starts no more actors");
    assert_eq!(children.read().iter().filter(|entry| *entry == "pre_start").count(), 1);
}

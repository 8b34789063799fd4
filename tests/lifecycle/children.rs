//! Children of actors: `ctx.spawn`.

use airssys_rt::{actor::Spawn, prelude::*};
use airssys_rt_tests::{Hook, Hooked, Log, Note, Quit, on_every_runtime};
use std::time::Duration;
use tokio::time::Instant;

/// Spawns so many children. Answers with their addresses.
#[message(reply = Vec<ActorRef<Hooked>>)]
struct Beget(Vec<Hook>);

/// A child that is not born yet.
#[message(reply = Spawn<Hooked>)]
struct Expect;

struct Mother {
    log: Log,
    children: Log,
}

#[actor(spawns(Hooked))]
impl Mother {
    #[handler]
    async fn beget(
        &mut self,
        Beget(starts): Beget,
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
    fn expect(&self, _: Expect, ctx: &mut ActorContext<Self>) -> Spawn<Hooked> {
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

#[actor_system(actors(Mother, Hooked))]
struct House;

async fn house() -> (ActorSystem<House>, ActorRef<Mother>, Log, Log) {
    let patient = SystemConfig::default().with_drain_timeout(Duration::from_secs(60));
    let house = ActorSystem::<House>::start(patient).await.unwrap();
    let (log, children) = (Log::default(), Log::default());
    let mother = house.spawn(Mother { log: log.clone(), children: children.clone() }).await.unwrap();
    (house, mother, log, children)
}

/// LC-11: children end before their parent does, the youngest first, and each before the next one begins.
#[test]
fn children_are_gone_when_their_parent_has_stopped() {
    on_every_runtime(|| async {
        for end in ["stop", "kill", "drain", "quit"] {
            let (house, mother, log, children) = house().await;
            let [first, second] = &house.ask(&mother, Beget(vec![Hook::Works; 2])).await.unwrap()[..] else {
                panic!()
            };
            house.tell(first, Note(1)).await.unwrap();
            house.tell(second, Note(2)).await.unwrap();
            house.quiet().await;
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
            assert_eq!(log.read(), ["after 8", "`Mother` is stopping: it has no more children"], "{end}");
        }
    });
}

/// LC-11: who has never had a child has none when it stops, nor once it has.
#[test]
fn nobody_is_the_child_of_an_actor_that_stops_or_has_stopped() {
    on_every_runtime(|| async {
        let (house, mother, log, children) = house().await;
        let unborn = house.ask(&mother, Expect).await.unwrap();
        // Nobody may wait for its end: whoever does is remembered where its children would be.
        house.tell(&mother, Quit).await.unwrap();
        house.quiet().await;
        assert_eq!(log.read(), ["after 0", "`Mother` is stopping: it has no more children"]);
        let error = unborn.await.unwrap_err();
        assert!(matches!(error, SpawnError::ParentStopped { parent: "Mother" }), "{error}");
        assert_eq!(children.read(), ["dropped"]);
        house.watch(&mother).await;
        assert!(house.actors().is_empty());
    });
}

/// A child that does not stop in time is killed; its parent goes on.
#[tokio::test(start_paused = true)]
async fn a_child_that_is_late_is_killed() {
    let (house, mother, ..) = house().await;
    let children = house.ask(&mother, Beget(vec![Hook::Works; 2])).await.unwrap();
    let (hold, held, _release) = airssys_rt_tests::Hold::new();
    house.tell(&children[1], hold).await.unwrap();
    held.await.unwrap();
    let begin = Instant::now();
    house.stop(&mother).await;
    assert_eq!(begin.elapsed(), Duration::from_secs(5));
    assert_eq!(house.stop(&children[1]).await.reason(), &ExitReason::Killed);
    assert_eq!(house.stop(&children[0]).await.reason(), &ExitReason::Shutdown);
}

/// ST-06 in an actor: a child that did not start is no child.
#[test]
fn a_child_that_does_not_start_leaves_nothing() {
    on_every_runtime(|| async {
        let (house, mother, log, children) = house().await;
        house.ask(&mother, Beget(vec![Hook::Works, Hook::Fails, Hook::Works])).await.unwrap_err();
        house.stop(&mother).await;
        let lives = children.read();
        assert_eq!(lives, ["pre_start", "pre_start", "dropped", "post_stop", "dropped"]);
        assert_eq!(log.read()[..2], ["`pre_start` of `Hooked` failed: the disk is full", "after 5"]);
        assert!(house.actors().is_empty());
        house.shutdown().await.unwrap();
    });
}

/// SD-07: while the system shuts down an actor may still work, but has no more children.
#[tokio::test(start_paused = true)]
async fn an_actor_starts_no_children_once_the_system_shuts_down() {
    let (house, mother, log, children) = house().await;
    house.tell(&mother, Beget(vec![Hook::IsSlow, Hook::Works])).await.unwrap();
    airssys_rt_tests::settle().await;
    house.shutdown().await.unwrap();
    assert_eq!(log.read()[0], "the system is shutting down: it starts no more actors");
    assert_eq!(children.read().iter().filter(|entry| *entry == "pre_start").count(), 1);
}

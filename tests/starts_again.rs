//! What is left of a start that failed, and what a supervisor has when it starts again.

use airssys_rt::{
    actor::OnRestart,
    prelude::*,
    supervisor::{Restart, Shutdown},
};
use airssys_rt_tests::{
    Fail, Hold, Hook, Log, Ticked,
    bird::{Bird, Fall, nest, states},
    paused, settle,
};
use std::time::Duration;
use tokio::time::Instant;

/// Its second start fails, when it has a child and has published.
struct Host {
    log: Log,
    starts: Log,
}

#[actor(spawns(Bird), publishes(Ticked))]
impl Host {
    #[pre_start]
    async fn begin(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.starts.add("start".to_owned());
        let start = self.starts.read().len();
        let name = "guest";
        ctx.spawn(Bird::new(name, &self.log)).named(name).await?;
        ctx.publish(Ticked(start as u64));
        if start == 2 { Err(Fault::new("not this time")) } else { Ok(()) }
    }

    #[handler]
    fn fail(&mut self, _: Fail) -> Result<u64, Fault> {
        Err(Fault::new("enough"))
    }
}

struct Ear(Log);

#[actor]
impl Ear {
    #[on_event]
    fn ticked(&mut self, Ticked(n): Ticked) {
        self.0.add(n.to_string());
    }
}

#[actor_system(actors(Host, Bird, Ear), events(Ticked))]
struct Inn;

/// ST-06 for a start that is not the first: its children have stopped, and it has published nothing.
#[tokio::test(start_paused = true)]
async fn a_restart_that_fails_leaves_neither_children_nor_events() {
    let inn = ActorSystem::<Inn>::start(SystemConfig::default()).await.unwrap();
    let (log, starts, heard) = (Log::default(), Log::default(), Log::default());
    inn.spawn(Ear(heard.clone())).await.unwrap();
    let make = {
        let (log, starts) = (log.clone(), starts.clone());
        move |_: &_| Host { log: log.clone(), starts: starts.clone() }
    };
    let tree = Supervisor::one_for_one("root").restarts(5, Duration::from_secs(1)).isolated();
    let root = inn.supervise(tree.child(Child::new("host", make))).await.unwrap();
    settle().await;
    inn.ask(&root.actor::<Host>("host").unwrap(), Fail).await.unwrap_err();
    inn.quiet().await;
    settle().await;
    assert_eq!(log.read(), ["+guest", "-guest", "+guest", "-guest", "+guest"]);
    assert_eq!((starts.read().len(), heard.read()), (3, vec!["1".to_owned(), "3".to_owned()]));
    inn.shutdown().await.unwrap();
}

/// ES-02, RT-13: what is written in the spec of a supervisor is there again after its restart, temporary children as well.
#[tokio::test(start_paused = true)]
async fn a_supervisor_that_is_restarted_has_its_temporary_children_again() {
    let (nest, log) = (nest().await, Log::default());
    let below = Supervisor::one_for_one("below")
        .restarts(0, Duration::from_secs(1))
        .child(Bird::new("a", &log).child())
        .child(Bird::new("t", &log).child().restart(Restart::Temporary));
    let root = nest.supervise(Supervisor::one_for_one("root").supervisor(below)).await.unwrap();
    let below = root.supervisor("below").unwrap();
    nest.ask(&below.actor::<Bird>("a").unwrap(), Fail).await.unwrap_err();
    settle().await;
    assert_eq!(states(&below), ["a running", "t running"]);
    assert_eq!(log.read(), ["+a", "+t", "-a", "-t", "+a", "+t"]);
}

/// A child that failed while its supervisor still starts can be stopped at once.
#[tokio::test(start_paused = true)]
async fn a_child_that_has_ended_is_stopped_at_once_while_its_supervisor_starts() {
    for restart in [Restart::Permanent, Restart::Temporary] {
        let (nest, log) = (nest().await, Log::default());
        let below = Supervisor::one_for_one("below")
            .restarts(0, Duration::from_secs(1))
            .child(Bird::new("a", &log).child().restart(restart).shutdown(Shutdown::Infinite))
            .child(Bird::new("b", &log).child())
            .child(Bird::new("c", &log).starting([Hook::Works, Hook::IsSlow]).child());
        let root = nest.supervise(Supervisor::one_for_one("root").supervisor(below)).await.unwrap();
        let below = root.supervisor("below").unwrap();
        nest.ask(&below.actor::<Bird>("b").unwrap(), Fail).await.unwrap_err();
        settle().await;
        let begin = Instant::now();
        nest.ask(&below.actor::<Bird>("a").unwrap(), Fail).await.unwrap_err();
        settle().await;
        let stopped = tokio::time::timeout(Duration::from_secs(60), below.stop("a")).await;
        stopped.expect("nobody waits for ever").unwrap();
        assert_eq!(begin.elapsed(), Duration::ZERO);
        tokio::time::timeout(Duration::from_secs(60), root.shutdown()).await.expect("it ends");
    }
}

/// RT-10, RM-01: an incarnation that begins with what the one before had taken out of the mailbox can be killed at once.
#[test]
fn who_goes_on_with_what_was_left_can_be_killed_in_the_middle_of_it() {
    for supervised in [false, true] {
        paused().block_on(async {
            let (nest, log) = (nest().await, Log::default());
            let bird = Bird::new("a", &log);
            let bird = if supervised {
                let tree = Supervisor::one_for_one("root").child(bird.child());
                nest.supervise(tree).await.unwrap().actor::<Bird>("a").unwrap()
            } else {
                bird.when_it_fails(ErrorAction::Restart).spawn(&nest, OnRestart::Keep).await
            };
            settle().await;
            let (hold, held, _release) = Hold::new();
            nest.try_tell(&bird, Fall).unwrap();
            nest.try_tell(&bird, hold).unwrap();
            held.await.unwrap();
            let killed = tokio::time::timeout(Duration::from_secs(3600), nest.kill(&bird)).await;
            assert_eq!(
                killed.expect("it hears of it").reason(),
                &ExitReason::Killed,
                "supervised: {supervised}"
            );
        });
    }
}

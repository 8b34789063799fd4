//! Fairness: an actor gives way to other tasks, whatever its handlers do.

use airssys_rt::prelude::*;
use airssys_rt_tests::{paused, with_time_limit};

/// Tells itself to fail again, for ever.
#[message]
struct FailAgain;

#[derive(Default)]
struct KeepsFailing;

#[actor(tells(KeepsFailing))]
impl KeepsFailing {
    #[handler]
    fn fail(&mut self, _: FailAgain, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        let me = ctx.actor_ref();
        let _ = ctx.try_tell(&me, FailAgain);
        Err(Fault::new("again"))
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Resume
    }
}

/// As [`KeepsFailing`], with a restart for each failure.
#[derive(Default)]
struct KeepsRestarting;

#[actor(tells(KeepsRestarting))]
impl KeepsRestarting {
    #[handler]
    fn fail(&mut self, _: FailAgain, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        let me = ctx.actor_ref();
        let _ = ctx.try_tell(&me, FailAgain);
        Err(Fault::new("again"))
    }

    #[on_error]
    fn failed(&mut self, _: Fault) -> ErrorAction {
        ErrorAction::Restart
    }
}

#[actor_system(actors(KeepsFailing, KeepsRestarting))]
struct FailingSystem;

#[test]
fn an_actor_that_keeps_failing_gives_way() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = ActorSystem::<FailingSystem>::start(SystemConfig::default()).await.unwrap();
            let failing = system.spawn(KeepsFailing).await.unwrap();
            system.tell(&failing, FailAgain).await.unwrap();
            tokio::task::yield_now().await;
            system.stop(&failing).await;
        });
    });
}

#[test]
fn an_actor_that_keeps_restarting_gives_way() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = ActorSystem::<FailingSystem>::start(SystemConfig::default()).await.unwrap();
            let restarting = system.spawn_with(KeepsRestarting::default).await.unwrap();
            system.tell(&restarting, FailAgain).await.unwrap();
            tokio::task::yield_now().await;
            system.stop(&restarting).await;
        });
    });
}

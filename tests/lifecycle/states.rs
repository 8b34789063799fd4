//! Lifecycle states of an actor, as they are observed from outside, and the transitions between them.

use airssys_rt::{
    actor::{ActorState, OnRestart},
    prelude::*,
};
use airssys_rt_tests::{
    Fail, Hold, Hook, Hooked, Log, Note, Scribe, lab, poll_once, settle,
    worker::{Worker, system},
};
use std::{pin::pin, time::Duration};
use tokio::time::advance;

/// B10, G10, K7: what can be observed of all live actors, from the start of each to its end.
#[tokio::test(start_paused = true)]
async fn the_states_of_an_actor_can_be_observed_from_outside() {
    let (lab, log) = (lab().await, Log::default());
    let slow = Hooked { log: log.clone(), start: Hook::IsSlow, stop: Hook::Hangs, error: Hook::Works };
    let first = lab.spawn(Scribe::default()).await.unwrap();
    advance(Duration::from_secs(2)).await;
    let mut spawning = pin!(lab.spawn(slow).named("slow"));
    assert!(poll_once(spawning.as_mut()).is_pending());
    advance(Duration::from_secs(1)).await;
    let seen = lab.actors();
    assert_eq!(
        seen.iter().map(|info| (info.actor, info.state)).collect::<Vec<_>>(),
        [("Scribe", ActorState::Running), ("Hooked", ActorState::Starting),]
    );
    assert_eq!((seen[0].id, seen[0].name.clone()), (first.id(), None));
    assert_eq!(seen[1].name.as_deref(), Some("slow"));
    assert_eq!(seen.iter().map(|info| info.uptime.as_secs()).collect::<Vec<_>>(), [3, 1]);

    let actor = spawning.await.unwrap();
    let (hold, held, release) = Hold::new();
    lab.tell(&actor, Note(1)).await.unwrap();
    lab.tell(&actor, hold).await.unwrap();
    held.await.unwrap();
    lab.tell(&actor, Note(2)).await.unwrap();
    let info = lab.actors().remove(1);
    assert_eq!((info.id, info.state, info.uptime.as_secs()), (actor.id(), ActorState::Running, 10));
    assert_eq!((info.accepted, info.done, info.queue_depth), (3, 1, 2));

    let mut stop = pin!(lab.stop(&actor));
    assert!(poll_once(stop.as_mut()).is_pending());
    release.send(()).unwrap();
    settle().await;
    assert_eq!(lab.actors()[1].state, ActorState::Stopping);
    stop.await;
    assert_eq!(lab.actors().len(), 1);
    lab.shutdown().await.unwrap();
    assert_eq!(lab.actors(), []);
}

/// B11: the state `Restarting`, from the end of one incarnation to the end of the `pre_start` of the next one, and the three
/// states after it.
#[tokio::test(start_paused = true)]
async fn an_actor_is_observed_as_restarting_until_the_next_incarnation_runs_or_ends() {
    for (next_start, kills, expected) in [
        (Hook::IsSlow, false, None),
        (Hook::IsSlow, true, Some("killed")),
        (Hook::Hangs, true, Some("killed")),
        (Hook::Fails, false, Some("failed: the disk is full")),
    ] {
        let (system, log) = (system().await, Log::default());
        let worker =
            Worker::new("a", &log).when_it_fails(ErrorAction::Restart).starting([Hook::Works, next_start]);
        let worker = worker.spawn(&system, OnRestart::Keep).await;
        let watch = system.watch(&worker);
        let observe = || system.actors().first().map(|info| (info.state, info.incarnation, info.restarts));
        assert_eq!(observe(), Some((ActorState::Running, 1, 0)));
        system.ask(&worker, Fail).await.unwrap_err();
        settle().await;
        if next_start == Hook::Fails {
            assert_eq!(observe(), None);
        } else {
            assert_eq!(observe().map(|(state, ..)| state), Some(ActorState::Restarting));
        }
        if kills {
            system.kill(&worker).await;
        }
        match expected {
            None => {
                advance(Duration::from_secs(10)).await;
                settle().await;
                assert_eq!(observe(), Some((ActorState::Running, 2, 1)));
                system.stop(&worker).await;
                assert_eq!(watch.await.reason, ExitReason::Stopped);
            }
            Some(reason) => assert_eq!(watch.await.reason.to_string(), reason),
        }
        assert_eq!(observe(), None);
        assert!(!worker.is_alive());
    }
}

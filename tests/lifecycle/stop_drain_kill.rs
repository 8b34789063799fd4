//! Three ways to end: `stop`, `drain`, `kill`. And what can be seen of a life.

use airssys_rt::{
    actor::{ActorState, IllegalTransition, Lifecycle},
    prelude::*,
};
use airssys_rt_tests::{Hold, Hook, Hooked, Listener, Log, Note, Scribe, Ticked, lab, poll_once, settle};
use std::{
    pin::{Pin, pin},
    sync::Arc,
    task::Poll,
    time::Duration,
};
use tokio::{
    sync::Semaphore,
    time::{Instant, advance},
};

/// Publishes, then waits at the gate, then answers.
#[message(reply = u64)]
struct Work(u64, Arc<Semaphore>);

/// Waits at the gate, then tells itself to work. Answers whether that came back.
#[message(reply = bool)]
struct WorkOn(Arc<Semaphore>);

/// What a context says of messages and of the life.
#[message(reply = (u64, std::time::Instant, ActorState))]
struct Look;

#[derive(Default)]
struct Clerk {
    log: Log,
}

#[actor(publishes(Ticked), tells(Clerk))]
impl Clerk {
    #[handler]
    async fn work(&mut self, Work(n, gate): Work, ctx: &mut ActorContext<Self>) -> u64 {
        self.log.add(format!("begin {n}"));
        ctx.publish(Ticked(n));
        gate.acquire().await.unwrap().forget();
        self.log.add(format!("end {n}"));
        n
    }

    #[handler]
    async fn work_on(&mut self, WorkOn(gate): WorkOn, ctx: &mut ActorContext<Self>) -> bool {
        gate.acquire().await.unwrap().forget();
        matches!(ctx.tell(&ctx.actor_ref(), Work(9, gate)).await, Err(SendError::Stopped(Work(9, _))))
    }

    #[handler]
    fn look(&mut self, _: Look, ctx: &mut ActorContext<Self>) -> (u64, std::time::Instant, ActorState) {
        (ctx.message_count(), ctx.last_message_at(), ctx.lifecycle().state())
    }

    #[post_stop]
    fn stopped(&mut self) {
        self.log.add("post_stop");
    }
}

#[actor_system(actors(Clerk, Listener), events(Ticked))]
struct Office;

async fn office() -> (ActorSystem<Office>, ActorRef<Clerk>, Log) {
    let (office, log) =
        (ActorSystem::<Office>::start(SystemConfig::default()).await.unwrap(), Log::default());
    let clerk = office.spawn(Clerk { log: log.clone() }).await.unwrap();
    (office, clerk, log)
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Stop,
    Drain,
    Kill,
}

const WAYS: [Way; 3] = [Way::Stop, Way::Drain, Way::Kill];

/// The end of an actor in one of three ways.
fn end<'a, A: Actor>(
    office: &'a ActorSystem<Office>,
    actor: &'a ActorRef<A>,
    way: Way,
) -> Pin<Box<dyn Future<Output = Exit> + 'a>> {
    match way {
        Way::Stop => Box::pin(office.stop(actor)),
        Way::Drain => Box::pin(office.drain(actor)),
        Way::Kill => Box::pin(office.kill(actor)),
    }
}

/// Decision "ending an actor": what happens to the current message, to those that are queued, to whoever waits for
/// their answers, to the events, and to whatever comes later.
#[tokio::test(start_paused = true)]
async fn each_way_to_end_treats_the_current_message_and_the_queue_as_it_says() {
    for way in WAYS {
        let (office, clerk, log) = office().await;
        let (heard, gate) = (Log::default(), Arc::new(Semaphore::new(0)));
        office.spawn(Listener { heard: heard.clone() }).await.unwrap();
        let asks: Vec<_> = (1..=3)
            .map(|n| {
                let (office, clerk, gate) = (office.clone(), clerk.clone(), gate.clone());
                tokio::spawn(async move { office.ask(&clerk, Work(n, gate)).await })
            })
            .collect();
        settle().await;
        let mut ended = end(&office, &clerk, way);
        assert!(poll_once(ended.as_mut()).is_pending(), "{way:?}");
        settle().await;
        let later = office.try_tell(&clerk, Work(4, gate.clone()));
        assert!(matches!(later, Err(SendError::Stopped(Work(4, _)))), "{way:?}");
        gate.add_permits(3);
        let exit = ended.await;
        let mut answers = Vec::new();
        for ask in asks {
            answers.push(ask.await.unwrap().map_err(|error| matches!(error, AskError::Stopped(_))));
        }
        office.quiet().await;
        let (reason, expected, done, life) = match way {
            Way::Stop => (ExitReason::Stopped, [Ok(1), Err(true), Err(true)], 1, "begin 1, end 1, post_stop"),
            Way::Drain => (
                ExitReason::Drained,
                [Ok(1), Ok(2), Ok(3)],
                3,
                "begin 1, end 1, begin 2, end 2, begin 3, end 3, post_stop",
            ),
            Way::Kill => (ExitReason::Killed, [Err(true); 3], 0, "begin 1, post_stop"),
        };
        assert_eq!((exit.reason(), answers.as_slice()), (&reason, expected.as_slice()), "{way:?}");
        assert_eq!(log.read().join(", "), life);
        assert_eq!(heard.read(), (1..=done).map(|n| n.to_string()).collect::<Vec<_>>(), "{way:?}");
        let counters = office.counters();
        // Each message that is handled has one event, which is handled, too.
        assert_eq!((counters.handled, counters.dead), (2 * done, 3 - done), "{way:?}");
        assert_eq!(office.dead_letters().count(), 3 - done);
    }
}

/// An actor that waits for messages ends at once, whichever way.
#[tokio::test(start_paused = true)]
async fn an_idle_actor_ends_at_once() {
    for way in WAYS {
        let (office, clerk, log) = office().await;
        assert_eq!(office.ask(&clerk, Look).await.unwrap().0, 0);
        let begin = Instant::now();
        let exit = end(&office, &clerk, way).await;
        let reason = [ExitReason::Stopped, ExitReason::Drained, ExitReason::Killed][way as usize].clone();
        assert_eq!((exit.reason(), exit.post_stop_fault()), (&reason, None));
        assert_eq!(begin.elapsed(), Duration::ZERO);
        assert_eq!(log.read(), ["post_stop"]);
        // It has ended once and for all, whatever it is told now.
        for again in WAYS {
            assert_eq!(end(&office, &clerk, again).await, exit);
        }
        assert_eq!(log.read(), ["post_stop"]);
    }
}

/// MB-12: whoever waits for room has the message back at once, whichever way the actor ends.
#[tokio::test(start_paused = true)]
async fn whoever_waits_for_room_is_not_kept_waiting_by_an_end() {
    for way in WAYS {
        let (office, gate) = (office().await.0, Arc::new(Semaphore::new(0)));
        let clerk = office.spawn(Clerk::default()).capacity(1).await.unwrap();
        office.tell(&clerk, Work(1, gate.clone())).await.unwrap();
        settle().await;
        let mut tell = pin!(office.tell(&clerk, Work(2, gate.clone())));
        assert!(poll_once(tell.as_mut()).is_pending());
        let mut ended = end(&office, &clerk, way);
        assert!(poll_once(ended.as_mut()).is_pending());
        let back = poll_once(tell);
        assert!(matches!(back, Poll::Ready(Err(SendError::Stopped(Work(2, _))))), "{way:?}: {back:?}");
        gate.add_permits(1);
        ended.await;
        assert_eq!(office.counters().sent, 1);
    }
}

/// The stronger way wins: a stop cuts a drain short, a kill both; whoever waits hears the same end.
#[tokio::test(start_paused = true)]
async fn a_stronger_way_to_end_overtakes_a_weaker_one() {
    for (weak, strong, reason, life) in [
        (Way::Drain, Way::Stop, ExitReason::Stopped, "begin 1, end 1, post_stop"),
        (Way::Drain, Way::Kill, ExitReason::Killed, "begin 1, post_stop"),
        (Way::Stop, Way::Kill, ExitReason::Killed, "begin 1, post_stop"),
    ] {
        let (office, clerk, log) = office().await;
        let gate = Arc::new(Semaphore::new(0));
        for n in 1..=2 {
            office.tell(&clerk, Work(n, gate.clone())).await.unwrap();
        }
        settle().await;
        let (mut first, mut second) = (end(&office, &clerk, weak), end(&office, &clerk, strong));
        assert!(poll_once(first.as_mut()).is_pending());
        assert!(poll_once(second.as_mut()).is_pending());
        settle().await;
        gate.add_permits(2);
        let exit = first.await;
        assert_eq!((exit.reason(), &second.await), (&reason, &exit), "{weak:?}, then {strong:?}");
        assert_eq!(log.read().join(", "), life);
    }
}

/// Whoever gives up waiting for the end does not call it off.
#[tokio::test(start_paused = true)]
async fn an_end_that_nobody_waits_for_comes_all_the_same() {
    for way in WAYS {
        let (office, clerk, log) = office().await;
        drop(end(&office, &clerk, way));
        settle().await;
        assert_eq!(log.read(), [""; 0], "{way:?}: never polled, it is not told");
        assert!(poll_once(end(&office, &clerk, way).as_mut()).is_pending());
        settle().await;
        assert_eq!(log.read(), ["post_stop"], "{way:?}");
        assert!(!clerk.is_alive());
    }
}

/// DR-02: only what was let in before is handled; what a drained actor tells itself comes back to it.
#[tokio::test(start_paused = true)]
async fn what_a_drained_actor_tells_itself_comes_back() {
    let (office, clerk, log) = office().await;
    let gate = Arc::new(Semaphore::new(0));
    let mut ask = pin!(office.ask(&clerk, WorkOn(gate.clone())));
    assert!(poll_once(ask.as_mut()).is_pending());
    office.tell(&clerk, Work(1, gate.clone())).await.unwrap();
    settle().await;
    let mut drained = pin!(office.drain(&clerk));
    assert!(poll_once(drained.as_mut()).is_pending());
    gate.add_permits(9);
    assert_eq!(drained.await.reason(), &ExitReason::Drained);
    assert_eq!(ask.await, Ok(true));
    assert_eq!(log.read(), ["begin 1", "end 1", "post_stop"]);
    assert_eq!((office.counters().handled, office.counters().dead), (2, 0));
}

/// DR-02, SD-06: a shutdown while an actor ends changes nothing for it, and waits for it.
#[tokio::test(start_paused = true)]
async fn a_shutdown_waits_for_whoever_is_ending_already() {
    for way in WAYS {
        let (office, clerk, log) = office().await;
        let gate = Arc::new(Semaphore::new(0));
        for n in 1..=2 {
            office.tell(&clerk, Work(n, gate.clone())).await.unwrap();
        }
        settle().await;
        let mut ended = end(&office, &clerk, way);
        assert!(poll_once(ended.as_mut()).is_pending());
        let mut shutdown = pin!(office.shutdown());
        assert!(poll_once(shutdown.as_mut()).is_pending());
        settle().await;
        gate.add_permits(2);
        shutdown.await.unwrap();
        let reason = [ExitReason::Stopped, ExitReason::Drained, ExitReason::Killed][way as usize].clone();
        assert_eq!(ended.await.reason(), &reason);
        assert_eq!(log.read().iter().filter(|entry| *entry == "post_stop").count(), 1);
    }
}

/// B10, G10, K7: what can be seen of all who are alive, from the first moment to the last.
#[tokio::test(start_paused = true)]
async fn a_life_can_be_watched_from_outside() {
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

/// B6
#[tokio::test(start_paused = true)]
async fn a_context_knows_how_many_messages_there_were_and_when_the_last_came() {
    let (office, clerk, _) = office().await;
    let gate = Arc::new(Semaphore::new(10));
    for n in 0..3 {
        advance(Duration::from_secs(1)).await;
        let now = Instant::now().into_std();
        assert_eq!(office.ask(&clerk, Look).await, Ok((2 * n, now, ActorState::Running)));
        office.ask(&clerk, Work(n, gate.clone())).await.unwrap();
    }
}

/// B11: the whole table; what is illegal changes nothing.
#[tokio::test(start_paused = true)]
async fn a_life_goes_one_way() {
    use ActorState::{Failed, Running, Starting, Stopped, Stopping};
    let ways = [
        (vec![], Starting, vec![Running, Stopped, Failed]),
        (vec![Running], Running, vec![Stopping, Stopped, Failed]),
        (vec![Running, Stopping], Stopping, vec![Stopped, Failed]),
        (vec![Stopped], Stopped, vec![]),
        (vec![Running, Failed], Failed, vec![]),
    ];
    for (path, from, legal) in ways {
        for to in [Starting, Running, Stopping, Stopped, Failed] {
            let mut life = Lifecycle::new();
            path.iter().for_each(|state| life.advance(*state).unwrap());
            advance(Duration::from_secs(1)).await;
            let advanced = life.advance(to);
            if legal.contains(&to) {
                assert_eq!((advanced, life.state(), life.since_change()), (Ok(()), to, Duration::ZERO));
            } else {
                assert_eq!(advanced, Err(IllegalTransition { from, to }));
                assert_eq!((life.state(), life.since_change().as_secs()), (from, 1));
                let text = format!("an actor that is {from} cannot become {to}");
                assert_eq!(advanced.unwrap_err().to_string(), text);
            }
            assert_eq!((from.can_become(to), life.uptime().as_secs()), (legal.contains(&to), 1));
        }
    }
}

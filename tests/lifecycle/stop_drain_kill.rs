//! `stop`, `drain`, `kill`: a drain handles all queued messages, a stop only the current one, a kill abandons it.

use airssys_rt::{actor::ActorState, prelude::*};
use airssys_rt_tests::{Listener, Log, Ticked, poll_once, settle};
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

/// The handler publishes, then waits at the gate, then answers.
#[message(reply = u64)]
struct Work(u64, Arc<Semaphore>);

/// The handler waits at the gate, then tells its own actor to work. Answers whether that message was given back.
#[message(reply = bool)]
struct WorkOn(Arc<Semaphore>);

/// Answered with the message count, the time of the last message and the state, as the context reports them.
#[message(reply = (u64, std::time::Instant, ActorState))]
struct Inspect;

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
    fn inspect(&mut self, _: Inspect, ctx: &mut ActorContext<Self>) -> (u64, std::time::Instant, ActorState) {
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
fn end<'a, A: airssys_rt::system::HostedBy<Office>>(
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

/// Decision "ending an actor": what happens to the current message, to queued messages, to the askers that wait for
/// their answers, to the events, and to later messages.
#[tokio::test(start_paused = true)]
async fn each_way_to_end_treats_the_current_message_and_the_queue_as_documented() {
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
            answers.push(ask.await.unwrap().map_err(|error| matches!(error, AskError::Stopped(..))));
        }
        office.idle().await;
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
        // Each handled message has one event, which is handled too.
        assert_eq!((counters.handled, counters.dead), (2 * done, 3 - done), "{way:?}");
        assert_eq!(office.dead_letters().count(), 3 - done);
    }
}

/// An actor that waits for messages ends at once, in each of the three ways.
#[tokio::test(start_paused = true)]
async fn an_idle_actor_ends_at_once() {
    for way in WAYS {
        let (office, clerk, log) = office().await;
        assert_eq!(office.ask(&clerk, Inspect).await.unwrap().0, 0);
        let begin = Instant::now();
        let exit = end(&office, &clerk, way).await;
        let reason = [ExitReason::Stopped, ExitReason::Drained, ExitReason::Killed][way as usize].clone();
        assert_eq!((exit.reason(), exit.post_stop_fault()), (&reason, None));
        assert_eq!(begin.elapsed(), Duration::ZERO);
        assert_eq!(log.read(), ["post_stop"]);
        // Further calls return the same end.
        for again in WAYS {
            assert_eq!(end(&office, &clerk, again).await, exit);
        }
        assert_eq!(log.read(), ["post_stop"]);
    }
}

/// MB-12: a waiting sender gets its message back at once, in each of the three ways.
#[tokio::test(start_paused = true)]
async fn a_waiting_sender_gets_its_message_back_at_an_end() {
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

/// The stronger way wins: a stop ends a drain early, a kill ends both; all callers get the same end.
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

/// A `Stop` owns what it needs: it is ready also when the handle of the system is gone.
#[tokio::test(start_paused = true)]
async fn the_future_of_an_end_outlives_the_references() {
    let (office, clerk, _) = office().await;
    let ended = office.stop(&clerk);
    assert_eq!(format!("{ended:?}"), format!("Stop({clerk})"));
    let ended = tokio::spawn(ended);
    drop(clerk);
    settle().await;
    drop(office);
    assert_eq!(ended.await.unwrap().reason(), &ExitReason::Stopped);
}

/// Dropping the future of an end does not cancel the end.
#[tokio::test(start_paused = true)]
async fn dropping_the_future_of_an_end_does_not_cancel_it() {
    for way in WAYS {
        let (office, clerk, log) = office().await;
        drop(end(&office, &clerk, way));
        settle().await;
        assert_eq!(log.read(), [""; 0], "{way:?}: a future that was never polled has no effect");
        assert!(poll_once(end(&office, &clerk, way).as_mut()).is_pending());
        settle().await;
        assert_eq!(log.read(), ["post_stop"], "{way:?}");
        assert!(!clerk.is_alive());
    }
}

/// DR-02: only messages that were accepted before are handled; a message from the drained actor to itself is given back.
#[tokio::test(start_paused = true)]
async fn a_message_of_a_drained_actor_to_itself_is_given_back() {
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

/// DR-02, SD-06: a shutdown waits for an actor that is ending, and does not change its end.
#[tokio::test(start_paused = true)]
async fn a_shutdown_waits_for_an_actor_that_is_ending() {
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

/// B6
#[tokio::test(start_paused = true)]
async fn a_context_has_the_number_of_messages_and_the_time_of_the_last() {
    let (office, clerk, _) = office().await;
    let gate = Arc::new(Semaphore::new(10));
    for n in 0..3 {
        advance(Duration::from_secs(1)).await;
        let now = Instant::now().into_std();
        assert_eq!(office.ask(&clerk, Inspect).await, Ok((2 * n, now, ActorState::Running)));
        office.ask(&clerk, Work(n, gate.clone())).await.unwrap();
    }
}

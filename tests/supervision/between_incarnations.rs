//! Between two incarnations of a child: stops and restarts that arrive there, and reports that arrive late.

use airssys_rt::{actor::OnRestart, backoff::Backoff, broker::dead_letters::Reason, prelude::*};
use airssys_rt_tests::{
    Double, Hold, Log, Note, paused, poll_once, settle, until, with_time_limit,
    worker::{Block, Fall, Worker, states, system},
};
use std::{pin::pin, sync::mpsc, time::Duration};
use tokio::{
    sync::oneshot,
    time::{Instant, sleep},
};

/// Fails with its first message, which it sends itself before it has waited for any.
#[derive(Default)]
struct Brief;

#[message]
struct Trip;

#[actor(tells(Brief))]
impl Brief {
    #[pre_start]
    async fn begin(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.tell(&ctx.actor_ref(), Trip).await?;
        Ok(())
    }

    #[handler]
    fn trip(&mut self, _: Trip) -> Result<(), Fault> {
        Err(Fault::new("it trips"))
    }
}

#[actor_system(actors(Brief))]
struct Stage;

fn backoff(delay: Duration) -> Backoff {
    Backoff::exponential(delay, delay).unwrap()
}

/// RM-06: a stop is answered at once also if the child has never waited for a message, so its mailbox knows no waker of its task.
#[tokio::test(start_paused = true)]
async fn a_stop_of_a_child_that_has_never_waited_is_answered_at_once() {
    let system = ActorSystem::<Stage>::start(SystemConfig::default()).await.unwrap();
    let child = Child::new("brief", |_| Brief).backoff(backoff(Duration::from_secs(1)));
    let root = system.supervise(Supervisor::one_for_one("root").child(child)).await.unwrap();
    let child = root.actor::<Brief>("brief").unwrap();
    settle().await;
    assert_eq!(root.children()[0].restarts, 0);
    let begin = Instant::now();
    system.stop(&child).await;
    assert_eq!(begin.elapsed(), Duration::ZERO, "it does not wait for the next incarnation");
}

/// AD-02: a stop that follows a restart before the child has begun: no incarnation runs, and both callers are answered.
#[tokio::test(start_paused = true)]
async fn a_stop_that_arrives_before_a_start_begins_no_incarnation() {
    let (system, log) = (system().await, Log::default());
    let root = system.supervise(Supervisor::one_for_one("root").child(Worker::new("1", &log).child()));
    let root = root.await.unwrap();
    root.stop("1").await.unwrap();
    assert_eq!(log.read(), ["+1", "-1"]);
    let (restart, stop) = (pin!(root.restart("1")), pin!(root.stop("1")));
    let (mut restart, mut stop) = (restart, stop);
    assert!(poll_once(restart.as_mut()).is_pending());
    assert!(poll_once(stop.as_mut()).is_pending());
    stop.await.unwrap();
    restart.await.unwrap_err();
    assert_eq!((log.read(), states(&root)), (vec!["+1".into(), "-1".into()], vec!["1 stopped".to_owned()]));
}

/// AD-02, RM-02: a stop that the supervisor decides before the child has seen its restart replaces it: what is queued is not discarded for
/// a restart, but left by an actor that has ended.
#[tokio::test(start_paused = true)]
async fn a_stop_replaces_a_restart_that_the_child_has_not_seen() {
    let (system, log) = (system().await, Log::default());
    let child = Worker::new("1", &log).child().on_restart(OnRestart::Discard);
    let child = child.backoff(backoff(Duration::from_secs(1)));
    let root = system.supervise(Supervisor::one_for_one("root").child(child)).await.unwrap();
    let child = root.actor::<Worker>("1").unwrap();
    let (hold, held, release) = Hold::new();
    system.tell(&child, hold).await.unwrap();
    held.await.unwrap();
    system.try_tell(&child, Fall).unwrap();
    let mut queued = pin!(system.ask(&child, Double(1)));
    assert!(poll_once(queued.as_mut()).is_pending());
    let (go, goes) = oneshot::channel();
    let stop = tokio::spawn({
        let root = root.clone();
        async move {
            goes.await.unwrap();
            root.stop("1").await.unwrap();
        }
    });
    settle().await;
    // The child runs first, then the task that stops it, and only then the supervisor, which finds the failure and the stop.
    release.send(()).unwrap();
    go.send(()).unwrap();
    assert!(matches!(queued.await, Err(AskError::Stopped(..))));
    stop.await.unwrap();
    let letters = system.dead_letters();
    assert_eq!((letters.count_of(Reason::Stopped), letters.count_of(Reason::Restarted)), (1, 0));
    assert_eq!((log.read(), states(&root)), (vec!["+1".into(), "-1".into()], vec!["1 stopped".to_owned()]));
}

/// RT-10: a child of a group that was given up, because its code blocks its thread, is directed to start again. When its thread is free, the
/// end of the incarnation that was given up is no failure of the next one.
#[test]
fn the_end_of_an_incarnation_that_was_given_up_is_no_failure_of_the_next() {
    with_time_limit(|| {
        paused().block_on(async {
            let (system, log) = (system().await, Log::default());
            let (release, gate) = mpsc::channel();
            let worker = Worker::new("2", &log);
            *worker.blocks.lock().unwrap() = Some(gate);
            let tree = Supervisor::one_for_all("root")
                .restarts(1, Duration::from_secs(3600))
                .child(Worker::new("1", &log).child())
                .child(worker.child().on_thread());
            let root = system.supervise(tree).await.unwrap();
            let second = root.actor::<Worker>("2").unwrap();
            system.tell(&second, Block).await.unwrap();
            until("the handler blocks", || worker.blocks.lock().unwrap().is_none()).await;
            system.tell(&root.actor::<Worker>("1").unwrap(), Fall).await.unwrap();
            sleep(Duration::from_secs(16)).await; // 5 to stop, 10 after the kill
            assert_eq!(states(&root)[0], "1 running");
            drop(release);
            until("the group is up", || states(&root) == ["1 running", "2 running"]).await;
            settle().await;
            let restarts: Vec<_> = root.children().iter().map(|child| child.restarts).collect();
            assert_eq!(restarts, [1, 1]);
            assert!(!root.has_ended(), "one restart was used, and no more are granted");
            assert_eq!(log.read().iter().filter(|entry| *entry == "+1").count(), 2, "{:?}", log.read());
            system.tell(&second, Note(7)).await.unwrap();
            until("the next incarnation handles a message", || log.read().contains(&"27".to_owned())).await;
        });
    });
}

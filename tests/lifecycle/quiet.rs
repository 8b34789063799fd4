//! Waits until all actors are idle, by a caller and by a shutdown: messages go back and forth meanwhile. The order of the stops.

use airssys_rt::prelude::*;
use airssys_rt_tests::{
    Log,
    worker::{Worker, system},
};
use std::time::Duration;
use tokio::time::{Instant, sleep};

const STEP: Duration = Duration::from_millis(10);

/// Passes a ball to its partner, which passes it back.
#[derive(Default)]
struct Player {
    partner: Option<ActorRef<Player>>,
    log: Log,
}

#[message]
struct Partner(ActorRef<Player>);

/// Passed on so many times, each time after ten milliseconds.
#[message]
struct Ball(u64);

#[actor(tells(Player, cycle = "a ball stops after some passes"))]
impl Player {
    #[handler]
    fn partner(&mut self, Partner(partner): Partner) {
        self.partner = Some(partner);
    }

    #[handler]
    async fn ball(&mut self, Ball(passes): Ball, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        sleep(STEP).await;
        self.log.add(passes.to_string());
        if let (Some(partner), Some(passes)) = (&self.partner, passes.checked_sub(1)) {
            ctx.tell(partner, Ball(passes)).await?;
        }
        Ok(())
    }
}

#[actor_system(actors(Player))]
struct Game;

/// Two actors, whichever of them is awaited first, and a ball of five passes.
async fn game(log: &Log) -> ActorSystem<Game> {
    let system = ActorSystem::<Game>::start(SystemConfig::default()).await.unwrap();
    let first = system.spawn(Player { log: log.clone(), ..Player::default() }).await.unwrap();
    let second = Player { log: log.clone(), partner: Some(first.clone()) };
    let second = system.spawn(second).await.unwrap();
    system.tell(&first, Partner(second)).await.unwrap();
    system.tell(&first, Ball(5)).await.unwrap();
    system
}

const ALL: [&str; 6] = ["5", "4", "3", "2", "1", "0"];

/// SD-03: an actor that was idle when the wait looked at it has a message again when the wait looks at the last actor.
#[tokio::test(start_paused = true)]
async fn a_wait_for_idle_actors_looks_again_after_a_message_to_one_that_was_idle() {
    let log = Log::default();
    let system = game(&log).await;
    let begin = Instant::now();
    system.idle().await;
    assert_eq!(log.read(), ALL);
    assert_eq!(begin.elapsed(), 6 * STEP);
}

/// SD-03: the same for the drain of a shutdown, which would stop an actor before it has handled its message.
#[tokio::test(start_paused = true)]
async fn a_shutdown_looks_again_after_a_message_to_an_actor_that_was_idle() {
    let log = Log::default();
    let system = game(&log).await;
    let report = system.shutdown().await.unwrap();
    assert_eq!((report.stopped, report.dead), (2, 0));
    assert_eq!(log.read(), ALL);
}

/// SD-01: the youngest unit first, whether it is an actor or a root supervisor with its children, and whatever their types are.
#[tokio::test(start_paused = true)]
async fn units_are_stopped_in_the_reverse_order_of_their_starts() {
    let (system, log) = (system().await, Log::default());
    let worker = |name| Worker::new(name, &log);
    let tree = |name| Supervisor::one_for_one(name);
    system.spawn(worker("a")).await.unwrap();
    system.supervise(tree("b").child(worker("b1").child()).child(worker("b2").child())).await.unwrap();
    system.spawn(worker("c")).await.unwrap();
    system.supervise(tree("d").child(worker("d1").child())).await.unwrap();
    system.spawn(worker("e")).await.unwrap();
    system.shutdown().await.unwrap();
    let stops: Vec<_> = log.read().into_iter().filter(|entry| entry.starts_with('-')).collect();
    assert_eq!(stops, ["-e", "-d1", "-c", "-b2", "-b1", "-a"]);
}

//! The date and time that a test sets for the records of its thread.

use airssys_rt::{
    actor::LifecycleEvent,
    broker::{Received, TapStream},
    chrono::{DateTime, TimeDelta, Utc},
    prelude::*,
    testkit::WallClock,
};
use std::time::{Duration, SystemTime};

#[message]
struct Ping;

#[derive(Debug)]
struct Idle;

#[actor]
impl Idle {
    #[handler]
    fn ping(&self, _: Ping) {}
}

#[actor_system(actors(Idle))]
struct App;

fn new_year() -> DateTime<Utc> {
    "2030-01-01T00:00:00Z".parse().unwrap()
}

async fn next(events: &mut TapStream<LifecycleEvent>) -> LifecycleEvent {
    match events.recv().await {
        Some(Received::Item(event)) => event,
        other => panic!("{other:?}"),
    }
}

/// A11: metadata, dead letters and lifecycle events have the date that was set, and it follows the paused clock.
#[tokio::test(start_paused = true)]
async fn records_have_the_date_of_the_test() {
    let clock = WallClock::set(new_year());
    let app = ActorSystem::<App>::start(SystemConfig::default()).await.unwrap();
    let mut events = app.lifecycle_events(8);
    let idle = app.spawn(Idle).await.unwrap();
    assert_eq!(next(&mut events).await.time, new_year());

    tokio::time::advance(Duration::from_secs(90)).await;
    let later = new_year() + TimeDelta::seconds(90);
    let mut monitor = app.monitor(8);
    app.tell(&idle, Ping).await.unwrap();
    let Some(Received::Item(seen)) = monitor.recv().await else { panic!("the monitor sees it") };
    assert_eq!(seen.meta.sent_at(), later);
    app.idle().await;

    app.try_tell(&idle, Ping).unwrap();
    app.kill(&idle).await;
    assert_eq!(next(&mut events).await.time, later);
    assert_eq!(app.dead_letters().inspect()[0].time, later);

    drop(clock);
    app.spawn(Idle).await.unwrap();
    let now = DateTime::from(SystemTime::now());
    assert!(next(&mut events).await.time <= now, "the clock of the machine");
    app.shutdown().await.unwrap();
}

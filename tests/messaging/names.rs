//! Actor names: a name belongs to one live actor, is found by type, and is free when that actor has ended.

use airssys_rt::prelude::*;
use airssys_rt_tests::{Double, Listener, Panic, Scribe, lab, on_every_runtime, two_threads};

/// RG-01
#[test]
fn of_eight_actors_that_claim_a_name_exactly_one_gets_it() {
    two_threads().block_on(async {
        let lab = lab().await;
        for round in 0..100 {
            let name = format!("name {round}");
            let spawns: Vec<_> = (0..8)
                .map(|_| {
                    let (lab, name) = (lab.clone(), name.clone());
                    tokio::spawn(async move { lab.spawn(Scribe::default()).named(name).await })
                })
                .collect();
            let mut results = Vec::new();
            for spawn in spawns {
                results.push(spawn.await.unwrap());
            }
            let owners: Vec<_> = results.iter().flatten().collect();
            assert_eq!(owners.len(), 1);
            for error in results.iter().filter_map(|result| result.as_ref().err()) {
                let SpawnError::NameTaken { name: taken, holder } = error else { panic!("{error}") };
                assert_eq!((&**taken, *holder), (name.as_str(), owners[0].id()));
            }
        }
    });
}

/// RG-02: for each way to end.
#[test]
fn the_name_of_an_actor_that_has_ended_is_free() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let stopped = lab.spawn(Scribe::default()).named("x").await.unwrap();
        lab.stop(&stopped).await;
        let failed = lab.spawn(Scribe::default()).named("x").await.unwrap();
        lab.ask(&failed, Panic).await.unwrap_err();
        lab.stop(&failed).await;
        let third = lab.spawn(Scribe::default()).named("x").await.unwrap();
        assert_eq!(lab.named::<Scribe>("x"), Some(third.clone()));
        assert_ne!(third, stopped);
        assert_ne!(third.id(), stopped.id());
    });
}

/// RG-03
#[test]
fn a_lookup_that_races_a_stop_finds_a_live_actor_or_none() {
    two_threads().block_on(async {
        let lab = lab().await;
        for _ in 0..300 {
            let scribe = lab.spawn(Scribe::default()).named("x").await.unwrap();
            let lookup = tokio::spawn({
                let lab = lab.clone();
                async move {
                    match lab.named::<Scribe>("x") {
                        Some(found) => lab.ask(&found, Double(1)).await.map_or(true, |two| two == 2),
                        None => true,
                    }
                }
            });
            lab.stop(&scribe).await;
            assert!(lookup.await.unwrap());
            assert!(lab.named::<Scribe>("x").is_none());
        }
    });
}

/// R1, F3
#[test]
fn a_name_is_looked_up_by_type() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let scribe = lab.spawn(Scribe::default()).named("x").await.unwrap();
        assert_eq!((scribe.name(), lab.named::<Scribe>("x")), (Some("x"), Some(scribe.clone())));
        assert!(lab.named::<Listener>("x").is_none());
        assert!(lab.named::<Scribe>("y").is_none());
        let error = lab.spawn(Listener::default()).named("x").await.unwrap_err();
        assert_eq!(error.to_string(), format!("the name `x` belongs to actor {}", scribe.id()));
    });
}

/// An event whose `clone` takes as long as the test wants.
#[event]
struct Slow(std::sync::Arc<std::sync::Barrier>);

impl Clone for Slow {
    fn clone(&self) -> Self {
        self.0.wait(); // the clone has begun
        self.0.wait(); // the clone may go on
        Slow(self.0.clone())
    }
}

struct Subscriber;

#[actor]
impl Subscriber {
    #[on_event]
    fn slow(&mut self, _: Slow) {}

    #[handler]
    fn double(&self, Double(n): Double) -> u64 {
        n * 2
    }
}

#[actor_system(actors(Subscriber), events(entry Slow))]
struct TestSystem;

/// D13: there is no lock that all messages and lookups share. While one thread is blocked in the middle of a fan-out,
/// another thread looks up, tells and asks.
#[test]
fn lookups_and_messages_go_on_while_a_fan_out_is_blocked() {
    let runtime = two_threads();
    let barrier = std::sync::Arc::new(std::sync::Barrier::new(2));
    let (ward, patient) = runtime.block_on(async {
        let ward = ActorSystem::<TestSystem>::start(SystemConfig::default()).await.unwrap();
        let patient = ward.spawn(Subscriber).named("one").await.unwrap();
        (ward, patient)
    });
    let publisher = runtime.spawn({
        let (ward, event) = (ward.clone(), Slow(barrier.clone()));
        async move { ward.publish(event).await.unwrap().receivers }
    });
    barrier.wait();
    runtime.block_on(async {
        assert_eq!(ward.named::<Subscriber>("one"), Some(patient.clone()));
        assert_eq!(ward.ask(&patient, Double(4)).await, Ok(8));
        assert_eq!(ward.ask_to::<Subscriber, _, _>(patient.id(), Double(5)).await, Ok(10));
        assert!(!publisher.is_finished());
    });
    barrier.wait();
    assert_eq!(runtime.block_on(publisher).unwrap(), 1);
}

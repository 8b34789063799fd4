//! A name belongs to one live actor, and is free as soon as that has ended.

use airssys_rt::prelude::*;
use airssys_rt_tests::{Double, Listener, Panic, Scribe, lab, on_every_runtime, two_threads};

/// RG-01
#[test]
fn of_eight_that_want_a_name_exactly_one_gets_it() {
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

/// RG-02: on every way to end.
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

/// F3
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

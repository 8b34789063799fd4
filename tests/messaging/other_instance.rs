//! Two systems of one type: a reference leads to its own actor, whichever of the two sends.

use airssys_rt::{broker::MessageBroker, prelude::*};
use airssys_rt_tests::{Double, Lab, Note, Read, Scribe, lab};
use std::time::Duration;

/// Two systems, and an actor of each; both actors have the same id.
async fn twins() -> ([ActorSystem<Lab>; 2], [ActorRef<Scribe>; 2]) {
    let labs = [lab().await, lab().await];
    let scribe = async |lab: &ActorSystem<Lab>| lab.spawn(Scribe::default()).await.unwrap();
    let scribes = [scribe(&labs[0]).await, scribe(&labs[1]).await];
    assert_eq!(scribes[0].id(), scribes[1].id());
    assert_ne!(scribes[0], scribes[1]);
    (labs, scribes)
}

#[tokio::test(start_paused = true)]
async fn a_send_reaches_the_actor_of_the_reference() {
    let ([one, two], [of_one, of_two]) = twins().await;
    two.tell(&of_one, Note(1)).await.unwrap();
    two.try_tell(&of_one, Note(2)).unwrap();
    assert_eq!(two.ask(&of_one, Read).await, Ok(vec![1, 2]));
    assert_eq!(two.handle(&of_one).ask(Read).await, Ok(vec![1, 2]));
    assert_eq!(one.ask(&of_two, Read).await, Ok(vec![]));
    assert_eq!((one.counters().sent, two.counters().sent), (4, 1), "the system of the actor counts");
}

#[tokio::test(start_paused = true)]
async fn the_system_of_the_actor_refuses_messages() {
    let ([one, two], [of_one, of_two]) = twins().await;
    one.shutdown().await.unwrap();
    assert!(two.tell(&of_one, Note(1)).await.is_err(), "its actor has ended");
    assert_eq!(one.ask(&of_two, Double(1)).await, Ok(2), "its system has not ended");
}

#[tokio::test(start_paused = true)]
async fn a_stop_ends_the_actor_of_the_reference() {
    let ([one, two], [of_one, of_two]) = twins().await;
    assert_eq!(two.stop(&of_one).await.reason(), &ExitReason::Stopped);
    assert!(!of_one.is_alive() && of_two.is_alive());
    assert_eq!(one.kill(&of_two).await.reason(), &ExitReason::Killed);
}

/// An envelope names its recipient by the id, which is that of another actor in the system that makes the envelope.
#[tokio::test(start_paused = true)]
async fn a_request_never_reaches_another_actor_with_the_same_id() {
    let ([one, two], [of_one, of_two]) = twins().await;
    let request = two.request(&of_one, Double(1));
    let answer = two.broker().publish_request(request, Duration::MAX).await;
    let Err(AskError::NotFound(asked)) = answer else { panic!("{answer:?}") };
    assert_eq!(asked.target, of_one.id().into());
    let counters = two.counters();
    assert_eq!((counters.sent, counters.handled, counters.dead), (1, 0, 1));
    let request = two.request(&of_two, Double(1));
    assert_eq!(two.broker().publish_request(request, Duration::MAX).await, Ok(2));
    assert_eq!(one.counters().sent, 0);
}

//! What is meant for one incarnation of a supervisor does not reach the next one.

use airssys_rt::prelude::*;
use airssys_rt_tests::{
    Log,
    bird::{Bird, Fall, nest},
    settle,
};
use std::{collections::BTreeSet, task::Poll, time::Duration};

/// Lets so many other tasks run. (What tokio has for that lets all of them run.)
async fn give_way(mut turns: u32) {
    std::future::poll_fn(|cx| {
        if turns == 0 {
            return Poll::Ready(());
        }
        turns -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// SS-07: a supervisor gives up while it is told to stop because of another child, in every order in which that can happen. Its
/// next incarnation is not told to stop as well.
#[tokio::test(start_paused = true)]
async fn a_supervisor_that_ends_by_itself_while_it_is_told_to_stop_begins_again_once() {
    let one_round = ["+b", "+a", "-b", "-a", "+b", "+a"].map(str::to_owned).to_vec();
    let two_rounds = [&one_round[..], &["-a", "-b", "+b", "+a"].map(str::to_owned)].concat();
    let mut ways = BTreeSet::new();
    for turns in 0..12 {
        let (nest, log) = (nest().await, Log::default());
        let below = Supervisor::one_for_one("below").restarts(0, Duration::from_secs(1));
        let tree = Supervisor::one_for_all("root")
            .restarts(2, Duration::from_secs(1))
            .supervisor(below.child(Bird::new("b", &log).child()))
            .child(Bird::new("a", &log).child());
        let root = nest.supervise(tree).await.unwrap();
        let b = root.supervisor("below").unwrap().actor::<Bird>("b").unwrap();
        let (system, a) = (nest.clone(), root.actor::<Bird>("a").unwrap());
        let fall = async move {
            system.try_tell(&b, Fall).unwrap();
            give_way(turns).await;
            system.try_tell(&a, Fall).unwrap();
        };
        tokio::spawn(fall).await.unwrap();
        nest.quiet().await;
        settle().await;
        let lives = log.read();
        assert!(lives == one_round || lives == two_rounds, "after {turns} turns: {lives:?}");
        ways.insert(lives);
    }
    assert_eq!(ways.len(), 2, "before and after");
}

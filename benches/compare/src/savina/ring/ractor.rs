use super::rules::{MEMBERS, Ring};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use ractor::{Actor, ActorProcessingErr, ActorRef};
use std::time::Instant;

enum Pass {
    Close(ActorRef<Pass>),
    /// How many hops are left.
    Token(u64),
    /// The end, with the tokens of all members on its way.
    Exit(u64),
}

struct Member;

struct Place {
    handled: u64,
    next: Option<ActorRef<Pass>>,
    /// Of the first.
    finish: Option<Finish<u64>>,
}

impl Actor for Member {
    type Msg = Pass;
    type State = Place;
    type Arguments = Place;

    async fn pre_start(&self, _: ActorRef<Pass>, place: Place) -> Result<Place, ActorProcessingErr> {
        Ok(place)
    }

    async fn handle(
        &self,
        _: ActorRef<Pass>,
        message: Pass,
        place: &mut Place,
    ) -> Result<(), ActorProcessingErr> {
        let next = place.next.as_ref();
        match (message, &mut place.finish) {
            (Pass::Close(next), _) => place.next = Some(next),
            (Pass::Token(left), _) => {
                place.handled += 1;
                let next = next.expect("the ring is closed");
                match left.checked_sub(1) {
                    Some(left) => next.cast(Pass::Token(left))?,
                    None => next.cast(Pass::Exit(place.handled))?,
                }
            }
            (Pass::Exit(handled), Some(finish)) => finish.say(handled),
            (Pass::Exit(handled), None) => {
                next.expect("the ring is closed").cast(Pass::Exit(handled + place.handled))?;
            }
        }
        Ok(())
    }
}

pub(crate) async fn run(rules: Ring) -> Played<u64> {
    let (finish, outcome) = finish();
    let first = peers::ractor(Member, Place { handled: 0, next: None, finish: Some(finish) }).await;
    let mut next = first.clone();
    for _ in 1..MEMBERS {
        next = peers::ractor(Member, Place { handled: 0, next: Some(next), finish: None }).await;
    }
    first.cast(Pass::Close(next)).expect("the first is alive");
    let begin = Instant::now();
    first.cast(Pass::Token(rules.hops)).expect("the first is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

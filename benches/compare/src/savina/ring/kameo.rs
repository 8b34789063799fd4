use super::rules::{MEMBERS, Ring};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use kameo::prelude::*;
use std::time::Instant;

struct Close(ActorRef<Member>);

/// How many hops are left.
struct Token(u64);

/// The end, with the tokens of all members on its way.
struct Exit(u64);

#[derive(Actor)]
struct Member {
    handled: u64,
    next: Option<ActorRef<Member>>,
    /// Of the first.
    finish: Option<Finish<u64>>,
}

impl Message<Close> for Member {
    type Reply = ();

    async fn handle(&mut self, Close(next): Close, _: &mut Context<Self, ()>) {
        self.next = Some(next);
    }
}

impl Message<Token> for Member {
    type Reply = ();

    async fn handle(&mut self, Token(left): Token, _: &mut Context<Self, ()>) {
        self.handled += 1;
        let next = self.next.as_ref().expect("the ring is closed");
        match left.checked_sub(1) {
            Some(left) => next.tell(Token(left)).await.expect("the next is alive"),
            None => next.tell(Exit(self.handled)).await.expect("the next is alive"),
        }
    }
}

impl Message<Exit> for Member {
    type Reply = ();

    async fn handle(&mut self, Exit(handled): Exit, _: &mut Context<Self, ()>) {
        match &mut self.finish {
            Some(finish) => finish.say(handled),
            None => {
                let next = self.next.as_ref().expect("the ring is closed");
                next.tell(Exit(handled + self.handled)).await.expect("the next is alive");
            }
        }
    }
}

pub(crate) async fn run(rules: Ring) -> Played<u64> {
    let (finish, outcome) = finish();
    let first = peers::kameo(Member { handled: 0, next: None, finish: Some(finish) });
    let mut next = first.clone();
    for _ in 1..MEMBERS {
        next = peers::kameo(Member { handled: 0, next: Some(next), finish: None });
    }
    first.tell(Close(next)).await.expect("the first is alive");
    let begin = Instant::now();
    first.tell(Token(rules.hops)).await.expect("the first is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

use super::workload::{MEMBERS, Ring};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use kameo::prelude::*;
use std::time::Instant;

struct Close(ActorRef<Member>);

/// Number of hops left.
struct Token(u64);

/// Ends the program; sums up the tokens of the members on its way.
struct Exit(u64);

#[derive(Actor)]
struct Member {
    handled: u64,
    next: Option<ActorRef<Member>>,
    /// `Some` in the first member.
    outcome: Option<OutcomeSender<u64>>,
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
            Some(left) => next.tell(Token(left)).await.expect("the next actor is alive"),
            None => next.tell(Exit(self.handled)).await.expect("the next actor is alive"),
        }
    }
}

impl Message<Exit> for Member {
    type Reply = ();

    async fn handle(&mut self, Exit(handled): Exit, _: &mut Context<Self, ()>) {
        match &mut self.outcome {
            Some(outcome) => outcome.send(handled),
            None => {
                let next = self.next.as_ref().expect("the ring is closed");
                next.tell(Exit(handled + self.handled)).await.expect("the next actor is alive");
            }
        }
    }
}

pub(crate) async fn run(workload: Ring) -> Measured<u64> {
    let (sender, outcome) = outcome_channel();
    let first = spawn::kameo(Member { handled: 0, next: None, outcome: Some(sender) });
    let mut next = first.clone();
    for _ in 1..MEMBERS {
        next = spawn::kameo(Member { handled: 0, next: Some(next), outcome: None });
    }
    first.tell(Close(next)).await.expect("the first actor is alive");
    let begin = Instant::now();
    first.tell(Token(workload.hops)).await.expect("the first actor is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}

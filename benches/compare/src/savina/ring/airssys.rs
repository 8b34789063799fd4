use super::rules::{MEMBERS, Ring};
use crate::savina::{
    finish::{Finish, finish},
    program::Played,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Close(ActorRef<Member>);

/// How many hops are left.
#[message]
struct Token(u64);

/// The end, with the tokens of all members on its way.
#[message]
struct Exit(u64);

struct Member {
    handled: u64,
    next: Option<ActorRef<Member>>,
    /// Of the first.
    finish: Option<Finish<u64>>,
}

#[actor(tells(Member, cycle = "there is only one token"))]
impl Member {
    #[handler(entry)]
    fn close(&mut self, Close(next): Close) {
        self.next = Some(next);
    }

    #[handler(entry)]
    async fn token(&mut self, Token(left): Token, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.handled += 1;
        let next = self.next.as_ref().expect("the ring is closed");
        match left.checked_sub(1) {
            Some(left) => ctx.tell(next, Token(left)).await?,
            None => ctx.tell(next, Exit(self.handled)).await?,
        };
        Ok(())
    }

    #[handler]
    async fn exit(&mut self, Exit(handled): Exit, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        match &mut self.finish {
            Some(finish) => finish.say(handled),
            None => {
                let next = self.next.as_ref().expect("the ring is closed");
                ctx.tell(next, Exit(handled + self.handled)).await?;
            }
        }
        Ok(())
    }
}

#[actor_system(strict, actors(entry Member))]
struct Round;

pub(crate) async fn run(rules: Ring) -> Played<u64> {
    let system = ActorSystem::<Round>::start(SystemConfig::default()).await.expect("the default is good");
    let (finish, outcome) = finish();
    let first = Member { handled: 0, next: None, finish: Some(finish) };
    let first = system.spawn(first).await.expect("nothing can fail");
    let mut next = first.clone();
    for _ in 1..MEMBERS {
        let member = Member { handled: 0, next: Some(next), finish: None };
        next = system.spawn(member).await.expect("nothing can fail");
    }
    system.tell(&first, Close(next)).await.expect("the first is alive");
    let begin = Instant::now();
    system.tell(&first, Token(rules.hops)).await.expect("the first is alive");
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all are idle");
    (time, outcome)
}

use super::workload::{MEMBERS, Ring};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Close(ActorRef<Member>);

/// Number of hops left.
#[message]
struct Token(u64);

/// Ends the program; sums up the tokens of the members on its way.
#[message]
struct Exit(u64);

struct Member {
    handled: u64,
    next: Option<ActorRef<Member>>,
    /// `Some` in the first member.
    outcome: Option<OutcomeSender<u64>>,
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
        match &mut self.outcome {
            Some(outcome) => outcome.send(handled),
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

pub(crate) async fn run(workload: Ring) -> Measured<u64> {
    let system = ActorSystem::<Round>::start(SystemConfig::default())
        .await
        .expect("the default configuration is valid");
    let (sender, outcome) = outcome_channel();
    let first = Member { handled: 0, next: None, outcome: Some(sender) };
    let first = system.spawn(first).await.expect("the spawn succeeds");
    let mut next = first.clone();
    for _ in 1..MEMBERS {
        let member = Member { handled: 0, next: Some(next), outcome: None };
        next = system.spawn(member).await.expect("the spawn succeeds");
    }
    system.tell(&first, Close(next)).await.expect("the first actor is alive");
    let begin = Instant::now();
    system.tell(&first, Token(workload.hops)).await.expect("the first actor is alive");
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all actors are idle");
    (time, outcome)
}

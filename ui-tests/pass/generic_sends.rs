//! Generic code that sends: the bounds are written with names of the prelude.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message]
pub struct Reset;

#[message(reply = u64)]
pub struct Total;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}

    #[handler]
    fn total(&self, _: Total) -> u64 {
        0
    }
}

#[actor_system(actors(Account))]
pub struct Bank;

pub async fn reset<A>(bank: &ActorSystem<Bank>, actors: &[ActorRef<A>])
where
    A: HostedBy<Bank> + Handles<Reset>,
{
    for actor in actors {
        let _ = bank.tell(actor, Reset).await;
    }
}

pub async fn sum<A>(bank: &ActorSystem<Bank>, actors: &[ActorRef<A>]) -> Result<u64, AskError>
where
    A: HostedBy<Bank> + Handles<Total, Reply = u64>,
{
    let mut sum = 0;
    for actor in actors {
        sum += bank.ask(actor, Total).await?;
    }
    Ok(sum)
}

pub async fn send<A, M>(bank: &ActorSystem<Bank>, actor: &ActorRef<A>, message: M)
where
    A: HostedBy<Bank>,
    M: HandledBy<A>,
{
    let _ = bank.tell(actor, message).await;
}

fn main() {}

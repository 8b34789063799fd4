use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

#[actor_system(actors(Account))]
pub struct Bank;

pub async fn reset<A: HostedBy<Bank>>(bank: &ActorSystem<Bank>, actor: &ActorRef<A>) {
    let _ = bank.tell(actor, Reset).await; //~
}

fn main() {}

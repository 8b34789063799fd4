use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

pub struct Auditor;

#[actor]
impl Auditor {
    #[handler]
    fn reset(&mut self, _: Reset) {}
}

#[actor_system(actors(Account))]
pub struct Bank;

async fn open(bank: &ActorSystem<Bank>) {
    let tree = Supervisor::<Bank>::one_for_one("bank")
        .child(Child::new("auditor", |_| Auditor)); //~
    let _ = bank.supervise(tree).await;
}

fn main() {}

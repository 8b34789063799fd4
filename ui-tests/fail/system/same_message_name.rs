use airssys_rt::prelude::*;

mod a {
    #[airssys_rt::message(name = "ping")]
    pub struct Ping;
}

mod b {
    #[airssys_rt::message(name = "ping")]
    pub struct Ping;
}

pub struct Left;

#[actor]
impl Left {
    #[handler]
    fn ping(&mut self, _: a::Ping) {}
}

pub struct Right;

#[actor]
impl Right {
    #[handler]
    fn ping(&mut self, _: b::Ping) {}
}

#[actor_system(actors(Left, Right))] //~
pub struct Bank;

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
    let left = bank.spawn(Left).await?;
    bank.tell(&left, a::Ping).await?;
    Ok(())
}

fn main() {}

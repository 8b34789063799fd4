//! No mistake, with a generic actor.

use airssys_rt::prelude::*;

#[message]
pub struct Add {
    pub n: u64,
}

#[message(reply = u64)]
pub struct Get;

pub struct Counter<T> {
    count: u64,
    step: T,
}

#[actor]
impl<T: Send + 'static> Counter<T> {
    #[handler]
    async fn add(&mut self, message: Add) {
        self.count += message.n;
    }

    #[handler]
    async fn get(&mut self, _: Get) -> u64 {
        self.count + size_of_val(&self.step) as u64
    }
}

#[actor_system(actors(Counter<u8>))]
pub struct App;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = ActorSystem::<App>::start(SystemConfig::default()).await?;
    let counter = app.spawn(Counter { count: 1, step: 1u8 }).await?;
    app.tell(&counter, Add { n: 1 }).await?;
    let count: u64 = app.ask(&counter, Get).await?;
    println!("{count}");
    Ok(())
}
